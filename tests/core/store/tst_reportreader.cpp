// SPDX-License-Identifier: GPL-3.0-or-later
// What reports are computed from, on every kind of table, against the rows themselves.
#include "core/domain/reportfigures.h"
#include "tests/core/store/storefixture.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using std::chrono::milliseconds;
using store::JobStore;

namespace {
const QDateTime kFrom(QDate(2026, 11, 16), QTime(0, 0), Qt::UTC);
const domain::ReportSpan kSpan{kFrom, kFrom.addDays(7), {}};

using Times = std::map<std::tuple<bool, QString, qint64>, qint64>; // in the span before, type, ms
using Jobs = std::map<std::tuple<qint64, QString, QString>, qint64>;

// Jobs from before, in and after the report's days, some a millisecond from the edge.
QVector<domain::JobDetail> generated(int count)
{
    QRandomGenerator random(16);
    const QStringList types{u"image_extraction"_s, u"other"_s, u"=1+1"_s};
    const QStringList statuses{u"completed"_s, u"failed"_s, u"pending"_s, u"processing"_s,
                               u"Odd one"_s};
    QVector<domain::JobDetail> jobs;
    for (int i = 0; i < count; ++i) {
        domain::JobDetail detail;
        domain::Job& job = detail.job;
        constexpr qint64 kDay = 86'400'000;
        qint64 offset = qint64(random.bounded(double(23 * kDay))) - 8 * kDay;
        if (i % 20 == 0)
            offset = (i % 3 - 1) * 7 * kDay - i % 2;
        job.createdAt = kFrom.addMSecs(offset);
        job.id.value = domain::newUuid(job.createdAt.toMSecsSinceEpoch());
        job.type = types[random.bounded(int(types.size()))];
        job.rawStatus = statuses[random.bounded(int(statuses.size()))];
        job.attempts = random.bounded(4);
        if (job.rawStatus == "failed"_L1)
            job.error = u"timeout after %1 s\nof %2"_s.arg(random.bounded(100)).arg(job.id.value);
        detail.payload = "{}";
        QDateTime at = job.createdAt;
        for (int attempt = 1; attempt <= *job.attempts; ++attempt) {
            const QDateTime started = at.addMSecs(qint64(std::pow(10, random.bounded(6.5))) - 3);
            at = started.addMSecs(qint64(std::pow(10, random.bounded(5.0))));
            const QStringList outcomes{u"completed"_s, u"failed"_s, u"retried"_s, u"released"_s,
                                       u"lost"_s};
            detail.history.prepend(
                {attempt, u"e"_s, started, at, outcomes[random.bounded(int(outcomes.size()))], {}});
        }
        jobs += detail;
    }
    return jobs;
}

bool isIn(const domain::ReportSpan& span, const QDateTime& time)
{
    return time >= span.from && time < span.to;
}

qint64 threeDigits(qint64 ms)
{
    QString digits = QString::number(std::max<qint64>(0, ms));
    for (qsizetype i = 3; i < digits.size(); ++i)
        digits[i] = u'0';
    return digits.toLongLong();
}

struct Expected
{
    Jobs created;
    Times waits;
    Times runs;
    std::map<qint64, qint64> longest;
    qint64 failed = 0;
};

Expected expectedOf(const QVector<domain::JobDetail>& jobs)
{
    Expected all;
    for (const domain::JobDetail& detail : jobs) {
        const domain::Job& job = detail.job;
        const bool isBefore = isIn(kSpan.before(), job.createdAt);
        if (!isBefore && !isIn(kSpan, job.createdAt))
            continue;
        ++all.created[{job.createdAt.toSecsSinceEpoch() / 3600, job.type, job.rawStatus}];
        all.failed += !isBefore && job.rawStatus == "failed"_L1 ? 1 : 0;
        QDateTime first;
        for (const domain::Attempt& attempt : detail.history) {
            if (!first.isValid() || attempt.startedAt < first)
                first = attempt.startedAt;
            if (attempt.outcome != "released"_L1 && attempt.outcome != "lost"_L1)
                ++all.runs[{isBefore, job.type,
                            threeDigits(attempt.startedAt.msecsTo(attempt.endedAt))}];
        }
        if (!first.isValid())
            continue;
        const qint64 wait = std::max<qint64>(0, job.createdAt.msecsTo(first));
        ++all.waits[{isBefore, job.type, threeDigits(wait)}];
        if (!isBefore) {
            qint64& longest = all.longest[first.toMSecsSinceEpoch() / 3'600'000];
            longest = std::max(longest, wait);
        }
    }
    return all;
}

Times timesOf(const std::vector<domain::TimedJobs>& rows)
{
    Times times;
    for (const domain::TimedJobs& row : rows)
        times[{row.isBefore, row.type, row.duration.count()}] += row.jobs;
    return times;
}

void compare(const domain::QueueHealthRows& rows, const Expected& expected)
{
    Jobs created;
    for (const domain::CreatedJobs& row : rows.created)
        created[{row.hour, row.type, row.status}] += row.jobs;
    QVERIFY(created == expected.created);
    qint64 failed = 0;
    for (const domain::FailedJobs& row : rows.failed) {
        failed += row.jobs;
        QVERIFY(row.error.startsWith(u"timeout after #"_s));
        QVERIFY(isIn(kSpan, row.first) && isIn(kSpan, row.last) && row.first <= row.last);
    }
    QCOMPARE(failed, expected.failed);
    QVERIFY(!rows.isFailedCut);
}

void compareHistory(const domain::QueueHealthRows& rows, const Expected& expected)
{
    QVERIFY(rows.hasHistory);
    QVERIFY(timesOf(rows.waits) == expected.waits);
    QVERIFY(timesOf(rows.runs) == expected.runs);
    std::map<qint64, qint64> longest;
    for (const domain::LongestWait& row : rows.longest)
        longest[row.hour] = row.wait.count();
    QVERIFY(longest == expected.longest);
}
} // namespace

