// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mark.h"

#include "core/domain/jobrules.h"

#include <QCoreApplication>

namespace queuedeck::ui {

Mark markOf(domain::JobStatus status)
{
    switch (status) {
    case domain::JobStatus::Pending: return Mark::Pending;
    case domain::JobStatus::Processing: return Mark::Processing;
    case domain::JobStatus::Completed: return Mark::Completed;
    case domain::JobStatus::Failed: return Mark::Failed;
    case domain::JobStatus::Unknown: break;
    }
    return Mark::Unknown;
}

Mark markOf(const domain::Job& job)
{
    if (domain::isDead(job))
        return Mark::Dead;
    if (job.isStuck && job.status == domain::JobStatus::Processing)
        return Mark::Stuck;
    return markOf(job.status);
}

QString markWord(Mark mark)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("Mark", text); };
    switch (mark) {
    case Mark::Pending: return tr(QT_TRANSLATE_NOOP("Mark", "Pending"));
    case Mark::Processing: return tr(QT_TRANSLATE_NOOP("Mark", "Processing"));
    case Mark::Completed: return tr(QT_TRANSLATE_NOOP("Mark", "Completed"));
    case Mark::Failed: return tr(QT_TRANSLATE_NOOP("Mark", "Failed"));
    case Mark::Stuck: return tr(QT_TRANSLATE_NOOP("Mark", "Stuck"));
    case Mark::Dead: return tr(QT_TRANSLATE_NOOP("Mark", "Dead"));
    case Mark::Unknown: break;
    }
    return tr(QT_TRANSLATE_NOOP("Mark", "Unknown"));
}

QString markFilter(Mark mark)
{
    switch (mark) {
    case Mark::Pending: return QStringLiteral("status:pending");
    case Mark::Processing: return QStringLiteral("status:processing");
    case Mark::Completed: return QStringLiteral("status:completed");
    case Mark::Failed: return QStringLiteral("status:failed");
    case Mark::Stuck: return QStringLiteral("is:stuck");
    case Mark::Dead: return QStringLiteral("is:dead");
    case Mark::Unknown: break;
    }
    return QStringLiteral("is:unknown");
}

Icon markIcon(Mark mark)
{
    return static_cast<Icon>(static_cast<int>(Icon::MarkPending) + static_cast<int>(mark));
}

Color markColor(Mark mark)
{
    return static_cast<Color>(static_cast<int>(Color::Pending) + static_cast<int>(mark));
}

} // namespace queuedeck::ui
