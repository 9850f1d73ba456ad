// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::secrets {

/// No core dump and no look into the memory by other programs of the same user, so that what is
/// kept in it for a run stays there; nothing that is made is for others to write, whatever the umask
/// was. Called first in main(), before any thread. With QUEUEDECK_DEBUGGABLE=1 the memory stays
/// open, for a debugger.
void hardenProcess();

} // namespace queuedeck::secrets
