// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// What valijson says of a value, as a person would: "name is empty." `place` is the path to the
/// value ("rows.3.name"), empty for the whole payload. Words that are not known stay as they are.
QString schemaSentence(const QString& place, const QString& description);

} // namespace queuedeck::domain
