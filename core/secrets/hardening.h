// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::secrets {

/// Disables core dumps and keeps the user's other programs from reading this process's memory, so
/// that secrets held there for one run stay there; whatever the umask was, no file we create is
/// writable by others. Call first in main(), before any thread starts. With QUEUEDECK_DEBUGGABLE=1
/// the memory stays readable, for a debugger.
void hardenProcess();

} // namespace queuedeck::secrets
