// SPDX-License-Identifier: GPL-3.0-or-later
// A deadline that is moved with every step fires once, when the last one has passed.
#include "core/endpoint/deadline.h"

#include <QTest>

#include <optional>
#include <thread>

using namespace std::chrono_literals;
using queuedeck::endpoint::Deadline;
using Clock = std::chrono::steady_clock;

class TestDeadline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itFiresWhenTheLastOneHasPassed_data()
    {
        QTest::addColumn<QVector<int>>("steps"); // ms from now, all set at once; 0: cleared
        QTest::addColumn<int>("after");          // ms; 0: never
        QTest::newRow("one") << QVector<int>{50} << 50;
        QTest::newRow("later") << QVector<int>{50, 200} << 200;
        QTest::newRow("sooner") << QVector<int>{5000, 50} << 50;
        QTest::newRow("sooner and later") << QVector<int>{5000, 50, 150} << 150;
        QTest::newRow("lifted") << QVector<int>{50, 0} << 0;
        QTest::newRow("lifted and set") << QVector<int>{50, 0, 150} << 150;
        QTest::newRow("many") << QVector<int>(100'000, 80) << 80;
    }
    void itFiresWhenTheLastOneHasPassed()
    {
        QFETCH(QVector<int>, steps);
        QFETCH(int, after);
        boost::asio::io_context context(1);
        Deadline deadline(context);
        int count = 0;
        deadline.onPassed([&] { ++count; });
        Clock::time_point set;
        for (const int step : steps) {
            set = Clock::now();
            if (step == 0)
                deadline.lift();
            else
                deadline.set(std::chrono::milliseconds(step));
        }
        context.run();
        QCOMPARE(count, after == 0 ? 0 : 1);
        if (after > 0)
            QVERIFY(Clock::now() - set >= std::chrono::milliseconds(after));
        QVERIFY(Clock::now() - set < 4s);
    }

    void itMayBeSetAgainAfterItFired()
    {
        boost::asio::io_context context(1);
        Deadline deadline(context);
        int count = 0;
        deadline.onPassed([&] {
            if (++count < 3)
                deadline.set(10ms);
        });
        deadline.set(10ms);
        context.run();
        QCOMPARE(count, 3);
    }

    void itMayDieAtAnyTime()
    {
        boost::asio::io_context context(1);
        int count = 0;
        {
            Deadline waiting(context);
            waiting.onPassed([&] { ++count; });
            waiting.set(10s);
            Deadline cleared(context);
            cleared.onPassed([&] { ++count; });
            cleared.set(1ms);
            cleared.clear();
        }
        context.run();
        QCOMPARE(count, 0);
        // Destroyed by its own callback.
        std::optional<Deadline> own(std::in_place, context);
        own->onPassed([&] {
            ++count;
            own.reset();
        });
        own->set(1ms);
        context.restart();
        context.run();
        QCOMPARE(count, 1);
        // It has expired, and the wait can no longer be cancelled.
        std::optional<Deadline> late(std::in_place, context);
        late->onPassed([&] { ++count; });
        late->set(1ms);
        boost::asio::steady_timer first(context, Clock::now());
        first.async_wait([&](boost::system::error_code) { late.reset(); });
        std::this_thread::sleep_for(20ms);
        context.restart();
        context.run();
        QCOMPARE(count, 1);
    }
};

QTEST_APPLESS_MAIN(TestDeadline)
#include "tst_deadline.moc"
