// SPDX-License-Identifier: GPL-3.0-or-later
// Results are written, counted and reported once; those that could not be written are kept.
#include "core/engine/settler.h"
#include "core/engine/settling.h"
#include "tests/support/failingexecutor.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::engine;
using namespace std::chrono_literals;

class TestSettler : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::JobStore> m_store;
    test::FailingExecutor* m_failing = nullptr; ///< in front of the store's connection
    std::unique_ptr<ClaimedJobs> m_claimedJobs;
    EngineReport m_report;
    QStringList m_told;
    std::unique_ptr<AttemptTally> m_tally;
    std::unique_ptr<Settler> m_settler;

    // This many jobs, claimed and running.
    void claim(int jobs)
    {
        QVERIFY(m_store->additions.enqueue(QVector<domain::NewJob>(jobs, {u"noop"_s, {}}), {}));
        auto claim = m_store->leases.claim(u"here"_s, {u"noop"_s}, jobs, 30s);
        QVERIFY(claim);
        QCOMPARE(claim->jobs.size(), jobs);
        m_claimedJobs->add(std::move(*claim));
    }

    void finish(const TaskResult& result, int jobs = 1)
    {
        for (int i = 0; i < jobs; ++i) {
            const auto assignment = m_claimedJobs->next();
            QVERIFY(assignment);
            m_claimedJobs->finish(*assignment, settlementFor(assignment->job(), result, {}, {}, 0),
                                  100ms);
        }
    }

    domain::TypeCounts counts() { return m_store->jobs.snapshot()->counts; }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const auto url = db::DatabaseUrl::sqliteFile(m_folder->filePath(u"jobs.db"_s));
        const OpenStore opener = [url] { return store::JobStore::open(url, db::OpenMode::Create); };
        auto opened = opener();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        m_store = std::move(*opened);
        m_failing = &test::FailingExecutor::before(m_store->connection());
        m_claimedJobs = std::make_unique<ClaimedJobs>();
        m_report = {};
        m_told.clear();
        m_tally = std::make_unique<AttemptTally>();
        m_settler = std::make_unique<Settler>(opener, *m_claimedJobs, m_report, *m_tally,
                                              base::Clock::system());
        m_settler->setOnEvent([this](const QString& line) { m_told += line; });
    }

    void cleanup()
    {
        m_settler.reset();
        m_store.reset();
        m_folder.reset();
    }

    void writesCountsAndTells()
    {
        claim(3);
        finish(TaskResult::completed());
        finish(TaskResult::unrecoverable(u"no such card\nsecond line"_s));
        finish(TaskResult::postponed(u"stopped"_s));
        QVERIFY(m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms)));
        QCOMPARE(m_report.completed, 1);
        QCOMPARE(m_report.failed, 1);
        QCOMPARE(m_report.released, 1);
        QCOMPARE(counts().completed, 1);
        QCOMPARE(counts().failed, 1);
        QCOMPARE(counts().pending, 1);
        QCOMPARE(m_claimedJobs->count(), size_t(0));
        QCOMPARE(m_told.size(), 3);
        QVERIFY2(m_told[0].endsWith(u"noop  try 1  completed in 0.1 s"_s), qPrintable(m_told[0]));
        QVERIFY2(m_told[1].endsWith(u": no such card"_s), qPrintable(m_told[1]));
    }

    // The history gets what was accepted, and the same again until it is known to have it.
    void theHistoryGetsWhatWasAccepted()
    {
        claim(3);
        finish(TaskResult::completed(), 3);
        QVERIFY(m_store->connection().run(
            u"UPDATE \"Job\" SET \"status\" = 'pending', \"attempts\" = 3 WHERE rowid = 1"_s));
        QVERIFY(m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms)));
        claim(2);
        finish(TaskResult::failed(u"once"_s));
        finish(TaskResult::postponed(u"stopped"_s));
        QVERIFY(m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms)));
        const domain::HistoryBatch batch = m_tally->take(u"me"_s);
        QCOMPARE(batch.engine, u"me"_s);
        QCOMPARE(batch.parts.size(), size_t(1));
        const domain::HistoryFigures figures = batch.parts.front().figures;
        QCOMPARE(batch.parts.front().type, u"noop"_s);
        QCOMPARE(figures.completed, 2); // one was overtaken
        QCOMPARE(figures.retried, 1);
        QCOMPARE(figures.failed, 0);
        QCOMPARE(figures.run.count(), 3);
        QVERIFY(figures.run.percentile(1) >= 98ms && figures.run.percentile(1) <= 102ms);
        QCOMPARE(m_tally->take(u"me"_s).number, batch.number);
        QCOMPARE(m_tally->take(u"me"_s).parts.size(), size_t(1));
        m_tally->noted(batch.number - 1); // another one
        QCOMPARE(m_tally->take(u"me"_s).parts.size(), size_t(1));
        m_tally->noted(batch.number);
        QVERIFY(m_tally->take(u"me"_s).parts.empty());
    }

    void tellsOfManyByTheirNumber()
    {
        claim(51);
        finish(TaskResult::completed(), 51);
        QVERIFY(m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms)));
        QCOMPARE(m_told, QStringList{u"51 jobs settled"_s});
    }

    void keepsWhatCouldNotBeWritten()
    {
        claim(2);
        finish(TaskResult::completed());
        m_failing->failAtCall(1);
        const base::Status lost = m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms));
        QVERIFY(!lost);
        QCOMPARE(lost.error().kind, base::ErrorKind::Unreachable);
        QVERIFY(!m_settler->keepsNothing());
        QCOMPARE(m_claimedJobs->count(),
                 size_t(2)); // still ours, and kept alive by the lease keeper
        QCOMPARE(m_report.completed, 0);
        finish(TaskResult::completed());
        QVERIFY(m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms)));
        QVERIFY(m_settler->keepsNothing());
        QCOMPARE(m_report.completed, 2);
        QCOMPARE(counts().completed, 2);
        QCOMPARE(m_claimedJobs->count(), size_t(0));
        QCOMPARE(m_told.size(), 2); // each once
    }

    void aResultThatIsRefusedIsCountedAsOvertaken()
    {
        claim(2);
        finish(TaskResult::completed(), 2);
        QVERIFY(m_store->connection().run(
            u"UPDATE \"Job\" SET \"status\" = 'pending' WHERE rowid = 1"_s));
        QVERIFY(m_settler->settle(*m_store, m_claimedJobs->takeFinished(0ms)));
        QCOMPARE(m_report.completed, 1);
        QCOMPARE(m_report.overtaken, 1);
        QCOMPARE(m_claimedJobs->count(), size_t(0));
        QVERIFY2(m_told[0].contains(u"overtaken, result refused"_s), qPrintable(m_told[0]));
    }

    void settlesOnItsOwnConnectionMeanwhile()
    {
        claim(2);
        finish(TaskResult::completed(), 2);
        // Our own connection is not used: it would fail.
        m_failing->failAtCall(1);
        bool wentOn = false;
        QVERIFY(m_settler->settleBeside(m_claimedJobs->takeFinished(0ms), [&] { wentOn = true; }));
        m_failing->failAtCall(0);
        QVERIFY(wentOn);
        QCOMPARE(m_report.completed, 2);
        QCOMPARE(counts().completed, 2);
    }
};

QTEST_GUILESS_MAIN(TestSettler)
#include "tst_settler.moc"
