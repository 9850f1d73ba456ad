// SPDX-License-Identifier: GPL-3.0-or-later
// A change with a plan: a few jobs first, a pace, a time; what a person decides meanwhile, and that
// it can be carried on by another program. On a file and on PostgreSQL.
#include "core/service/changecontrol.h"
#include "core/service/jobservice.h"
#include "core/store/jobstore.h"
#include "tests/support/pgcluster.h"
#include "tests/support/sessions.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QUrl>

#include <mutex>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::ChangePlan;
using domain::JobAction;
using service::ChangeControl;
using tests::await;
using tests::waitFor;
using Phase = domain::ChangeStep::Phase;

namespace {
/// What a change said of itself.
struct Told
{
    std::mutex mutex;
    QVector<domain::ChangeStep> steps;

    std::optional<domain::ChangeStep> last()
    {
        const std::lock_guard lock(mutex);
        return steps.isEmpty() ? std::nullopt : std::optional(steps.last());
    }
    bool isIn(Phase phase)
    {
        const auto step = last();
        return step && step->phase == phase;
    }
};
} // namespace

class TestBulkRun : public QObject
{
    Q_OBJECT

    test::PgCluster m_cluster;
    QTemporaryDir m_folder;
    db::DatabaseUrl m_url;
    std::shared_ptr<service::Session> m_session;
    domain::JobIds m_ids;
    std::shared_ptr<Told> m_told;
    std::shared_ptr<ChangeControl> m_control;

