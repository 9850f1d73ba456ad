// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine holds: batches come back whole where possible, nothing is lost between the
// threads, and stopped jobs are told.
#include "core/engine/flights.h"
#include "core/engine/settling.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::engine;
using domain::JobId;

namespace {
store::Claim claimOf(const QString& token, int jobs)
{
    store::Claim claim{token, {}};
    for (int i = 0; i < jobs; ++i)
        claim.jobs.push_back({{u"%1-%2"_s.arg(token).arg(i)}, u"noop"_s, "{}"});
    return claim;
}

void landNext(Flights& flights, int jobs = 1)
{
    for (int i = 0; i < jobs; ++i) {
        const auto flight = flights.next();
        QVERIFY(flight);
        flights.land(*flight, settlementFor(flight->job(), TaskResult::completed(), {}, {}, 0),
                     1ms);
    }
}

QStringList tokens(const std::vector<Landed>& landed)
{
    QStringList all;
    for (const Landed& some : landed)
        all += u"%1:%2"_s.arg(some.results.token).arg(some.times.size());
    return all;
}
} // namespace

class TestFlights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWholeBatches()
    {
        Flights flights;
        flights.launch(claimOf(u"a"_s, 2));
        flights.launch(claimOf(u"b"_s, 2));
        QCOMPARE(flights.count(), size_t(4));
        landNext(flights, 3);
        const auto first = flights.takeLanded(0ms);
        QCOMPARE(tokens(first), QStringList{u"a:2"_s}); // b still runs, and waits for the rest
        QCOMPARE(first[0].results.settlements[1].id, JobId{u"a-1"_s});
        QCOMPARE(first[0].job(1).id, JobId{u"a-1"_s});
        flights.settled(first[0]);
        QCOMPARE(flights.count(), size_t(2));
        landNext(flights);
        const auto second = flights.takeLanded(0ms);
        QCOMPARE(tokens(second), QStringList{u"b:2"_s});
        flights.settled(second[0]);
        QCOMPARE(flights.count(), size_t(0));
        QVERIFY(flights.takeLanded(0ms).empty());
    }

    // A job that runs long does not hold back the results of the others in its batch.
    void passesOverABatchOnceOnly()
    {
        Flights flights;
        flights.launch(claimOf(u"slow"_s, 2));
        const auto slow = flights.next();
        landNext(flights);
        flights.launch(claimOf(u"a"_s, 1));
        flights.launch(claimOf(u"b"_s, 2));
        landNext(flights);
        QCOMPARE(tokens(flights.takeLanded(0ms)), QStringList{u"a:1"_s});
        landNext(flights, 2);
        QCOMPARE(tokens(flights.takeLanded(0ms)), (QStringList{u"slow:1"_s, u"b:2"_s}));
        flights.land(*slow, {}, 1ms);
        QCOMPARE(tokens(flights.takeLanded(0ms)), QStringList{u"slow:1"_s});
    }

    void givesBackWhatThereIsWhenPatienceIsOver()
    {
        Flights flights;
        flights.launch(claimOf(u"a"_s, 3));
        landNext(flights);
        QCOMPARE(tokens(flights.takeLanded(1ms)), QStringList{u"a:1"_s});
        QVERIFY(flights.takeLanded(1ms).empty());
        QCOMPARE(flights.count(), size_t(3)); // taken is not settled
    }

    void tellsWhetherItWasWoken()
    {
        Flights flights;
        QVERIFY(flights.takeLanded(1ms).empty());
        QVERIFY(!flights.wasWoken());
        std::thread other([&] { flights.wake(); });
        QVERIFY(flights.takeLanded(10s).empty());
        QVERIFY(flights.wasWoken());
        other.join();
        QVERIFY(flights.takeLanded(1ms).empty());
        QVERIFY(!flights.wasWoken());
    }

    void takesBackWhatNobodyHasBegun()
    {
        Flights flights;
        flights.launch(claimOf(u"a"_s, 3));
        flights.launch(claimOf(u"b"_s, 1));
        landNext(flights);
        const auto running = flights.next();
        const auto back = flights.recall();
        QCOMPARE(back.size(), size_t(2));
        QCOMPARE(back[0].token, u"a"_s);
        QCOMPARE(back[0].jobs.size(), 1);
        QCOMPARE(back[0].jobs[0].id, JobId{u"a-2"_s});
        QCOMPARE(back[1].token, u"b"_s);
        QCOMPARE(flights.count(), size_t(2));
        flights.land(*running, {}, 1ms);
        const auto landed = flights.takeLanded(0ms);
        QCOMPARE(tokens(landed), QStringList{u"a:2"_s});
        flights.settled(landed[0]);
        QCOMPARE(flights.count(), size_t(0));
        QVERIFY(flights.held().isEmpty());
    }

    void stopsWhatIsAskedFor()
    {
        Flights flights;
        flights.launch(claimOf(u"a"_s, 3));
        const auto first = flights.next();
        flights.stop({{u"a-0"_s}, {u"a-2"_s}, {u"unknown"_s}});
        QVERIFY(first->stop.stop_requested());
        QVERIFY(!flights.next()->stop.stop_requested());
        QVERIFY(flights.next()->stop.stop_requested()); // it was stopped before it began
        flights.stopAll();
        QCOMPARE(flights.runningJobs().size(), 3);
    }

    // Only the jobs that were asked for: a batch claimed in the meantime is not lost.
    void stopsWhatAHeartbeatDidNotKeep()
    {
        Flights flights;
        flights.launch(claimOf(u"a"_s, 3));
        const auto asked = flights.held();
        QCOMPARE(asked.size(), 3);
        flights.launch(claimOf(u"b"_s, 1));
        const auto kept = flights.next(), lost = flights.next(), cancelled = flights.next(),
                   later = flights.next();
        flights.keepOnly(asked, {{u"a"_s, {u"a-0"_s}, false}, {u"a"_s, {u"a-2"_s}, true}});
        QVERIFY(!kept->stop.stop_requested());
        QVERIFY(lost->stop.stop_requested());
        QVERIFY(cancelled->stop.stop_requested());
        QVERIFY(!later->stop.stop_requested());
    }

    void losesNothingBetweenThreads()
    {
        constexpr int kBatches = 40, kJobs = 50;
        Flights flights;
        std::vector<std::thread> workers;
        for (int i = 0; i < 3; ++i) {
            workers.emplace_back([&flights] {
                while (const auto flight = flights.next()) {
                    store::Settlement result;
                    result.id = flight->job().id;
                    flights.land(*flight, std::move(result), 0ms);
                }
            });
        }
        QSet<JobId> seen;
        int launched = 0;
        while (launched < kBatches || flights.count() > 0) {
            if (launched < kBatches)
                flights.launch(claimOf(QString::number(launched++), kJobs));
            for (const Landed& some : flights.takeLanded(1ms)) {
                for (qsizetype i = 0; i < some.results.settlements.size(); ++i) {
                    const JobId id = some.results.settlements[i].id;
                    QCOMPARE(some.job(size_t(i)).id, id);
                    QVERIFY(!seen.contains(id));
                    seen.insert(id);
                }
                flights.settled(some);
            }
        }
        flights.close();
        for (std::thread& worker : workers)
            worker.join();
        QCOMPARE(seen.size(), kBatches * kJobs);
        QCOMPARE(flights.running(), size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestFlights)
#include "tst_flights.moc"
