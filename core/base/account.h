// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// The user running this program: the one who called sudo, else the real user's name in the user
/// database (which also works under cron and systemd), else $USER or $LOGNAME, else "uid 1234".
/// From any thread.
QString accountName();

/// The name of this computer; "unknown" if it has none.
QString hostName();

/// Sets HOME to the real user's home directory if it is unset, as under systemd; Qt would
/// otherwise use the root directory. Call first in main(), before any thread starts.
void ensureHome();

} // namespace queuedeck::base