    QString address() const
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return m_url.dialect == db::Dialect::Sqlite
                   ? u"sqlite:"_s + m_url.path
                   : u"postgresql://%1:%2@%3:%4/%5"_s.arg(
                         encoded(m_url.user), encoded(m_url.password), m_url.host,
                         QString::number(m_url.port), m_url.database);
    }

    // As another program.
    void run(const QString& sql)
    {
        const auto connection = db::Connection::open(m_url, db::OpenMode::ReadWrite);
        const auto rows = connection ? (*connection)->run(sql) : connection.error();
        if (!rows)
            qFatal("%s: %s", qPrintable(sql), qPrintable(rows.error().detail));
    }
    qint64 count(const QString& filter)
    {
        return await(m_session->jobs().count(*domain::JobFilter::parse(filter))).count;
    }
    void endPending(const QString& status, int jobs)
    {
        run(u"UPDATE \"Job\" SET status = '%1' WHERE id IN (SELECT id FROM \"Job\" WHERE status = "
            "'pending' LIMIT %2)"_s.arg(status)
                .arg(jobs));
    }

    QFuture<base::Result<domain::Outcome>> retry(const ChangePlan& plan, std::stop_token stop = {},
                                                 JobAction action = JobAction::Retry)
    {
        service::ChangeOptions options;
        options.stop = std::move(stop);
        options.control = m_control;
        options.plan = plan;
        options.progress = [told = m_told](const domain::ChangeStep& step) {
            const std::lock_guard lock(told->mutex);
            told->steps += step;
        };
        return m_session->jobs().change(action, {m_ids, u"test"_s}, options);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
        QTest::addColumn<bool>("isServer");
        QTest::newRow("file") << false;
        QTest::newRow("server") << true;
    }

    void init()
    {
        QFETCH_GLOBAL(bool, isServer);
        m_url = isServer ? m_cluster.freshDatabase()
                         : db::DatabaseUrl::sqliteFile(m_folder.filePath(
                               QString::fromLatin1(QTest::currentTestFunction())));
        QVERIFY(store::JobStore::initialise(m_url));
        m_session = tests::openSession({address(), false, false});
        m_ids = await(m_session->jobs().enqueue(tests::kReport, tests::kReportPayload, 40));
        run(u"UPDATE \"Job\" SET status = 'failed', attempts = 2"_s);
        m_told = std::make_shared<Told>();
        m_control = std::make_shared<ChangeControl>();
    }
    void cleanup() { m_session.reset(); }

    void theRestFollowsOnceTheFirstComplete()
    {
        const auto change = retry({{}, 5, ChangePlan::Rule::AllComplete, 0});
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::TryingFirst), 20'000);
        QCOMPARE(count(u"status:pending"_s), 5);
        endPending(u"completed"_s, 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_told->last()->first.completed, 4, 20'000);
        QCOMPARE(count(u"status:pending"_s), 1);
        endPending(u"completed"_s, 1);
        const domain::Outcome outcome = await(change);
        QCOMPARE(outcome.changed, 40);
        QVERIFY(!outcome.cancelled);
        QCOMPARE(count(u"status:pending"_s), 35);
    }

    void ifTheyFailNothingElseIsTouched()
    {
        const auto change = retry({{}, 5, ChangePlan::Rule::AllComplete, 0});
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::TryingFirst), 20'000);
        endPending(u"failed"_s, 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::Held), 20'000);
        QCOMPARE(m_told->last()->first, (domain::FirstJobs{5, 0, 1}));
        QCOMPARE(count(u"status:pending"_s), 4);
        m_control->goOn();
        QCOMPARE(await(change).changed, 40);
        QCOMPARE(count(u"status:pending"_s), 39);
    }

    void whereNobodyDecidesItEnds()
    {
        m_control.reset();
        const auto change = retry({{}, 3, ChangePlan::Rule::AllComplete, 0});
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::TryingFirst), 20'000);
        run(u"DELETE FROM \"Job\" WHERE status = 'pending'"_s); // gone is not completed
        const domain::Outcome outcome = await(change);
        QVERIFY(outcome.cancelled);
        QCOMPARE(outcome.changed, 3);
        QVERIFY(m_told->isIn(Phase::Held));
        QCOMPARE(count(u"status:failed"_s), 37);

        // The journal offers the rest.
        const auto resumed = await(m_session->jobs().resume(outcome.journal));
        QCOMPARE(resumed.changed, 37);
        QCOMPARE(count(u"status:failed"_s), 0);
    }

    void halfOfThemMaySuffice()
    {
        const auto change = retry({{}, 5, ChangePlan::Rule::HalfComplete, 0});
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::TryingFirst), 20'000);
        endPending(u"failed"_s, 2);
        endPending(u"completed"_s, 3);
        QCOMPARE(await(change).changed, 40);
    }

    void aPaceIsKept()
    {
        QElapsedTimer clock;
        clock.start();
        const auto change = retry({{}, 0, {}, 10});
        QCOMPARE(await(change).changed, 40);
        QVERIFY(clock.elapsed() >= 3'800); // a slower machine takes longer
    }

    void aPlannedChangeWaitsAndCanBeBegun()
    {
        const auto change = retry({QDateTime::currentDateTimeUtc().addDays(1), 0, {}, 0});
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::Planned), 20'000);
        QCOMPARE(count(u"status:failed"_s), 40);
        m_control->setPaused(true);
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::Paused), 20'000);
        m_control->setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::Planned), 20'000);
        m_control->startNow();
        QCOMPARE(await(change).changed, 40);
    }

    void aPlannedChangeBeginsByItself()
    {
        const QDateTime at = QDateTime::currentDateTimeUtc().addSecs(2);
        const auto change = retry({at, 0, {}, 0});
        QCOMPARE(await(change).changed, 40);
        QVERIFY(QDateTime::currentDateTimeUtc() >= at);
    }

    void whatIsStoppedWhileItWaitsIsInTheJournal()
    {
        std::stop_source stop;
        const auto change =
            retry({QDateTime::currentDateTimeUtc().addDays(1), 0, {}, 0}, stop.get_token());
        QTRY_VERIFY_WITH_TIMEOUT(m_told->isIn(Phase::Planned), 20'000);
        stop.request_stop();
        const domain::Outcome outcome = await(change);
        QVERIFY(outcome.cancelled);
        QCOMPARE(outcome.changed, 0);
        QCOMPARE(count(u"status:failed"_s), 40);
        const auto entry = await(m_session->jobs().journal(1)).first();
        QCOMPARE(entry.action, u"retry"_s);
        QCOMPARE(await(m_session->jobs().resume(entry.id)).changed, 40);
    }

    void triesAreKept()
    {
        run(u"UPDATE \"Job\" SET attempts = 3 WHERE id IN (SELECT id FROM \"Job\" LIMIT 10)"_s);
        const auto predicted =
            await(m_session->jobs().predict(JobAction::RetryKeepingTries, {m_ids, u"test"_s}));
        QCOMPARE(predicted.outcome.changed, 30);
        const domain::Outcome outcome = await(retry({}, {}, JobAction::RetryKeepingTries));
        QCOMPARE(outcome.changed, 30);
        QCOMPARE(outcome.skipped.size(), 10);
        QCOMPARE(outcome.skipped.first().why, domain::SkipReason::NoAttemptsLeft);
        QCOMPARE(count(u"status:pending attempts:2"_s), 30);
        QCOMPARE(count(u"status:failed attempts:3"_s), 10);
        QCOMPARE(await(m_session->jobs().undo(outcome.journal)).changed, 30);
        QCOMPARE(count(u"status:failed attempts:2"_s), 30);
    }
};

QTEST_GUILESS_MAIN(TestBulkRun)
#include "tst_bulkrun.moc"
