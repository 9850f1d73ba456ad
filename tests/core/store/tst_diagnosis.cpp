// SPDX-License-Identifier: GPL-3.0-or-later
// Each problem of a queue is found in real tables, and nothing else with it; a healthy queue gives
// no findings.
#include "tests/core/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::Finding;
using domain::FindingKind;
using store::JobStore;

namespace {
const char* const kReport = "report_generation";

struct State
{
    FindingKind kind;
    const char* type;
    const char* row; ///< assignments
    const char* payload = "{}";
};

constexpr State kStates[] = {
    {FindingKind::DeadPending, kReport, "\"attempts\" = 3"},
    {FindingKind::OddStatus, kReport, "\"status\" = 'PENDING'"},
    {FindingKind::OverlappingRuns, "other", "\"status\" = 'completed', \"attempts\" = 4"},
    {FindingKind::OverlappingRuns, "other", "\"status\" = 'failed', \"attempts\" = 5"},
    {FindingKind::NoRetry, "other", "\"status\" = 'failed', \"attempts\" = 1, \"error\" = 'x'"},
    {FindingKind::RunByNoCode, "report_generation", "\"status\" = 'completed', \"attempts\" = 1"},
    {FindingKind::RunByNoCode, "customer_enrichment", "\"status\" = 'completed', \"attempts\" = 1"},
    {FindingKind::ImportWithoutBatch, "bulk_import", "\"status\" = 'completed', \"attempts\" = 1"},
    {FindingKind::ImportWithoutBatch, "bulk_import", "\"status\" = 'completed', \"attempts\" = 1",
     "{\"batchId\": null}"},
    {FindingKind::StaleError, "other",
     "\"status\" = 'completed', \"attempts\" = 2, \"error\" = 'Cancelled by admin'"},
};

// The content of a queue in which nothing is wrong.
constexpr State kHealthy[] = {
    {FindingKind::DeadPending, kReport, "\"attempts\" = 2"},
    {FindingKind::DeadPending, "other", "\"status\" = 'completed', \"attempts\" = 3"},
    {FindingKind::DeadPending, "other", "\"status\" = 'failed', \"attempts\" = 3, \"error\" = 'x'"},
    {FindingKind::DeadPending, "bulk_import", "\"status\" = 'completed', \"attempts\" = 1",
     "{\"batchId\": \"7\"}"},
    {FindingKind::DeadPending, "bulk_import", "\"status\" = 'completed', \"attempts\" = 1",
     "{\"file\": \"c.csv\", \"dataType\": \"customers\"}"},
};

QVector<Finding> of(FindingKind kind, qint64 count)
{
    return {Finding{.kind = kind, .count = count}};
}
} // namespace

class TestDiagnosis : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    static domain::JobId put(JobStore& s, const State& state)
    {
        const domain::JobId id = StoreFixture::add(s, 1, QString::fromUtf8(state.type)).front();
        StoreFixture::set(s, id,
                          u"%1, \"payload\" = '%2'"_s.arg(QString::fromUtf8(state.row),
                                                          QString::fromUtf8(state.payload)));
        return id;
    }

    static bool isShared(const JobStore& s) { return s.shape().mode != domain::QueueMode::Own; }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void findsEachAlone_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        QTest::newRow("deployed") << StoreKind::Deployed;
        QTest::newRow("text ids") << StoreKind::TextIds;
    }
    void findsEachAlone()
    {
        QFETCH(StoreKind, kind);
        const auto s = m_fixture.fresh(kind);
        QCOMPARE(value(s->diagnose()), QVector<Finding>());
        for (const State& state : kHealthy)
            put(*s, state);
        QCOMPARE(value(s->diagnose()), QVector<Finding>());
        for (const State& state : kStates) {
            const bool isOfTheApplication = state.kind == FindingKind::NoRetry ||
                                            state.kind == FindingKind::RunByNoCode ||
                                            state.kind == FindingKind::ImportWithoutBatch;
            const domain::JobId id = put(*s, state);
            const QVector<Finding> expected =
                isOfTheApplication && !isShared(*s) ? QVector<Finding>() : of(state.kind, 1);
            QCOMPARE(value(s->diagnose()), expected);
            if (const QString filter = domain::findingFilter(state.kind); !expected.isEmpty())
                QVERIFY(
                    value(s->jobs.freeze(*domain::JobFilter::parse(filter))).ids().contains(id));
            StoreFixture::sql(
                *s, u"DELETE FROM \"Job\" WHERE CAST(\"id\" AS text) = '%1'"_s.arg(id.value));
        }
    }

    void findsAScanThatWasLeftBehind()
    {
        const auto s = m_fixture.fresh(StoreKind::Postgres);
        domain::NewScan card;
        card.bytes = "x";
        card.mediaType = u"image/png"_s;
        card.fileName = u"card.png"_s;
        const auto added = value(s->scans.add(card, kTester));
        QCOMPARE(value(s->diagnose()), QVector<Finding>());
        StoreFixture::set(*s, added.job, u"\"status\" = 'completed', \"attempts\" = 1"_s);
        QCOMPARE(value(s->diagnose()), of(FindingKind::ScansLeftBehind, 1));
    }

    void whatRanHereIsNoEmptyRun()
    {
        const auto s = m_fixture.fresh(StoreKind::Deployed);
        StoreFixture::add(*s, 1);
        const auto claimed = value(
            s->leases.claim(u"e"_s, {QString::fromUtf8(kReport)}, 1, std::chrono::seconds(30)));
        QCOMPARE(claimed.jobs.size(), 1);
        store::Settlement done;
        done.id = claimed.jobs[0].id;
        done.version = claimed.jobs[0].version;
        done.status = domain::JobStatus::Completed;
        done.outcome = u"completed"_s;
        QCOMPARE(value(s->leases.settle({claimed.token, {done}})).accepted.size(), 1);
        QCOMPARE(value(s->diagnose()), QVector<Finding>());
    }

    // As a guest, on columns that hold NULL.
    void aGuestIsServedToo()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        const QString problem = StoreFixture::psql(url, uR"(
            CREATE TABLE "Job" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "type" text,
                "payload" json, "status" text, "attempts" int, "error" text,
                "createdAt" timestamp DEFAULT now(), "completedAt" timestamp);
            INSERT INTO "Job" ("type", "payload", "status", "attempts") VALUES
                ('other', '{}', NULL, 0), ('other', '{}', 'pending', NULL),
                ('bulk_import', '{"batchId": "a\u0000b"}', 'completed', NULL);)"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto s = m_fixture.open(url);
        const auto found = value(s->diagnose());
        QCOMPARE(found.size(), 3);
        QCOMPARE(found[0].kind, FindingKind::DeadPending);
        QCOMPARE(found[1].kind, FindingKind::OddStatus);
        QCOMPARE(found[2].kind, FindingKind::ImportWithoutBatch); // its payload cannot be read
    }
};

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