class TestReportReader : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    static void eachKind()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        QTest::newRow("through a pooler") << StoreKind::Pooled;
        QTest::newRow("deployed") << StoreKind::Deployed;
        QTest::newRow("text ids") << StoreKind::TextIds;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void readsTheQueue_data() { eachKind(); }
    void readsTheQueue()
    {
        QFETCH(StoreKind, kind);
        const auto s = m_fixture.fresh(kind);
        const auto none = value(s->reports.queueHealth(kSpan));
        QVERIFY(none.created.empty() && none.failed.empty() && none.waits.empty());
        const auto jobs = generated(600);
        QVERIFY(s->additions.import(jobs));
        const Expected expected = expectedOf(jobs);
        QVERIFY(!expected.waits.empty() && !expected.runs.empty() && expected.failed > 20);
        const auto rows = value(s->reports.queueHealth(kSpan));
        compare(rows, expected);
        compareHistory(rows, expected);
    }

    // A file of the web application on SQLite, whose times may have any form.
    void readsOtherTimes_data()
    {
        QTest::addColumn<QString>("form");
        QTest::newRow("milliseconds")
            << u"CAST(ROUND((julianday(\"createdAt\") - 2440587.5) * 86400000.0) AS INTEGER)"_s;
        QTest::newRow("Z") << u"SUBSTR(\"createdAt\", 1, 23) || 'Z'"_s;
        QTest::newRow("blank") << u"REPLACE(SUBSTR(\"createdAt\", 1, 23), 'T', ' ')"_s;
    }
    void readsOtherTimes()
    {
        QFETCH(QString, form);
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Sqlite);
        const auto jobs = generated(200);
        QVERIFY(m_fixture.open(url)->additions.import(jobs));
        QCOMPARE(StoreFixture::sqlite(url, u"UPDATE \"Job\" SET \"createdAt\" = %1"_s.arg(form)),
                 QString());
        const auto rows = value(m_fixture.open(url)->reports.queueHealth(kSpan));
        compare(rows, expectedOf(jobs));
        compareHistory(rows, expectedOf(jobs));
    }

    void aGuestHasNoHistory()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        const QString problem = StoreFixture::psql(url, uR"(
            CREATE TABLE "Job" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "type" text,
                "payload" json, "status" text, "attempts" int, "error" text,
                "createdAt" timestamp DEFAULT now(), "completedAt" timestamp);
            INSERT INTO "Job" ("type", "status", "createdAt") VALUES
                ('a', NULL, '2026-11-16'), ('a', NULL, '2026-11-16'), (NULL, 'failed', '2026-11-22'),
                ('a', 'completed', '2026-11-08'), ('a', 'completed', '2026-11-23'),
                ('a', 'completed', 'infinity'), ('a', 'completed', NULL);)"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const auto rows = value(m_fixture.open(url)->reports.queueHealth(kSpan));
        QVERIFY(!rows.hasHistory);
        QCOMPARE(rows.created.size(), size_t(2));
        qint64 jobs = 0;
        for (const domain::CreatedJobs& row : rows.created) {
            QCOMPARE(row.status.isNull(), row.jobs == 2);
            jobs += row.jobs;
        }
        QCOMPARE(jobs, 3);
        QCOMPARE(rows.failed.size(), size_t(1));
        const auto imports = m_fixture.open(url)->reports.imports(kSpan);
        QCOMPARE(imports.error().kind, base::ErrorKind::Unsupported);
    }

    void usesTheIndex_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
    }
    void usesTheIndex()
    {
        QFETCH(StoreKind, kind);
        const bool isSqlite = kind == StoreKind::Sqlite;
        const auto s = m_fixture.fresh(kind);
        // Two years of jobs, of which the report asks for two weeks.
        StoreFixture::sql(
            *s, isSqlite ? uR"(INSERT INTO "Job" ("id", "type", "payload", "status", "createdAt")
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    SELECT i, 't', '{}', 'completed', strftime('%Y-%m-%dT%H:%M:%f+00:00',
                        '2025-01-01', '+' || (i * 52) || ' minutes') FROM n)"_s
                         : uR"(INSERT INTO "Job" ("id", "type", "payload", "status", "createdAt")
                    SELECT gen_random_uuid(), 't', '{}', 'completed', timestamp '2025-01-01'
                        + i * interval '52 minutes' FROM generate_series(1, 20000) i)"_s);
        StoreFixture::sql(*s, u"ANALYZE"_s);
        for (const domain::Statement& statement : s->statements()) {
            if (statement.name != "reportJobs"_L1 && statement.name != "reportErrors"_L1)
                continue;
            const auto plan = StoreFixture::sql(
                *s, (isSqlite ? u"EXPLAIN QUERY PLAN "_s : u"EXPLAIN "_s) + statement.text,
                {{u"before"_s, db::timeText(kSpan.before().from)},
                 {u"from"_s, db::timeText(kSpan.from)},
                 {u"to"_s, db::timeText(kSpan.to)},
                 {u"limit"_s, 10}});
            QStringList lines;
            for (size_t i = 0; i < plan.size(); ++i)
                lines += plan[i].text(isSqlite ? 3 : 0);
            const QString text = lines.join(u'\n');
            QVERIFY2(text.contains(u"Job_status_createdAt_idx"_s), qPrintable(text));
            QVERIFY2(!text.contains(u"Seq Scan"_s) &&
                         !text.contains(QRegularExpression(u"SCAN j( |$)"_s)),
                     qPrintable(text));
        }
    }

    void readsScansAndImports_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("deployed") << StoreKind::Deployed;
    }
    void readsScansAndImports()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const QString rows = uR"(
            INSERT INTO "ImageScan" ("id", "tenantId", "userId", "imageUrl", "scanType", "status",
                "errorMessage", "createdAt") VALUES
                ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
                    '00000000-0000-0000-0000-000000000000', 'x:', 'business_card', 'completed',
                    NULL, '2026-11-16 00:00:00'),
                ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000000',
                    '00000000-0000-0000-0000-000000000000', 'x:', 'business_card', 'failed',
                    'line 12 of 90', '2026-11-22 23:59:59'),
                ('00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000000',
                    '00000000-0000-0000-0000-000000000000', 'x:', 'business_card', 'completed',
                    NULL, '2026-11-23 00:00:00');
            CREATE TABLE "ImportBatch" ("id" text, "dataType" text, "status" text,
                "startedAt" timestamp, "completedAt" timestamp);
            INSERT INTO "ImportBatch" VALUES
                ('a', 'sales_report', 'completed', '2026-11-17 10:00:00', '2026-11-17 10:01:30'),
                ('b', 'sales_report', 'completed', '2026-11-17 11:00:00', '2026-11-17 11:00:30'),
                ('c', 'orders', 'queued', NULL, NULL),
                ('d', 'orders', 'failed', '2026-11-09 00:00:00', NULL);)"_s;
        QCOMPARE(kind == StoreKind::Sqlite ? StoreFixture::sqlite(url, rows)
                                           : StoreFixture::psql(url, rows),
                 QString());
        const auto s = m_fixture.open(url);
        const auto scans = value(s->reports.scans(kSpan));
        QCOMPARE(scans.created.size(), size_t(2));
        const qint64 day = kFrom.toSecsSinceEpoch() / 86'400;
        for (const domain::ScanCount& row : scans.created) {
            QCOMPARE(row.day, row.status == "failed"_L1 ? day + 6 : day);
            QCOMPARE(row.scans, 1);
        }
        QCOMPARE(scans.failed.size(), size_t(1));
        QCOMPARE(scans.failed[0].error, u"line ## of ##"_s);
        auto imports = value(s->reports.imports(kSpan)).started;
        std::sort(imports.begin(), imports.end(),
                  [](const auto& a, const auto& b) { return a.day < b.day; });
        QCOMPARE(imports.size(), size_t(2));
        QCOMPARE(imports[0].status, u"failed"_s);
        QVERIFY(!imports[0].longest);
        QCOMPARE(imports[1].day, day + 1);
        QCOMPARE(imports[1].batches, 2);
        QCOMPARE(*imports[1].longest, milliseconds(90'000));
    }
};

QTEST_GUILESS_MAIN(TestReportReader)
#include "tst_reportreader.moc"
