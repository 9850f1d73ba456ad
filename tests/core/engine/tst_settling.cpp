// SPDX-License-Identifier: GPL-3.0-or-later
// What is written for each kind of result.
#include "core/engine/settling.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::engine;
using domain::JobStatus;

class TestSettling : public QObject
{
    Q_OBJECT

private:
    static store::Settlement settle(int attempt, const TaskResult& result)
    {
        return settlementFor({{u"j"_s}, u"t"_s, "{}", attempt}, result,
                             QDateTime::currentDateTimeUtc(), {}, 0.5);
    }

private Q_SLOTS:
    void successClearsTheError()
    {
        const auto done = settle(2, TaskResult::completed());
        QCOMPARE(done.status, JobStatus::Completed);
        QVERIFY(done.error.isNull());
        QVERIFY(!done.refund);
        QVERIFY(done.effects.isEmpty());
    }

    void failureBacksOffWhileAttemptsAreLeft()
    {
        const auto first = settle(1, TaskResult::failed(u"no answer"_s));
        QCOMPARE(first.status, JobStatus::Pending);
        QCOMPARE(first.outcome, u"retried"_s);
        QCOMPARE(first.error, u"no answer"_s);
        QCOMPARE(first.retryIn, std::chrono::seconds(15));
        QCOMPARE(settle(2, TaskResult::failed(u"x"_s)).retryIn, std::chrono::seconds(30));
        const auto last = settle(3, TaskResult::failed(u"no answer"_s));
        QCOMPARE(last.status, JobStatus::Failed);
        QCOMPARE(last.outcome, u"failed"_s);
        QCOMPARE(last.retryIn.count(), 0);
    }

    void whatCannotBeHelpedFailsAtOnce()
    {
        const auto done = settle(1, TaskResult::unrecoverable(u"not an image"_s));
        QCOMPARE(done.status, JobStatus::Failed);
        QVERIFY(!done.refund);
    }

    void whatWasPutOffCostsNoAttempt()
    {
        const auto done = settle(1, TaskResult::postponed(u"429"_s));
        QCOMPARE(done.status, JobStatus::Pending);
        QVERIFY(done.refund);
        QCOMPARE(done.outcome, u"released"_s);
    }

    void longErrorsAreCut()
    {
        QCOMPARE(settle(1, TaskResult::failed(QString(50'000, u'x'))).error.size(), 8320);
    }

    // What a handler returned goes to the store unchanged, and so does the payload, which decides
    // if the handler returned nothing.
    void effectsAreHandedOn()
    {
        TaskResult result;
        result.effects = {{u"scan"_s, u"s"_s, {{u"name"_s, u"Ada"_s}}}};
        QCOMPARE(settle(1, result).effects, result.effects);
        result.kind = TaskResult::Kind::Failed;
        QCOMPARE(settle(3, result).effects, result.effects);
    }
};

QTEST_GUILESS_MAIN(TestSettling)
#include "tst_settling.moc"
