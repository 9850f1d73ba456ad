// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/changesoff.h"

#include "core/service/changefeed.h"
#include "core/service/session.h"

#include <QCoreApplication>

namespace queuedeck::ui {

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ChangesOff)
};
} // namespace

QString changesOff(service::Session& session)
{
    if (session.changes().isLost())
        return Words::tr("Not connected: the database does not answer.");
    if (session.info().readOnly)
        return Words::tr("Read-only: the database itself refuses changes on this connection.");
    return {};
}

QString withoutTables()
{
    return Words::tr("Not for a guest: it needs Queuedeck's own tables. Create Tables… on the "
                     "Overview page makes them.");
}

QString stoppingText(int runningJobs)
{
    if (runningJobs == 0)
        return Words::tr("Stopping: what has been started is being saved");
    return runningJobs == 1 ? Words::tr("Stopping, 1 job, up to 20 s")
                            : Words::tr("Stopping, %1 jobs, up to 20 s").arg(runningJobs);
}

} // namespace queuedeck::ui
