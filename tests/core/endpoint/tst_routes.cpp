// SPDX-License-Identifier: GPL-3.0-or-later
// The outcome of each request, for each kind of client; and what the responses look like.
#include "core/endpoint/answers.h"
#include "core/endpoint/routes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::endpoint;

namespace {
Admission asked(const char* method, const char* path, const QByteArray& query, Standing standing,
                int most = kMostJobs)
{
    Request request;
    request.method = method;
    request.path = path;
    request.query = query;
    return route(request, standing, most);
}

int statusOf(const Admission& admission)
{
    const auto* response = std::get_if<Response>(&admission);
    return response ? response->status : 0; // 0: runs jobs
}
} // namespace

class tst_Routes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deniesByDefault();
    void cronMayOnlyProcess();
    void aKeyOpensAll();
    void everyMethod();
    void picturesByNameOnly();
    void maxJobs_data();
    void maxJobs();
    void theCap();
    void waiting();
    void processed();
    void metrics();
    void histograms();
    void failures();
    void bytes();
};

void tst_Routes::picturesByNameOnly()
{
    const QByteArray name = "0123456789abcdef0123456789abcdef.webp";
    const auto answer = [](const QByteArray& path, bool serves, const char* method = "GET") {
        Request request;
        request.method = method;
        request.path = path;
        return route(request, Standing::Nobody, kMostJobs, serves);
    };
    for (const char* method : {"GET", "HEAD"}) {
        const Admission admission = answer("/pictures/" + name, true, method);
        QVERIFY(std::get_if<Work>(&admission));
        QCOMPARE(std::get<Work>(admission), (Work{Work::Kind::Picture, 0, name}));
    }
    QCOMPARE(statusOf(answer("/pictures/" + name, true, "POST")), 405);
    QCOMPARE(statusOf(answer("/pictures/" + name, false)), 401);
    for (const QByteArray& other :
         {QByteArray(), QByteArray("x.png"), "../" + name, name + "/", name + "\n", "a/" + name,
          name.toUpper(), name.chopped(4) + "gif", name.mid(1), "%30" + name.mid(1)})
        QCOMPARE(statusOf(answer("/pictures/" + other, true)), 401);
}

void tst_Routes::deniesByDefault()
{
    const Response one = unauthorized();
    QCOMPARE(one.status, 401);
    QCOMPARE(one.body, R"({"error":"Unauthorized"})");
    for (const char* method : {"GET", "POST", "HEAD", "PUT", "OPTIONS", "get"}) {
        for (const char* path : {"/", "/api/jobs/process", "/metrics", "/healthz", "/healthz/",
                                 "//healthz", "/api", "/api/jobs/process/", "/../healthz"}) {
            const Admission admission = asked(method, path, "maxJobs=x", Standing::Nobody);
            const bool isOpen = QByteArrayList{"GET", "HEAD", "OPTIONS"}.contains(method);
            if (isOpen && qstrcmp(path, "/healthz") == 0) {
                QCOMPARE(statusOf(admission), 200);
                continue;
            }
            QCOMPARE(serialized(std::get<Response>(admission), true, false),
                     serialized(one, true, false));
        }
    }
}

void tst_Routes::cronMayOnlyProcess()
{
    QCOMPARE(std::get<Work>(asked("GET", "/api/jobs/process", "", Standing::Cron)),
             (Work{Work::Kind::Process, 10}));
    for (const char* method : {"POST", "HEAD", "OPTIONS", "DELETE"}) { // none of them runs a job
        const Admission admission = asked(method, "/api/jobs/process", "", Standing::Cron);
        QCOMPARE(std::get<Response>(admission).allow, "GET");
    }
    QCOMPARE(statusOf(asked("GET", "/metrics", "", Standing::Cron)), 401);
    QCOMPARE(statusOf(asked("GET", "/nowhere", "", Standing::Cron)), 401);
}

void tst_Routes::aKeyOpensAll()
{
    const auto known = Standing::KeyHolder;
    QCOMPARE(std::get<Work>(asked("GET", "/api/jobs/process", "maxJobs=x", known)),
             (Work{Work::Kind::Look, 0}));
    QCOMPARE(std::get<Work>(asked("POST", "/api/jobs/process", "", known)),
             (Work{Work::Kind::Process, 10}));
    QCOMPARE(std::get<Work>(asked("GET", "/metrics", "", known)), (Work{Work::Kind::Metrics, 0}));
    QCOMPARE(statusOf(asked("GET", "/api/jobs", "", known)), 404);
    const auto wrong = std::get<Response>(asked("DELETE", "/api/jobs/process", "", known));
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.allow, "GET, HEAD, POST");
    QCOMPARE(std::get<Response>(asked("POST", "/metrics", "", known)).allow, "GET, HEAD");
    QCOMPARE(statusOf(asked("POST", "/healthz", "", known)), 405);
}

