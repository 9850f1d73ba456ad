// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/outcometext.h"

#include "core/base/counted.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

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

const char* doneWords(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Retry: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 re-queued");
    case ChangeKind::Cancel: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 cancelled");
    case ChangeKind::Delete:
    case ChangeKind::CleanUp: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 deleted");
    case ChangeKind::Undo: return QT_TRANSLATE_N_NOOP("OutcomeText", "Undone: %L1 restored");
    case ChangeKind::RunNext: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 will run next");
    case ChangeKind::Repair: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 repaired");
    case ChangeKind::Enqueue: return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 enqueued");
    case ChangeKind::Forget:
        return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 entries of the journal forgotten");
    case ChangeKind::Upload: break;
    }
    return QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 uploaded");
}

constexpr qsizetype kMostReasons = 2;  ///< in one sentence
constexpr qsizetype kMostReason = 140; ///< characters of one in a sentence

QString shortened(const QString& reason)
{
    return reason.size() <= kMostReason ? reason : reason.left(kMostReason) + QChar(0x2026);
}

/// "12 re-queued, 1 skipped: already running", and more if reasons differ.
QString doneAndSkipped(ChangeKind kind, const domain::Outcome& outcome)
{
    const QVector<SkippedFor> reasons = skippedByReason(outcome);
    QString words = outcome.changed == 0 && !reasons.isEmpty()
                        ? Words::tr("Nothing was changed")
                        : counted(doneWords(kind), outcome.changed);
    if (reasons.size() > kMostReasons)
        return Words::tr("%1, %2", "what was done, how many were skipped")
            .arg(words,
                 counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 skipped for different reasons"),
                         outcome.skipped.size()));
    for (const SkippedFor& some : reasons) {
        const QString count =
            counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 skipped"), some.ids.size());
        words = some.reason.isEmpty()
                    ? Words::tr("%1, %2", "what was done, how many were skipped").arg(words, count)
                    : Words::tr("%1, %2: %3", "what was done, how many were skipped, why")
                          .arg(words, count, shortened(some.reason));
    }
    return words;
}

qint64 untouched(const domain::Outcome& outcome)
{
    return qMax<qint64>(0, outcome.matched - outcome.changed - outcome.skipped.size());
}

} // namespace

QVector<SkippedFor> skippedByReason(const domain::Outcome& outcome)
{
    QVector<SkippedFor> found;
    QHash<QString, qsizetype> places;
    for (const domain::Skipped& row : outcome.skipped) {
        const QString words = row.why.words();
        const auto place = places.constFind(words);
        if (place == places.constEnd()) {
            places.insert(words, found.size());
            found += {words, {row.id}};
        } else {
            found[*place].ids += row.id;
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const SkippedFor& a, const SkippedFor& b) {
        return a.ids.size() > b.ids.size();
    });
    return found;
}

bool isTroubled(const domain::Outcome& outcome)
{
    return outcome.failure || std::any_of(outcome.skipped.cbegin(), outcome.skipped.cend(),
                                          [](const domain::Skipped& row) {
                                              return row.why.code == domain::SkipReason::Refused;
                                          });
}

QString lostText(const base::Sentences& lost, bool hasUndo)
{
    if (lost.isEmpty())
        return {};
    const QString clauses = base::translated(lost).join(QLatin1String("; "));
    return hasUndo ? Words::tr("Undo does not bring back: %1.").arg(clauses)
                   : Words::tr("And with them: %1.").arg(clauses);
}

QString outcomeTitle(ChangeKind kind, const domain::Outcome& outcome)
{
    QStringList parts{counted(doneWords(kind), outcome.changed)};
    if (!outcome.skipped.isEmpty())
        parts += counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 skipped"), outcome.skipped.size());
    if (untouched(outcome) > 0)
        parts += counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 not touched"), untouched(outcome));
    return Words::tr("%1.").arg(parts.join(QLatin1String(", ")));
}

QString outcomeText(ChangeKind kind, const domain::Outcome& outcome)
{
    QStringList sentences;
    const QString done = doneAndSkipped(kind, outcome);
    const QString left =
        counted(QT_TRANSLATE_N_NOOP("OutcomeText", "%L1 were not touched"), untouched(outcome));
    if (outcome.cancelled)
        sentences += Words::tr("Stopped: %1, %2.").arg(done, left);
    else if (outcome.failure)
        sentences += Words::tr("Ended early: %1, %2.").arg(done, left);
    else if (outcome.changed == 0 && outcome.skipped.isEmpty())
        sentences += Words::tr("Nothing was changed.");
    else
        sentences += Words::tr("%1.").arg(done);
    if (outcome.failure)
        sentences += shortened(outcome.failure->detail.translated());
    if (outcome.wereRunning > 0)
        sentences += counted(
            QT_TRANSLATE_N_NOOP("OutcomeText",
                                "Running at that moment: %L1, which another processor may still "
                                "complete."),
            outcome.wereRunning);
    if (outcome.changed > 0 && !outcome.lost.isEmpty())
        sentences += lostText(outcome.lost, !outcome.journal.isEmpty());
    return sentences.join(QLatin1Char(' '));
}

} // namespace queuedeck::ui
