// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/outcometext.h"

#include "core/base/counted.h"

#include <QCoreApplication>
#include <QHash>

namespace queuedeck::ui {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OutcomeText)
};

QString counted(const char* text, qint64 count)
{
    return base::counted("OutcomeText", text, text, count);
}

const char* doneWords(Deed deed)
{
    switch (deed) {
    case Deed::Retry: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 re-queued");
    case Deed::Cancel: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 cancelled");
    case Deed::Delete:
    case Deed::CleanUp: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 deleted");
    case Deed::Undo: return QT_TRANSLATE_N_NOOP("OutcomeText", "Undone: %L1 restored");
    case Deed::RunNext: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 will run next");
    case Deed::Repair: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 repaired");
    case Deed::Enqueue: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 enqueued");
    case Deed::Upload: break;
    }
    return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 uploaded");
}

/// The reason all skipped rows share; empty if they differ or give none.
QString sharedReason(const QVector<domain::Skipped>& skipped)
{
    for (const domain::Skipped& row : skipped) {
        if (row.reason != skipped.first().reason)
            return {};
    }
    return skipped.isEmpty() ? QString() : skipped.first().reason;
}

} // namespace

QString skipReason(const QString& reason)
{
    static const QHash<QString, const char*> kReasons{
        {QStringLiteral("already pending"), QT_TRANSLATE_NOOP("OutcomeText", "already pending")},
        {QStringLiteral("already running"), QT_TRANSLATE_NOOP("OutcomeText", "already running")},
        {QStringLiteral("already completed"),
         QT_TRANSLATE_NOOP("OutcomeText", "already completed")},
        {QStringLiteral("already failed"), QT_TRANSLATE_NOOP("OutcomeText", "already failed")},
        {QStringLiteral("no attempts left"), QT_TRANSLATE_NOOP("OutcomeText", "no attempts left")},
        {QStringLiteral("unknown status"), QT_TRANSLATE_NOOP("OutcomeText", "unknown status")},
        {QStringLiteral("unknown number of attempts"),
         QT_TRANSLATE_NOOP("OutcomeText", "unknown number of attempts")},
        {QStringLiteral("gone"), QT_TRANSLATE_NOOP("OutcomeText", "no longer there")},
        {QStringLiteral("changed since"), QT_TRANSLATE_NOOP("OutcomeText", "changed since")},
    };
    const char* const known = kReasons.value(reason);
    return known ? QCoreApplication::translate("OutcomeText", known) : reason;
}

QString outcomeText(Deed deed, const domain::Outcome& outcome)
{
    const qint64 skipped = outcome.skipped.size();
    const QString reason = skipReason(sharedReason(outcome.skipped));
    const QString done = counted(doneWords(deed), outcome.changed);
    if (outcome.cancelled) {
        const qint64 left = qMax<qint64>(0, outcome.matched - outcome.changed - skipped);
        return Words::tr("Stopped: %1, %2.")
            .arg(done, counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 were not touched"), left));
    }
    if (skipped == 0)
        return outcome.changed == 0 ? Words::tr("Nothing was changed.")
                                    : Words::tr("%1.").arg(done);
    const QString rest = counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 skipped"), skipped);
    if (outcome.changed == 0) {
        return reason.isEmpty() ? Words::tr("Nothing was changed, %1.").arg(rest)
                                : Words::tr("Nothing was changed, %1: %2.").arg(rest, reason);
    }
    return reason.isEmpty() ? Words::tr("%1, %2.").arg(done, rest)
                            : Words::tr("%1, %2: %3.").arg(done, rest, reason);
}

} // namespace queuedeck::ui
