// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/engineseen.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace queuedeck::domain {

bool EngineSeen::isThisProgram() const
{
    return pid == QCoreApplication::applicationPid() && host == QSysInfo::machineHostName();
}

} // namespace queuedeck::domain
