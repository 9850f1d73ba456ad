// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// Who runs this program: the person behind sudo, else the real user's name in the user database,
/// which cron and systemd have too, else $USER, else "uid 1234". From any thread.
QString accountName();

/// The name of this computer.
QString hostName();

/// Sets HOME to the real user's home where it is missing, as under systemd, so that Qt does not
/// take the root folder for it. Called first in main(), before any thread.
void ensureHome();

} // namespace queuedeck::base
