// SPDX-License-Identifier: GPL-3.0-or-later
// When the rest of a change may follow its first jobs, and that a pace is kept whenever it is
// asked.
#include "core/domain/changeplan.h"

#include <QRandomGenerator>
#include <QTest>

using namespace queuedeck::domain;
using namespace std::chrono_literals;
using Rule = ChangePlan::Rule;

class TestChangePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Whatever the rest turns into, a verdict stands; and once all are through there is one.
    void verdictsAreFinal()
    {
        for (const Rule rule : {Rule::AllComplete, Rule::HalfComplete, Rule::AnyCompletes}) {
            for (int tried = 1; tried <= 7; ++tried) {
                const auto isEnough = [&](int completed) {
                    return rule == Rule::AllComplete    ? completed == tried
                           : rule == Rule::HalfComplete ? 2 * completed >= tried
                                                        : completed > 0;
                };
                for (int completed = 0; completed <= tried; ++completed) {
                    for (int failed = 0; failed + completed <= tried; ++failed) {
                        const bool worst = isEnough(completed);
                        const bool best = isEnough(tried - failed);
                        const FirstVerdict expected = worst   ? FirstVerdict::GoOn
                                                      : !best ? FirstVerdict::Hold
                                                              : FirstVerdict::Wait;
                        QCOMPARE(verdictOn(rule, {tried, completed, failed}), expected);
                    }
                }
            }
        }
        QCOMPARE(verdictOn(Rule::AllComplete, {}), FirstVerdict::GoOn); // there was none to try
    }

    // Asked at any times, in steps of any size, by clocks that stand still or jump: never more than
    // the pace and one second's worth, never much less than what was possible.
    void aPaceIsKept()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 200; ++round) {
            const int perSecond = round < 20 ? round + 1 : random.bounded(1, 10'000);
            const Pace::Time start{};
            Pace pace(perSecond, start);
            Pace::Time now = start;
            qint64 changed = 0;
            for (int step = 0; step < 500; ++step) {
                const int allowed = pace.allowed(now);
                const int taken = std::min(allowed, 500);
                pace.take(taken);
                changed += taken;
                const double seconds = std::chrono::duration<double>(now - start).count();
                QVERIFY(double(changed) <= 1 + perSecond * seconds + 1e-6);
                now += step % 50 == 49 ? std::chrono::milliseconds(random.bounded(0, 20'000))
                                       : pace.wait();
            }
        }
        Pace steady(50, Pace::Time{});
        qint64 changed = 0;
        Pace::Time now{};
        while (now < Pace::Time{} + 60s) {
            const int allowed = steady.allowed(now);
            steady.take(allowed);
            changed += allowed;
            now += steady.wait();
        }
        QVERIFY2(changed > 2'900 && changed <= 3'001, QByteArray::number(changed));
    }

    void aLongWaitIsNotMadeUpFor()
    {
        Pace pace(20, Pace::Time{});
        QCOMPARE(pace.allowed(Pace::Time{} + 24h), 20);
        pace.take(20);
        QCOMPARE(pace.allowed(Pace::Time{} + 24h), 0);
        QVERIFY(pace.wait() >= 50ms);
        QCOMPARE(pace.allowed(Pace::Time{} + 24h - 5s), 0); // a clock that went back
    }
};

QTEST_GUILESS_MAIN(TestChangePlan)
#include "tst_changeplan.moc"
