// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/hardening.h"

#include <QtGlobal>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace queuedeck::secrets {

void hardenProcess()
{
    ::umask(::umask(077) | 022);
    if (qgetenv("QUEUEDECK_DEBUGGABLE") == "1")
        return;
    // A sandbox may forbid both, but then it does the same itself.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

} // namespace queuedeck::secrets
