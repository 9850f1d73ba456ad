// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/journalentry.h"

#include <QSysInfo>

namespace queuedeck::domain {

Actor Actor::current()
{
    QString user = qEnvironmentVariable("USER");
    if (user.isEmpty())
        user = qEnvironmentVariable("LOGNAME");
    if (user.isEmpty())
        user = qEnvironmentVariable("USERNAME", QStringLiteral("unknown"));
    return {user, QSysInfo::machineHostName()};
}

} // namespace queuedeck::domain
