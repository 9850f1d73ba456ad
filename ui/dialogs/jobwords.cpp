// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/jobwords.h"

#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"

#include <QCoreApplication>

#include <limits>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::jobwords {

using domain::JobAction;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(JobWords)
};

/// `many` is what translators see, with its plural forms; `one` is English alone.
QString counted(const char* one, const char* many, qint64 count)
{
    const int plural = int(qMin<qint64>(count, std::numeric_limits<int>::max()));
    QString words = QCoreApplication::translate("JobWords", many, nullptr, plural);
    if (count == 1 && words == QLatin1String(many))
        words = QLatin1String(one);
    return words.replace("%L1"_L1, formatCount(count));
}

constexpr qint64 kBatch = 500;

} // namespace

QString title(JobAction action, qint64 jobs)
{
    switch (action) {
    case JobAction::Retry:
        return counted("Retry 1 job", QT_TRANSLATE_N_NOOP("JobWords", "Retry %L1 jobs"), jobs);
    case JobAction::Cancel:
        return counted("Cancel 1 job", QT_TRANSLATE_N_NOOP("JobWords", "Cancel %L1 jobs"), jobs);
    case JobAction::Delete:
        return counted("Delete 1 job", QT_TRANSLATE_N_NOOP("JobWords", "Delete %L1 jobs"), jobs);
    case JobAction::RunNext: break;
    }
    return counted("Run 1 job next", QT_TRANSLATE_N_NOOP("JobWords", "Run %L1 jobs next"), jobs);
}

QString question(JobAction action, qint64 jobs)
{
    return Words::tr("%1?", "a question made of a title, as in: Delete 50 jobs?")
        .arg(title(action, jobs));
}

QString questionAll(qint64 jobs)
{
    return counted("Retry the 1 job that matches?",
                   QT_TRANSLATE_N_NOOP("JobWords", "Retry all %L1 jobs that match?"), jobs);
}

QString safeButton(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return Words::tr("Don’t Retry");
    case JobAction::Cancel: return Words::tr("Let Them Be");
    case JobAction::Delete: return Words::tr("Keep Them");
    case JobAction::RunNext: break;
    }
    return Words::tr("Keep the Order");
}

QString goButton(JobAction action, qint64 jobs)
{
    switch (action) {
    case JobAction::Retry:
        return counted("Retry 1 Job", QT_TRANSLATE_N_NOOP("JobWords", "Retry %L1 Jobs"), jobs);
    case JobAction::Cancel:
        return counted("Cancel 1 Job", QT_TRANSLATE_N_NOOP("JobWords", "Cancel %L1 Jobs"), jobs);
    case JobAction::Delete:
        return counted("Delete 1 Job", QT_TRANSLATE_N_NOOP("JobWords", "Delete %L1 Jobs"), jobs);
    case JobAction::RunNext: break;
    }
    return counted("Run 1 Job Next", QT_TRANSLATE_N_NOOP("JobWords", "Run %L1 Jobs Next"), jobs);
}

QString effect(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return Words::tr("will be re-queued");
    case JobAction::Cancel: return Words::tr("will be cancelled");
    case JobAction::Delete: return Words::tr("will be deleted");
    case JobAction::RunNext: break;
    }
    return Words::tr("will run next");
}

QString change(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return Words::tr("failed or dead → pending, tries → 0");
    case JobAction::Cancel: return Words::tr("pending or processing → failed");
    case JobAction::Delete: return Words::tr("completed or failed → gone");
    case JobAction::RunNext: break;
    }
    return Words::tr("pending → first in line");
}

QString consequence(JobAction action)
{
    switch (action) {
    case JobAction::Cancel:
        return Words::tr("A run outside Queuedeck cannot be stopped; its result will be refused.");
    case JobAction::Delete: return Words::tr("They are kept in the journal and can be restored.");
    case JobAction::Retry:
    case JobAction::RunNext: break;
    }
    return {};
}

QString batches(qint64 jobs)
{
    if (jobs <= kBatch)
        return Words::tr("Undo is in the journal.");
    return counted("",
                   QT_TRANSLATE_N_NOOP("JobWords", "%L1 batches of 500; you can stop between "
                                                   "two of them. Undo is in the journal."),
                   (jobs + kBatch - 1) / kBatch);
}

QString enqueueButton(int jobs)
{
    return counted("Enqueue 1 Job", QT_TRANSLATE_N_NOOP("JobWords", "Enqueue %L1 Jobs"), jobs);
}

QString newerLeftOut(qint64 jobs, bool isExact)
{
    if (!isExact)
        return counted("",
                       QT_TRANSLATE_N_NOOP("JobWords", "At least %L1 newer jobs match and are "
                                                       "not included."),
                       jobs);
    return counted("1 newer job matches and is not included.",
                   QT_TRANSLATE_N_NOOP("JobWords", "%L1 newer jobs match and are not included."),
                   jobs);
}

Deed deed(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return Deed::Retry;
    case JobAction::Cancel: return Deed::Cancel;
    case JobAction::Delete: return Deed::Delete;
    case JobAction::RunNext: break;
    }
    return Deed::RunNext;
}

QString journalScope(qint64 jobs)
{
    return jobs == 1 ? u"1 selected job"_s : u"%1 selected jobs"_s.arg(jobs);
}

QString byStatus(const QVector<domain::Job>& jobs)
{
    constexpr Mark kOrder[] = {Mark::Failed,     Mark::Completed, Mark::Pending,
                               Mark::Processing, Mark::Dead,      Mark::Unknown};
    QStringList parts;
    for (const Mark mark : kOrder) {
        const auto count = std::count_if(jobs.begin(), jobs.end(), [mark](const domain::Job& job) {
            return markOf(job) == mark;
        });
        if (count > 0)
            parts += Words::tr("%1 %2", "a count and a status: 48 failed")
                         .arg(formatCount(count), markWord(mark).toLower());
    }
    return parts.join(Words::tr(", "));
}

} // namespace queuedeck::ui::jobwords
