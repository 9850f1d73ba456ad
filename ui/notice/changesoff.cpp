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
    // The user's rights or the table forbid it, whatever was asked for.
    if (const base::Sentence& off = session.info().changesOff; !off.isEmpty())
        return Words::tr("Viewing only. %1").arg(off.translated());
    if (session.info().readOnly)
        return Words::tr("Read-only: the database itself refuses changes on this connection.");
    return {};
}

QString safetyLevel(const service::SessionInfo& info)
{
    if (info.readOnly)
        return Words::tr("Read-only");
    switch (info.rules.safety) {
    case domain::Safety::ReadOnly: return Words::tr("Read-only");
    case domain::Safety::Confirm: break;
    case domain::Safety::TypeName: return Words::tr("Type the name");
    }
    return Words::tr("Confirm");
}

QString rightsText(const service::SessionInfo& info)
{
    QStringList may{Words::tr("read")};
    if (info.enqueueOff.isEmpty())
        may += Words::tr("add");
    if (info.changesOff.isEmpty())
        may += Words::tr("change");
    if (info.changesOff.isEmpty() && info.deleteOff.isEmpty())
        may += Words::tr("delete");
    QStringList sentences{
        info.user.isEmpty()
            ? Words::tr("Rights on this file: %1.").arg(may.join(QStringLiteral(", ")))
            : Words::tr("Signed in as %1. Rights: %2.")
                  .arg(info.user, may.join(QStringLiteral(", ")))};
    for (const base::Sentence& off : {info.changesOff, info.enqueueOff, info.deleteOff}) {
        if (!off.isEmpty() && !sentences.contains(off.translated()))
            sentences += off.translated();
    }
    if (info.rules.safety == domain::Safety::ReadOnly)
        sentences += Words::tr("On this connection the database itself refuses every change.");
    return sentences.join(QLatin1Char('\n'));
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
