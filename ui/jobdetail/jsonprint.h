// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::ui {

/// JSON laid out for reading: one member a line, two blanks a level. The text itself is untouched:
/// order, numbers and escapes stay as stored, and what is not JSON comes back as it is, as far as
/// it can be followed. Pure; linear in the length.
QString prettyJson(const QString& json);

} // namespace queuedeck::ui
