// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine holds: batches come back whole where possible, nothing is lost between the
// threads, and stopped jobs are told.
#include "core/engine/claimedjobs.h"
#include "core/engine/settling.h"

#include <QTest>

#include <cmath>
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

void landNext(ClaimedJobs& claimedJobs, int jobs = 1)
{
    for (int i = 0; i < jobs; ++i) {
        const auto assignment = claimedJobs.next();
        QVERIFY(assignment);
        claimedJobs.finish(
            *assignment, settlementFor(assignment->job(), TaskResult::completed(), {}, {}, 0), 1ms);
    }
}

QStringList tokens(const std::vector<FinishedBatch>& finished)
{
    QStringList all;
    for (const FinishedBatch& some : finished)
        all += u"%1:%2"_s.arg(some.results.token).arg(some.times.size());
    return all;
}
} // namespace

class TestClaimedJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWholeBatches()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"a"_s, 2));
        claimedJobs.add(claimOf(u"b"_s, 2));
        QCOMPARE(claimedJobs.count(), size_t(4));
        landNext(claimedJobs, 3);
        const auto first = claimedJobs.takeFinished(0ms);
        QCOMPARE(tokens(first), QStringList{u"a:2"_s}); // b still runs, and waits for the rest
        QCOMPARE(first[0].results.settlements[1].id, JobId{u"a-1"_s});
        QCOMPARE(first[0].job(1).id, JobId{u"a-1"_s});
        claimedJobs.settled(first[0]);
        QCOMPARE(claimedJobs.count(), size_t(2));
        landNext(claimedJobs);
        const auto second = claimedJobs.takeFinished(0ms);
        QCOMPARE(tokens(second), QStringList{u"b:2"_s});
        claimedJobs.settled(second[0]);
        QCOMPARE(claimedJobs.count(), size_t(0));
        QVERIFY(claimedJobs.takeFinished(0ms).empty());
    }

    // A job that runs long does not hold back the results of the others in its batch.
    void passesOverABatchOnceOnly()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"slow"_s, 2));
        const auto slow = claimedJobs.next();
        landNext(claimedJobs);
        claimedJobs.add(claimOf(u"a"_s, 1));
        claimedJobs.add(claimOf(u"b"_s, 2));
        landNext(claimedJobs);
        QCOMPARE(tokens(claimedJobs.takeFinished(0ms)), QStringList{u"a:1"_s});
        landNext(claimedJobs, 2);
        QCOMPARE(tokens(claimedJobs.takeFinished(0ms)), (QStringList{u"slow:1"_s, u"b:2"_s}));
        claimedJobs.finish(*slow, {}, 1ms);
        QCOMPARE(tokens(claimedJobs.takeFinished(0ms)), QStringList{u"slow:1"_s});
    }

    void givesBackWhatThereIsWhenPatienceIsOver()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"a"_s, 3));
        landNext(claimedJobs);
        QCOMPARE(tokens(claimedJobs.takeFinished(1ms)), QStringList{u"a:1"_s});
        QVERIFY(claimedJobs.takeFinished(1ms).empty());
        QCOMPARE(claimedJobs.count(), size_t(3)); // taken is not settled
    }

    void tellsWhetherItWasWoken()
    {
        ClaimedJobs claimedJobs;
        QVERIFY(claimedJobs.takeFinished(1ms).empty());
        QVERIFY(!claimedJobs.wasWoken());
        std::thread other([&] { claimedJobs.wake(); });
        QVERIFY(claimedJobs.takeFinished(10s).empty());
        QVERIFY(claimedJobs.wasWoken());
        other.join();
        QVERIFY(claimedJobs.takeFinished(1ms).empty());
        QVERIFY(!claimedJobs.wasWoken());
    }

    void takesBackWhatNobodyHasBegun()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"a"_s, 3));
        claimedJobs.add(claimOf(u"b"_s, 1));
        landNext(claimedJobs);
        const auto running = claimedJobs.next();
        const auto back = claimedJobs.takeBack();
        QCOMPARE(back.size(), size_t(2));
        QCOMPARE(back[0].token, u"a"_s);
        QCOMPARE(back[0].jobs.size(), 1);
        QCOMPARE(back[0].jobs[0].id, JobId{u"a-2"_s});
        QCOMPARE(back[1].token, u"b"_s);
        QCOMPARE(claimedJobs.count(), size_t(2));
        claimedJobs.finish(*running, {}, 1ms);
        const auto finished = claimedJobs.takeFinished(0ms);
        QCOMPARE(tokens(finished), QStringList{u"a:2"_s});
        claimedJobs.settled(finished[0]);
        QCOMPARE(claimedJobs.count(), size_t(0));
        QVERIFY(claimedJobs.held().isEmpty());
    }

    void stopsWhatIsAskedFor()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"a"_s, 3));
        const auto first = claimedJobs.next();
        claimedJobs.stop({{u"a-0"_s}, {u"a-2"_s}, {u"unknown"_s}});
        QVERIFY(first->stop.stop_requested());
        QVERIFY(!claimedJobs.next()->stop.stop_requested());
        QVERIFY(claimedJobs.next()->stop.stop_requested()); // it was stopped before it began
        claimedJobs.stopAll();
        QCOMPARE(claimedJobs.runningJobs().size(), 3);
    }

    // Only the jobs that were asked for: a batch claimed in the meantime is not lost.
    void stopsWhatAHeartbeatDidNotKeep()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"a"_s, 3));
        const auto asked = claimedJobs.held();
        QCOMPARE(asked.size(), 3);
        claimedJobs.add(claimOf(u"b"_s, 1));
        const auto kept = claimedJobs.next(), lost = claimedJobs.next(),
                   cancelled = claimedJobs.next(), later = claimedJobs.next();
        claimedJobs.keepOnly(asked, {{u"a"_s, {u"a-0"_s}, false}, {u"a"_s, {u"a-2"_s}, true}});
        QVERIFY(!kept->stop.stop_requested());
        QVERIFY(lost->stop.stop_requested());
        QVERIFY(cancelled->stop.stop_requested());
        QVERIFY(!later->stop.stop_requested());
    }

    void collectsHowFarJobsAre()
    {
        ClaimedJobs claimedJobs;
        claimedJobs.add(claimOf(u"a"_s, 2));
        claimedJobs.add(claimOf(u"b"_s, 1));
        ProgressSlot one, two, three;
        const auto first = claimedJobs.next(&one), second = claimedJobs.next(&two),
                   third = claimedJobs.next(&three);
        QVERIFY(claimedJobs.progress().isEmpty());
        QVERIFY(claimedJobs.progress(true).isEmpty());
        one.report({0.25, u"reading"_s});
        one.report({0.5, u"reading"_s});
        auto news = claimedJobs.progress();
        QCOMPARE(news.size(), 1);
        QCOMPARE(news[0].token, u"a"_s);
        QCOMPARE(news[0].jobs, (QHash<JobId, domain::Progress>{{{u"a-0"_s}, {0.5, u"reading"_s}}}));
        QVERIFY(claimedJobs.progress().isEmpty()); // nothing new
        // What is said of one job goes along with the others of its claim.
        two.report({std::nullopt, u"waiting"_s});
        news = claimedJobs.progress();
        QCOMPARE(news.size(), 1);
        QCOMPARE(news[0].jobs.size(), 2);
        QCOMPARE(claimedJobs.progress(true).size(), 1);
        const auto running = claimedJobs.runningJobs();
        QCOMPARE(running[0].progress, (domain::Progress{0.5, u"reading"_s}));
        QVERIFY(running[2].progress.isEmpty());
        claimedJobs.finish(*first, {}, 1ms);
        news = claimedJobs.progress(true);
        QCOMPARE(news[0].jobs.keys(), QList<JobId>{{u"a-1"_s}});
        claimedJobs.finish(*second, {}, 1ms);
        claimedJobs.finish(*third, {}, 1ms);
        one.report({1, {}}); // of a job that is done
        QVERIFY(claimedJobs.progress(true).isEmpty());
    }

    void takesAnyReport()
    {
        ProgressSlot slot;
        slot.report({7.0, u"  two\nlines\t\0end "_s + QChar(0xd800)});
        QCOMPARE(slot.latest().fraction, std::optional(1.0));
        QVERIFY(!slot.latest().text.contains(u'\n'));
        QVERIFY(slot.latest().text.isValidUtf16());
        slot.report({-1.0, QString(5000, u'x')});
        QCOMPARE(slot.latest().fraction, std::optional(0.0));
        QCOMPARE(slot.latest().text.size(), domain::Progress::kLongestText);
        slot.report({std::nan(""), {}});
        QVERIFY(slot.latest().isEmpty());
        slot.clear();
        QVERIFY(!slot.takeChange());
    }

    void losesNothingBetweenThreads()
    {
        constexpr int kBatches = 40, kJobs = 50;
        ClaimedJobs claimedJobs;
        std::vector<std::thread> workers;
        for (int i = 0; i < 3; ++i) {
            workers.emplace_back([&claimedJobs] {
                while (const auto assignment = claimedJobs.next()) {
                    store::Settlement result;
                    result.id = assignment->job().id;
                    claimedJobs.finish(*assignment, std::move(result), 0ms);
                }
            });
        }
        QSet<JobId> seen;
        int launched = 0;
        while (launched < kBatches || claimedJobs.count() > 0) {
            if (launched < kBatches)
                claimedJobs.add(claimOf(QString::number(launched++), kJobs));
            for (const FinishedBatch& some : claimedJobs.takeFinished(1ms)) {
                for (qsizetype i = 0; i < some.results.settlements.size(); ++i) {
                    const JobId id = some.results.settlements[i].id;
                    QCOMPARE(some.job(size_t(i)).id, id);
                    QVERIFY(!seen.contains(id));
                    seen.insert(id);
                }
                claimedJobs.settled(some);
            }
        }
        claimedJobs.close();
        for (std::thread& worker : workers)
            worker.join();
        QCOMPARE(seen.size(), kBatches * kJobs);
        QCOMPARE(claimedJobs.running(), size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestClaimedJobs)
#include "tst_claimedjobs.moc"
