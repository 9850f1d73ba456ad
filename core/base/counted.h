// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// "12,431", with the separators of the user's locale, English ones in the C locale.
QString formatCount(qint64 count);

/// A translated text with a count. `many` contains %L1 and is what translators see in `context`,
/// with its plural forms; without a translation, `one` is used for a count of 1.
QString counted(const char* context, const char* one, const char* many, qint64 count);

} // namespace queuedeck::base
