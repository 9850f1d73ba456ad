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
    static domain::SkipReason reasonOf(const QString& text)
    {
        for (int code = 0; code < domain::SkipReason::Refused; ++code) {
            const domain::SkipReason reason(static_cast<domain::SkipReason::Code>(code));
            if (reason.text() == text)
                return reason;
        }
        return domain::SkipReason::refused(text);
    }
    static domain::Outcome outcome(qint64 changed, const QStringList& reasons = {})
    {
        domain::Outcome made;
        made.changed = changed;
        made.matched = changed + reasons.size();
        for (const QString& reason : reasons)
            made.skipped.append({u"id"_s, reasonOf(reason)});
        return made;
    }

private Q_SLOTS:
    void saysWhatWasDone()
    {
        QCOMPARE(outcomeText(ChangeKind::Retry, outcome(12, {u"already running"_s})),
                 u"12 re-queued, 1 skipped: already running."_s);
        QCOMPARE(outcomeText(ChangeKind::Delete, outcome(50)), u"50 deleted."_s);
        QCOMPARE(outcomeText(ChangeKind::CleanUp, outcome(412806)), u"412,806 deleted."_s);
        QCOMPARE(outcomeText(ChangeKind::Undo, outcome(50)), u"Undone: 50 restored."_s);
        QCOMPARE(outcomeText(ChangeKind::Cancel,
                             outcome(3, {u"already completed"_s, u"already failed"_s})),
                 u"3 cancelled, 1 skipped: already completed, 1 skipped: already failed."_s);
        QCOMPARE(outcomeText(ChangeKind::Retry, outcome(0)), u"Nothing was changed."_s);
        QCOMPARE(outcomeText(ChangeKind::RunNext, outcome(0, {u"already running"_s})),
                 u"Nothing was changed, 1 skipped: already running."_s);
    }

    void saysEveryReasonWithItsCount()
    {
        QCOMPARE(outcomeText(ChangeKind::Delete,
                             outcome(2, {u"gone"_s, u"already running"_s, u"already running"_s})),
                 u"2 deleted, 2 skipped: already running, 1 skipped: no longer there."_s);
        QCOMPARE(outcomeText(ChangeKind::Delete,
                             outcome(2, {u"gone"_s, u"already running"_s, u"changed since"_s})),
                 u"2 deleted, 3 skipped for different reasons."_s);
        QCOMPARE(outcomeText(ChangeKind::Delete, outcome(0, {u"gone"_s, u"already running"_s})),
                 u"Nothing was changed, 1 skipped: no longer there, 1 skipped: already running."_s);
        QCOMPARE(outcomeText(ChangeKind::Retry, outcome(1, {QString()})),
                 u"1 re-queued, 1 skipped."_s);
        const QVector<SkippedFor> reasons =
            skippedByReason(outcome(0, {u"a"_s, u"gone"_s, u"gone"_s, u"a"_s, u"b"_s, u"a"_s}));
        QCOMPARE(reasons.size(), 3);
        QCOMPARE(reasons[0].reason, u"a"_s);
        QCOMPARE(reasons[0].ids.size(), 3);
        QCOMPARE(reasons[1].reason, u"no longer there"_s);
    }

    void saysWhatMayStillHappenAndWhatIsLost()
    {
        domain::Outcome cancelled = outcome(3);
        cancelled.wereRunning = 2;
        QCOMPARE(outcomeText(ChangeKind::Cancel, cancelled),
                 u"3 cancelled. Running at that moment: 2, which another processor may still "
                 "complete."_s);
        domain::Outcome deleted = outcome(50);
        deleted.journal = {u"j"_s};
        deleted.lost = {u"rows of Note that name the job go with it"_s, u"b"_s};
        QCOMPARE(outcomeText(ChangeKind::Delete, deleted),
                 u"50 deleted. Undo does not bring back: rows of Note that name the job go with "
                 "it; b."_s);
        deleted.journal = {};
        QVERIFY(outcomeText(ChangeKind::Delete, deleted).contains(u"And with them: "_s));
        deleted.changed = 0;
        QCOMPARE(outcomeText(ChangeKind::Delete, deleted), u"Nothing was changed."_s);
    }

    void whatWentWrongStaysUntilItWasRead()
    {
        QVERIFY(!isTroubled(outcome(3)));
        for (const QString& reason :
             {u"already pending"_s, u"already running"_s, u"already completed"_s,
              u"already failed"_s, u"no attempts left"_s, u"unknown status"_s,
              u"unknown number of attempts"_s, u"gone"_s, u"changed since"_s,
              u"changed at the same moment"_s, u"row level security does not allow it"_s})
            QVERIFY2(!isTroubled(outcome(3, {reason})), qPrintable(reason));
        QVERIFY(isTroubled(outcome(3, {u"gone"_s, u"the database refused the change"_s})));
        domain::Outcome failed = outcome(4500);
        failed.matched = 5000;
        failed.journal = {u"j"_s};
        failed.failure = base::Error{base::ErrorKind::Unreachable, u"The server closed it."_s};
        QVERIFY(isTroubled(failed));
        QCOMPARE(outcomeText(ChangeKind::Delete, failed),
                 u"Ended early: 4,500 deleted, 500 were not touched. The server closed it."_s);
        QCOMPARE(outcomeTitle(ChangeKind::Delete, failed), u"4,500 deleted, 500 not touched."_s);
        Notifier notifier;
        QSignalSpy toasts(&notifier, &Notifier::toastWanted);
        QSignalSpy troubled(&notifier, &Notifier::troubled);
        notifier.report(ChangeKind::Delete, failed);
        QCOMPARE(toasts.count(), 0);
        QCOMPARE(troubled.count(), 1);
    }

    void saysWhatAStopLeft()
    {
        domain::Outcome stopped = outcome(4500);
        stopped.matched = 12428;
        stopped.cancelled = true;
        QCOMPARE(outcomeText(ChangeKind::Retry, stopped),
                 u"Stopped: 4,500 re-queued, 7,928 were not touched."_s);
    }

    // No tick for what did not succeed.
    void aTickIsForWhatWentWell_data()
    {
        QTest::addColumn<int>("completed");
        QTest::addColumn<int>("failed");
        QTest::addColumn<Toast::Tone>("tone");
        QTest::newRow("nothing") << 0 << 0 << Toast::Tone::Plain;
        QTest::newRow("all well") << 3 << 0 << Toast::Tone::Done;
        QTest::newRow("all failed") << 0 << 10 << Toast::Tone::Bad;
        QTest::newRow("some failed") << 3 << 1 << Toast::Tone::Bad;
    }
    void aTickIsForWhatWentWell()
    {
        QFETCH(const int, completed);
        QFETCH(const int, failed);
        QFETCH(const Toast::Tone, tone);
        Notifier notifier;
        QSignalSpy toasts(&notifier, &Notifier::toastWanted);
        notifier.sayDone(u"done"_s, completed, failed);
        QCOMPARE(toasts.last().at(2).value<Toast::Tone>(), tone);
        notifier.say(u"Copied"_s);
        QCOMPARE(toasts.last().at(2).value<Toast::Tone>(), Toast::Tone::Plain);
        notifier.report(ChangeKind::Retry, outcome(1));
        QCOMPARE(toasts.last().at(2).value<Toast::Tone>(), Toast::Tone::Done);
    }

    void offersUndoWhereThereIsAnEntry()
    {
        Notifier notifier;
        QSignalSpy toasts(&notifier, &Notifier::toastWanted);
        domain::Outcome made = outcome(1);
        made.journal = {u"j1"_s};
        notifier.report(ChangeKind::Delete, made);
        QCOMPARE(toasts.last().at(1).value<domain::JournalId>().value, u"j1"_s);
        notifier.report(ChangeKind::Undo, made);
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
            u"The database took too long, so the query was cancelled. Narrow the filter or ask again."_s);
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
