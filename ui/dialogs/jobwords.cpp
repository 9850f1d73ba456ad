// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/jobwords.h"

#include "core/base/counted.h"
#include "ui/widgets/format.h"
#include "ui/widgets/mark.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::jobwords {

using domain::JobAction;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(JobWords)
};

QString counted(const char* one, const char* many, qint64 count)
{
    return base::counted("JobWords", one, many, count);
}

constexpr qint64 kBatch = 500;

/// All words about one action.
struct ActionWords
{
    const char* titleOne;
    const char* titleMany;
    const char* allOne; ///< the question about all that match
    const char* allMany;
    const char* goOne;
    const char* goMany;
    const char* safe;
    const char* effect;
    const char* change;
    const char* rest;        ///< what the other matching jobs are
    const char* consequence; ///< empty if there is nothing to know beforehand
    Mark before;             ///< the mark of the jobs it applies to
    ChangeKind kind;
};

const ActionWords& wordsOf(JobAction action)
{
    static constexpr ActionWords kRetry{
        "Retry 1 job",
        QT_TRANSLATE_N_NOOP("JobWords", "Retry %L1 jobs"),
        "Retry the 1 job that matches?",
        QT_TRANSLATE_N_NOOP("JobWords", "Retry all %L1 jobs that match?"),
        "Retry 1 Job",
        QT_TRANSLATE_N_NOOP("JobWords", "Retry %L1 Jobs"),
        QT_TRANSLATE_NOOP("JobWords", "Don’t Retry"),
        QT_TRANSLATE_NOOP("JobWords", "will be re-queued"),
        QT_TRANSLATE_NOOP("JobWords", "failed or dead → pending, tries → 0"),
        QT_TRANSLATE_NOOP("JobWords", "neither failed nor dead"),
        "",
        Mark::Failed,
        ChangeKind::Retry};
    static constexpr ActionWords kCancel{
        "Cancel 1 job",
        QT_TRANSLATE_N_NOOP("JobWords", "Cancel %L1 jobs"),
        "Cancel the 1 job that matches?",
        QT_TRANSLATE_N_NOOP("JobWords", "Cancel all %L1 jobs that match?"),
        "Cancel 1 Job",
        QT_TRANSLATE_N_NOOP("JobWords", "Cancel %L1 Jobs"),
        QT_TRANSLATE_NOOP("JobWords", "Let Them Be"),
        QT_TRANSLATE_NOOP("JobWords", "will be cancelled"),
        QT_TRANSLATE_NOOP("JobWords", "pending or processing → failed"),
        QT_TRANSLATE_NOOP("JobWords", "neither pending nor processing"),
        QT_TRANSLATE_NOOP("JobWords",
                          "A run outside Queuedeck cannot be stopped; its result will be refused."),
        Mark::Processing,
        ChangeKind::Cancel};
    static constexpr ActionWords kDelete{
        "Delete 1 job",
        QT_TRANSLATE_N_NOOP("JobWords", "Delete %L1 jobs"),
        "Delete the 1 job that matches?",
        QT_TRANSLATE_N_NOOP("JobWords", "Delete all %L1 jobs that match?"),
        "Delete 1 Job",
        QT_TRANSLATE_N_NOOP("JobWords", "Delete %L1 Jobs"),
        QT_TRANSLATE_NOOP("JobWords", "Keep Them"),
        QT_TRANSLATE_NOOP("JobWords", "will be deleted"),
        QT_TRANSLATE_NOOP("JobWords", "completed or failed → gone"),
        QT_TRANSLATE_NOOP("JobWords", "neither completed nor failed"),
        QT_TRANSLATE_NOOP("JobWords", "They are kept in the journal and can be restored."),
        Mark::Completed,
        ChangeKind::Delete};
    static constexpr ActionWords kRunNext{
        "Run 1 job next",
        QT_TRANSLATE_N_NOOP("JobWords", "Run %L1 jobs next"),
        "Run the 1 job that matches next?",
        QT_TRANSLATE_N_NOOP("JobWords", "Run all %L1 jobs that match next?"),
        "Run 1 Job Next",
        QT_TRANSLATE_N_NOOP("JobWords", "Run %L1 Jobs Next"),
        QT_TRANSLATE_NOOP("JobWords", "Keep the Order"),
        QT_TRANSLATE_NOOP("JobWords", "will run next"),
        QT_TRANSLATE_NOOP("JobWords", "pending → first in line"),
        QT_TRANSLATE_NOOP("JobWords", "not pending"),
        "",
        Mark::Pending,
        ChangeKind::RunNext};
    static constexpr ActionWords kRepair{
        "Repair 1 job",
        QT_TRANSLATE_N_NOOP("JobWords", "Repair %L1 jobs"),
        "Repair the 1 job that matches?",
        QT_TRANSLATE_N_NOOP("JobWords", "Repair all %L1 jobs that match?"),
        "Repair 1 Job",
        QT_TRANSLATE_N_NOOP("JobWords", "Repair %L1 Jobs"),
        QT_TRANSLATE_NOOP("JobWords", "Leave Them"),
        QT_TRANSLATE_NOOP("JobWords", "will be repaired"),
        QT_TRANSLATE_NOOP("JobWords", "unknown → the status meant, else pending"),
        QT_TRANSLATE_NOOP("JobWords", "of a known status"),
        QT_TRANSLATE_NOOP("JobWords", "A word that differs only in case or spaces becomes that "
                                      "status. Any other word, or none "
                                      "at all, becomes pending: the job will run."),
        Mark::Unknown,
        ChangeKind::Repair};
    switch (action) {
    case JobAction::Retry:
    case JobAction::RetryKeepingTries: return kRetry;
    case JobAction::Cancel: return kCancel;
    case JobAction::Delete: return kDelete;
    case JobAction::RunNext: return kRunNext;
    case JobAction::Repair: break;
    }
    return kRepair;
}

