// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// "12,431", in the separators of the user's locale, English ones in the C locale.
QString formatCount(qint64 count);

/// A translated text with a count. `many` holds %L1 and is what translators see in `context`, with
/// its plural forms; where no translation gives them, `one` is said of a single thing.
QString counted(const char* context, const char* one, const char* many, qint64 count);

} // namespace queuedeck::base