// HEAD works wherever GET does, and OPTIONS lists the methods.
void tst_Routes::everyMethod()
{
    const auto known = Standing::KeyHolder;
    for (const char* path : {"/api/jobs/process", "/metrics", "/healthz", "/nowhere"}) {
        const Admission get = asked("GET", path, "", known);
        const Admission head = asked("HEAD", path, "", known);
        QCOMPARE(statusOf(head), statusOf(get));
        if (const auto* work = std::get_if<Work>(&get))
            QCOMPARE(std::get<Work>(head), *work);
        else
            QCOMPARE(std::get<Response>(head).body, std::get<Response>(get).body);
        const auto options = std::get<Response>(asked("OPTIONS", path, "", known));
        const bool isThere = statusOf(get) != 404;
        QCOMPARE(options.status, isThere ? 200 : 404);
        for (const char* method : {"PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "head", "BREW"}) {
            const auto other = std::get<Response>(asked(method, path, "", known));
            QCOMPARE(other.status, isThere ? 405 : 404);
            QCOMPARE(other.allow, options.allow);
            QVERIFY(!isThere || other.allow.contains("HEAD"));
        }
    }
}

void tst_Routes::maxJobs_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("expected"); // 0: refused
    const auto row = [](const char* query, int expected) {
        QTest::newRow(*query ? query : "none") << QByteArray(query) << expected;
    };
    row("", 10);
    row("other=5", 10);
    row("maxJobs=1", 1);
    row("maxJobs=1000", 1000);
    row("a=b&maxJobs=7&c", 7);
    row("maxjobs=7", 10);
    row("maxJobs=0", 0);
    row("maxJobs=1001", 0);
    row("maxJobs=-1", 0);
    row("maxJobs=%2B5", 0);
    row("maxJobs=+5", 0);
    row("maxJobs=5.0", 0);
    row("maxJobs=1e2", 0);
    row("maxJobs=0x10", 0);
    row("maxJobs= 5", 0);
    row("maxJobs=", 0);
    row("maxJobs", 0);
    row("maxJobs=NaN", 0);
    row("maxJobs=5&maxJobs=5", 0);
    row("maxJobs=4294967297", 0);
    row("maxJobs=18446744073709551617", 0);
}

void tst_Routes::maxJobs()
{
    QFETCH(QByteArray, query);
    QFETCH(int, expected);
    const Admission admission = asked("POST", "/api/jobs/process", query, Standing::KeyHolder);
    if (expected > 0) {
        QCOMPARE(std::get<Work>(admission).maxJobs, expected);
    } else {
        QCOMPARE(statusOf(admission), 400);
        QVERIFY(std::get<Response>(admission).body.contains("from 1 to 1000"));
    }
}

void tst_Routes::theCap()
{
    const auto known = Standing::KeyHolder;
    QCOMPARE(std::get<Work>(asked("POST", "/api/jobs/process", "", known, 3)).maxJobs, 3);
    QCOMPARE(std::get<Work>(asked("POST", "/api/jobs/process", "maxJobs=3", known, 3)).maxJobs, 3);
    QCOMPARE(statusOf(asked("POST", "/api/jobs/process", "maxJobs=4", known, 3)), 400);
}