QString translated(const char* text)
{
    return *text ? Words::tr(text) : QString();
}

} // namespace

QString title(JobAction action, qint64 jobs)
{
    const ActionWords& words = wordsOf(action);
    return counted(words.titleOne, words.titleMany, jobs);
}

QString question(JobAction action, qint64 jobs)
{
    return Words::tr("%1?", "a question made of a title, as in: Delete 50 jobs?")
        .arg(title(action, jobs));
}

QString questionAll(JobAction action, qint64 jobs)
{
    const ActionWords& words = wordsOf(action);
    return counted(words.allOne, words.allMany, jobs);
}

QString safeButton(JobAction action)
{
    return translated(wordsOf(action).safe);
}

QString goButton(JobAction action, qint64 jobs)
{
    const ActionWords& words = wordsOf(action);
    return counted(words.goOne, words.goMany, jobs);
}

QString effect(JobAction action)
{
    return translated(wordsOf(action).effect);
}

QString change(JobAction action)
{
    return translated(wordsOf(action).change);
}

QString changeOf(JobAction action, const domain::Job& job)
{
    const bool keeps = action == JobAction::RetryKeepingTries;
    if (!keeps && action != JobAction::Retry)
        return change(action);
    const QString before = markWord(markOf(job)).toLower();
    if (keeps)
        return Words::tr("%1 → pending, tries stay at %2", "a status, tries")
            .arg(before, formatCount(*job.attempts));
    return job.attempts ? Words::tr("%1 → pending, tries %2 → 0", "a status, tries")
                              .arg(before, formatCount(*job.attempts))
                        : Words::tr("%1 → pending, tries unknown → 0", "a status").arg(before);
}

QString rest(JobAction action)
{
    return translated(wordsOf(action).rest);
}

QString consequence(JobAction action, bool hasUndo)
{
    if (action == JobAction::Delete && !hasUndo)
        return Words::tr("They are gone for good: as a guest, Queuedeck keeps no journal here.");
    return translated(wordsOf(action).consequence);
}

Mark before(JobAction action)
{
    return wordsOf(action).before;
}

ChangeKind changeKind(JobAction action)
{
    return wordsOf(action).kind;
}

QString batches(qint64 jobs, bool hasUndo)
{
    const QString undo = hasUndo ? Words::tr("Undo is in the journal.")
                                 : Words::tr("There is no Undo: as a guest, Queuedeck keeps no "
                                             "journal here.");
    if (jobs <= kBatch)
        return undo;
    return counted("",
                   QT_TRANSLATE_N_NOOP("JobWords", "%L1 batches of 500; you can stop between "
                                                   "two of them."),
                   (jobs + kBatch - 1) / kBatch) +
           u' ' + undo;
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
