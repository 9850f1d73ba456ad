// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/errortext.h"
#include "ui/notice/notifier.h"

#include <QSignalSpy>
#include <QTest>

using namespace queuedeck::ui;
using namespace queuedeck;
using namespace Qt::StringLiterals;

class TestNotifier : public QObject
{
    Q_OBJECT
    static domain::Outcome outcome(qint64 changed, const QStringList& reasons = {})
    {
        domain::Outcome made;
        made.changed = changed;
        made.matched = changed + reasons.size();
        for (const QString& reason : reasons)
            made.skipped.append({u"id"_s, reason});
        return made;
    }

private slots:
    void saysWhatWasDone()
    {
        QCOMPARE(outcomeText(Deed::Retry, outcome(12, {u"already running"_s})),
                 u"12 re-queued, 1 skipped: already running."_s);
        QCOMPARE(outcomeText(Deed::Delete, outcome(50)), u"50 deleted."_s);
        QCOMPARE(outcomeText(Deed::CleanUp, outcome(412806)), u"412,806 deleted."_s);
        QCOMPARE(outcomeText(Deed::Undo, outcome(50)), u"Undone: 50 restored."_s);
        QCOMPARE(
            outcomeText(Deed::Cancel, outcome(3, {u"already completed"_s, u"already failed"_s})),
            u"3 cancelled, 2 skipped."_s);
        QCOMPARE(outcomeText(Deed::Retry, outcome(0)), u"Nothing was changed."_s);
        QCOMPARE(outcomeText(Deed::RunNext, outcome(0, {u"already running"_s})),
                 u"Nothing was changed, 1 skipped: already running."_s);
    }

    void saysWhatAStopLeft()
    {
        domain::Outcome stopped = outcome(4500);
        stopped.matched = 12428;
        stopped.cancelled = true;
        QCOMPARE(outcomeText(Deed::Retry, stopped),
                 u"Stopped: 4,500 re-queued, 7,928 were not touched."_s);
    }

    void offersUndoWhereThereIsAnEntry()
    {
        Notifier notifier;
        QSignalSpy toasts(&notifier, &Notifier::toastWanted);
        domain::Outcome made = outcome(1);
        made.journal = {u"j1"_s};
        notifier.report(Deed::Delete, made);
        QCOMPARE(toasts.last().at(1).value<domain::JournalId>().value, u"j1"_s);
        notifier.report(Deed::Undo, made);
        QVERIFY(toasts.last().at(1).value<domain::JournalId>().isEmpty());
    }

    void failuresGoToTheStrip()
    {
        Notifier notifier;
        QSignalSpy toasts(&notifier, &Notifier::toastWanted);
        QSignalSpy failed(&notifier, &Notifier::failed);
        notifier.fail({base::ErrorKind::Cancelled, {}});
        QCOMPARE(failed.count(), 0);
        notifier.fail({base::ErrorKind::Timeout, {}});
        QCOMPARE(failed.count(), 1);
        QCOMPARE(toasts.count(), 0);
        QCOMPARE(
            failed.first().first().toString(),
            u"The database took too long, so the question was ended. Narrow the filter or ask again."_s);
    }

    void everyKindHasWords()
    {
        for (int kind = 0; kind <= static_cast<int>(base::ErrorKind::Internal); ++kind) {
            const ErrorText text = errorText({static_cast<base::ErrorKind>(kind), {}});
            QVERIFY(!text.title.isEmpty());
            QVERIFY(!text.sentence.isEmpty());
        }
        QCOMPARE(errorText({base::ErrorKind::Denied, u"The key was refused (401)."_s}).sentence,
                 u"The key was refused (401)."_s);
    }
};

QTEST_GUILESS_MAIN(TestNotifier)
#include "tst_notifier.moc"