void tst_Routes::waiting()
{
    domain::WaitingJobs waiting;
    waiting.count = 4'000;
    domain::Job job;
    job.id = domain::JobId{u"a\"b"_s};
    job.type = u"t"_s;
    job.attempts = 2;
    job.createdAt = QDateTime::fromString(u"2026-11-01T10:20:30.456Z"_s, Qt::ISODateWithMs);
    waiting.oldest = {job};
    const QJsonObject object = QJsonDocument::fromJson(waitingResponse(waiting).body).object();
    QCOMPARE(object[u"pendingCount"_s].toInt(), 4'000);
    QCOMPARE(object[u"jobs"_s].toArray(),
             (QJsonArray{QJsonObject{{u"id"_s, u"a\"b"_s},
                                     {u"type"_s, u"t"_s},
                                     {u"attempts"_s, 2},
                                     {u"createdAt"_s, u"2026-11-01T10:20:30.456Z"_s}}}));
}

void tst_Routes::processed()
{
    const QDateTime at = QDateTime::fromString(u"2026-11-01T10:20:30Z"_s, Qt::ISODate);
    const Response response =
        processedResponse({3, 1, at, at.addSecs(2), u"Processed 3 jobs, 1 failed"_s});
    QCOMPARE(response.status, 200);
    const QJsonObject object = QJsonDocument::fromJson(response.body).object();
    QCOMPARE(object, (QJsonObject{{u"processed"_s, 3},
                                  {u"failed"_s, 1},
                                  {u"startTime"_s, u"2026-11-01T10:20:30.000Z"_s},
                                  {u"endTime"_s, u"2026-11-01T10:20:32.000Z"_s},
                                  {u"message"_s, u"Processed 3 jobs, 1 failed"_s}}));
}

void tst_Routes::metrics()
{
    domain::QueueSnapshot snapshot;
    snapshot.takenAt = QDateTime::fromString(u"2026-11-01T10:20:30Z"_s, Qt::ISODate);
    snapshot.oldestPending = snapshot.takenAt.addSecs(-90);
    snapshot.counts.pending = 7;
    snapshot.failedLastHour = 2;
    Totals totals;
    totals.processed = 5;
    const Response response = metricsResponse(snapshot, {}, totals);
    QVERIFY(response.type.startsWith("text/plain; version=0.0.4"));
    QVERIFY(response.body.endsWith('\n'));
    for (const char* line :
         {"queuedeck_jobs{status=\"pending\"} 7\n", "queuedeck_oldest_pending_seconds 90\n",
          "queuedeck_attempts_last_hour{outcome=\"failed\"} 2\n",
          "queuedeck_endpoint_processed_total 5\n", "queuedeck_endpoint_running 0\n"})
        QVERIFY2(response.body.contains(line), line);
    for (const QByteArray& line : response.body.trimmed().split('\n'))
        QVERIFY2(line.startsWith("# ") || line.count(' ') == 1, line);
}

// Parsed as Prometheus does it: each metric in one piece, buckets that grow, and a sum and a count
// that agree with them.
void tst_Routes::histograms()
{
    const QString odd = u"it's \"odd\"\\\nü"_s;
    QMap<QString, domain::HistoryFigures> history;
    for (const QString& type : {u"bulk_import"_s, odd}) {
        domain::HistoryFigures& figures = history[type];
        figures.completed = 5;
        figures.failed = 1;
        figures.retried = 2;
        for (const int ms : {0, 3, 40, 900, 30'000, 4'000'000, 400'000'000, 7})
            figures.run.add(std::chrono::milliseconds(ms));
    }
    const Response response = metricsResponse({}, history, {});
    static const QRegularExpression sample(
        u"^([a-z_]+)(?:\\{((?:[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)*)\\})? (\\S+)$"_s);
    QStringList families;
    QMap<QString, QVector<double>> buckets;
    QMap<QString, double> values;
    for (const QString& line : QString::fromUtf8(response.body).trimmed().split(u'\n')) {
        if (line.startsWith(u"# TYPE "_s)) {
            const QString family = line.section(u' ', 2, 2);
            QVERIFY2(!families.contains(family), qPrintable(family));
            families += family;
        }
        if (line.startsWith(u'#'))
            continue;
        const auto match = sample.match(line);
        QVERIFY2(match.hasMatch(), qPrintable(line));
        QVERIFY2(match.captured(1).startsWith(families.last()), qPrintable(line));
        bool isNumber = false;
        const double value = match.captured(3).toDouble(&isNumber);
        QVERIFY2(isNumber, qPrintable(line));
        if (match.captured(1).endsWith(u"_bucket"_s))
            buckets[match.captured(1) + match.captured(2).section(u",le="_s, 0, 0)] += value;
        else
            values[match.captured(1) + match.captured(2)] = value;
    }
    const QString run = u"queuedeck_job_run_seconds"_s;
    const QString type = u"type=\"it's \\\"odd\\\"\\\\\\nü\""_s;
    const QVector<double> counts = buckets[run + u"_bucket"_s + type];
    QCOMPARE(counts.size(), 21);
    QVERIFY(std::is_sorted(counts.begin(), counts.end()));
    QCOMPARE(counts.first(), 2.0);
    QCOMPARE(counts.last(), 8.0);
    QCOMPARE(values[run + u"_count"_s + type], 8.0);
    QCOMPARE(values[run + u"_sum"_s + type], 404'030.95);
    QCOMPARE(values[u"queuedeck_attempts_total"_s + type + u",outcome=\"retried\""_s], 2.0);
}

void tst_Routes::failures()
{
    const Response later =
        failedResponse(base::fail(base::ErrorKind::Unreachable, u"host db.internal is down"_s));
    QCOMPARE(later.status, 503);
    QVERIFY(later.retryAfter > 0);
    QVERIFY(!later.body.contains("internal")); // log details are not for the client
    QCOMPARE(failedResponse(base::fail(base::ErrorKind::Internal, u"x"_s)).status, 500);
}

void tst_Routes::bytes()
{
    Response response = errorResponse(405, u"a \"b\""_s);
    response.allow = "GET";
    const QByteArray sent = serialized(response, true, false);
    QVERIFY(sent.startsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
    QVERIFY(sent.contains("\r\nAllow: GET\r\n"));
    QVERIFY(sent.contains("\r\nConnection: keep-alive\r\n"));
    QVERIFY(sent.endsWith("\r\n\r\n{\"error\":\"a \\\"b\\\"\"}"));
    QVERIFY(!sent.toLower().contains("server:"));
    QVERIFY(!sent.toLower().contains("queuedeck"));
    QVERIFY(serialized(response, true, true).endsWith("\r\n\r\n")); // HEAD has no body
    response.close = true;
    QVERIFY(serialized(response, true, false).contains("\r\nConnection: close\r\n"));
}

QTEST_APPLESS_MAIN(tst_Routes)
#include "tst_routes.moc"
