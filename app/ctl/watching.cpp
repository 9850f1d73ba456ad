// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/watching.h"

#include "app/endsignals.h"

#include <QEventLoop>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace queuedeck::ctl {

bool waitUnlessStopped(const app::EndSignals& stop, std::chrono::milliseconds time)
{
    if (stop.isAsked())
        return false;
    QEventLoop loop;
    QObject::connect(&stop, &app::EndSignals::endAsked, &loop, &QEventLoop::quit);
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
    return !stop.isAsked();
}

void clearScreen()
{
    if (::isatty(STDOUT_FILENO) == 1)
        std::fputs("\033[H\033[J", stdout);
}

} // namespace queuedeck::ctl
