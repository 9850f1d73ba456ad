// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// Valijson's message about a value in plain words: "name is empty." `place` is the path to the
/// value ("rows.3.name"), empty for the whole payload. Unknown messages are kept as they are.
QString schemaSentence(const QString& place, const QString& description);

} // namespace queuedeck::domain
