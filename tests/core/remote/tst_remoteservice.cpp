// SPDX-License-Identifier: GPL-3.0-or-later
// The endpoint of a web application, played by a real HTTP server that works on the same SQLite
// file: what is reported for each answer, what is counted, and that nothing is sent twice.
#include "core/remote/endpointaddress.h"
#include "core/remote/remoteservice.h"
#include "core/service/jobservice.h"
#include "core/service/keyservice.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace std::chrono_literals;
using base::ErrorKind;
using remote::RemoteAddress;
using remote::RemoteReport;
using remote::RemoteService;
using remote::RemoteVerdict;
using service::KeyInfo;
using service::KeyPurpose;
using service::KeyService;
using test::WebRequest;
using test::WebServer;
using tests::await;
using tests::openAt;
using tests::waitFor;

Q_DECLARE_METATYPE(RemoteVerdict)

namespace {
const QByteArray kKey = "canary-41b7e05d9c";

QByteArray page(int status)
{
    return WebServer::counted(status, "text/html; charset=utf-8",
                              "<!DOCTYPE html><html><body>This page could not be found.</body>"
                              "</html>");
}

QByteArray json(int status, const QByteArray& body, const QByteArray& more = {})
{
    return WebServer::counted(status, "application/json", body, more);
}
} // namespace

class TestRemoteService : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;

    RemoteService& remote() { return m_session->remote(); }
    qint64 pending() { return await(m_session->jobs().snapshot()).counts.pending; }
    void enqueue(int count)
    {
        await(m_session->jobs().enqueue(u"report_generation"_s, "{}", count));
    }

    // Completes the oldest pending jobs, as the web application would.
    int complete(int count) { return move(count, u"completed"_s); }
    int move(int count, const QString& status)
    {
        int changed = 0;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"web"_s);
            database.setDatabaseName(m_folder->filePath(u"jobs.db"_s));
            database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=20000"_s);
            database.open();
            QSqlQuery query(database);
            query.prepare(u"UPDATE \"Job\" SET status = ? WHERE id IN (SELECT id FROM "
                          "\"Job\" WHERE status = 'pending' ORDER BY \"createdAt\" LIMIT ?)"_s);
            query.addBindValue(status);
            query.addBindValue(count);
            if (!query.exec())
                qWarning("%s", qPrintable(query.lastError().text()));
            changed = query.numRowsAffected();
        }
        QSqlDatabase::removeDatabase(u"web"_s);
        return changed;
    }

    void sqlOf(const QString& statement)
    {
        tests::runForeign(m_folder->filePath(u"jobs.db"_s), statement);
    }

    static RemoteAddress at(const WebServer& server, std::chrono::milliseconds timeout = 60s)
    {
        return {u"test"_s, server.url(), timeout};
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        qputenv("JOB_PROCESSOR_API_KEY", kKey);
        qunsetenv("SSL_CERT_FILE");
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
    }
    void cleanup() { m_session.reset(); }

    void aCallIsCountedBeforeAndAfter()
    {
        enqueue(12);
        WebServer server([this](QTcpSocket& socket, const WebRequest&) {
            socket.write(WebServer::processed(complete(5)));
        });
        const RemoteReport report = await(remote().trigger({{}, server.url({})}, 5));
        QCOMPARE(report.verdict, RemoteVerdict::Done);
        QCOMPARE(report.httpStatus, 200);
        QCOMPARE(report.processed, 5);
        QCOMPARE(report.calls, 1);
        QCOMPARE(report.pendingBefore, 12);
        QCOMPARE(report.pendingAfter, 7);
        QCOMPARE(report.message, u"Processed 5 jobs, 0 failed"_s);
        QCOMPARE(report.startTime.msecsTo(report.endTime), 2500);
        QCOMPARE(report.sentence, u"Processed 5 jobs, 0 failed. Pending went from 12 to 7."_s);
        QCOMPARE(server.requests().size(), 1);
        const WebRequest& seen = server.requests().first();
        QCOMPARE(seen.method, QByteArray("POST"));
        QCOMPARE(seen.target, QByteArray("/api/jobs/process?maxJobs=5"));
        QCOMPARE(seen.header("x-api-key"), kKey);
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<RemoteVerdict>("verdict");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const QByteArray& answer, RemoteVerdict verdict,
                            int status, const QString& sentence) {
            QTest::newRow(name) << answer << verdict << status << sentence;
        };
        row("401", json(401, R"({"error":"Unauthorized"})"), RemoteVerdict::Refused, 401,
            u"The endpoint refused the key (401). Nothing was processed."_s);
        row("401 of a login", page(401), RemoteVerdict::Refused, 401,
            u"Something in front of the endpoint asks for a login (401). Nothing was processed."_s);
        row("404", page(404), RemoteVerdict::NotThere, 404,
            u"There is no such address (404). The answer was a web page, not the endpoint."_s);
        row("404 without a page", json(404, "{}"), RemoteVerdict::NotThere, 404,
            u"There is no such address (404). The endpoint is usually at /api/jobs/process."_s);
        row("405", WebServer::counted(405, "text/plain", {}), RemoteVerdict::NotThere, 405,
            u"This address does not take POST (405). Nothing was processed. The endpoint is "
            "usually at /api/jobs/process."_s);
        row("429", json(429, "{}", "Retry-After: 40\r\n"), RemoteVerdict::TooMany, 429,
            u"Too many calls (429). Try again in 40 s, as the endpoint asked."_s);
        row("429 without a time", json(429, "{}"), RemoteVerdict::TooMany, 429,
            u"Too many calls (429). The endpoint does not say when to try again."_s);
        row("400", json(400, R"({"error":"maxJobs is too large."})"), RemoteVerdict::Failed, 400,
            u"The endpoint refused the call (400): maxJobs is too large."_s);
        row("500", WebServer::counted(500, "text/plain", {}), RemoteVerdict::Failed, 500,
            u"The endpoint failed (500) and gave no reason. Jobs may have run: pending stayed at "
            "3."_s);
        row("500 with a reason", json(500, R"({"error":"no key canary-41b7e05d9c\n<b>"})"),
            RemoteVerdict::Failed, 500,
            u"The endpoint failed (500): no key ••• <b>. Jobs may have run: pending stayed at 3."_s);
        row("504", page(504), RemoteVerdict::Failed, 504,
            u"The host cut the call off (504). Jobs may have run: pending stayed at 3."_s);
        row("200 with a page", page(200), RemoteVerdict::NotUnderstood, 200,
            u"The endpoint answered 200 without JSON, so what it did is not known. Pending stayed "
            "at 3."_s);
        row("200 with other JSON", json(200, R"({"ok":true})"), RemoteVerdict::NotUnderstood, 200,
            u"The endpoint answered 200 in words of its own, so what it did is not known. Pending "
            "stayed at 3."_s);
        row("204", WebServer::counted(204, "text/plain", {}), RemoteVerdict::NotUnderstood, 204,
            u"The endpoint answered 204 without JSON, so what it did is not known. Pending stayed "
            "at 3."_s);
        row("nothing fell", WebServer::processed(3), RemoteVerdict::NoFall, 200,
            u"The call succeeded, but pending did not change. Does this endpoint use another "
            "database?"_s);
    }
    void answers()
    {
        QFETCH(QByteArray, answer);
        QFETCH(RemoteVerdict, verdict);
        QFETCH(int, status);
        QFETCH(QString, sentence);
        enqueue(3);
        WebServer server(WebServer::always(answer));
        const RemoteReport report = await(remote().trigger(at(server), 10));
        QCOMPARE(report.sentence, sentence);
        QVERIFY(report.verdict == verdict);
        QCOMPARE(report.httpStatus, status);
        QVERIFY(!report.answerText.contains(QString::fromLatin1(kKey)));
        QCOMPARE(server.requests().size(), 1);
        if (!report.isSuccess())
            QCOMPARE(report.error().detail, sentence);
    }

    void aFailureThatDidSomethingSaysSo()
    {
        enqueue(1'180);
        WebServer server([this](QTcpSocket& socket, const WebRequest&) {
            complete(4);
            socket.write(WebServer::counted(500, "text/plain", {}));
        });
        const RemoteReport report = await(remote().trigger(at(server), 10));
        QCOMPARE(report.sentence,
                 u"The endpoint failed (500) and gave no reason. Jobs may have run: pending went "
                 "from 1,180 to 1,176."_s);
    }

    void aTimeOutIsNotTriedAgain()
    {
        enqueue(2);
        WebServer server([](QTcpSocket&, const WebRequest&) {});
        const RemoteReport report = await(remote().drain(at(server, 500ms), 10));
        QCOMPARE(report.verdict, RemoteVerdict::NoAnswer);
        QCOMPARE(report.sentence, u"No answer within 1 s. The request may still be working there, "
                                  "so it was not sent again. Pending stayed at 2."_s);
        QCOMPARE(server.requests().size(), 1);
        WebServer closing([](QTcpSocket& socket, const WebRequest&) { socket.close(); });
        const RemoteReport broken = await(remote().trigger(at(closing), 10));
        QCOMPARE(broken.verdict, RemoteVerdict::NoAnswer);
        QCOMPARE(closing.connections(), 1);
    }

    void whatCannotBeReachedOrTrustedGetsNothing()
    {
        RemoteAddress gone;
        {
            const WebServer server(WebServer::always({}));
            gone = at(server);
        }
        const RemoteReport refused = await(remote().trigger(gone, 10));
        QCOMPARE(refused.verdict, RemoteVerdict::Unreachable);
        QCOMPARE(refused.calls, 0);
        QCOMPARE(refused.error().kind, ErrorKind::Unreachable);

        WebServer other(WebServer::always(WebServer::processed(1)));
        WebServer first(WebServer::always(WebServer::counted(
            307, "text/plain", {}, "Location: " + other.url().toLatin1() + "\r\n")));
        const RemoteReport sentOn = await(remote().trigger(at(first), 10));
        QCOMPARE(sentOn.verdict, RemoteVerdict::Unsafe);
        QCOMPARE(sentOn.httpStatus, 307);
        QCOMPARE(sentOn.error().kind, ErrorKind::Denied);
        QCOMPARE(other.connections(), 0);

        test::Authority authority;
        QVERIFY(authority.make() && authority.issue(u"elsewhere"_s, u"DNS:elsewhere.example"_s));
        qputenv("SSL_CERT_FILE", authority.file().toLocal8Bit());
        WebServer wrong(WebServer::always(WebServer::processed(1)));
        QVERIFY(wrong.useTls(authority.certificate(u"elsewhere"_s), authority.key(u"elsewhere"_s)));
        const RemoteReport untrusted =
            await(remote().trigger({{}, wrong.url({}, u"localhost"_s)}, 10));
        qunsetenv("SSL_CERT_FILE");
        QCOMPARE(untrusted.verdict, RemoteVerdict::Unsafe);
        QCOMPARE(untrusted.sentence, u"The certificate is for another host (elsewhere.example), "
                                     "not for localhost. Nothing was sent."_s);
        QCOMPARE(wrong.received().size(), 0);
    }

    void addressesThatWillNotDoAreErrors_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("no scheme") << u"app.example"_s << ErrorKind::Invalid;
        QTest::newRow("empty") << QString() << ErrorKind::Invalid;
        QTest::newRow("ftp") << u"ftp://app.example"_s << ErrorKind::Invalid;
        QTest::newRow("http") << u"http://app.example"_s << ErrorKind::Denied;
        QTest::newRow("password") << u"https://u:hush@app.example"_s << ErrorKind::Denied;
    }
    void addressesThatWillNotDoAreErrors()
    {
        QFETCH(QString, url);
        QFETCH(ErrorKind, kind);
        const auto report = waitFor(remote().trigger({{}, url}, 10));
        QVERIFY(!report);
        QCOMPARE(report.error().kind, kind);
        QVERIFY(!report.error().detail.contains(u"hush"_s));
    }

    void anAddressWithoutAPathMeansTheEndpoint()
    {
        const auto normal = [](const QString& text) { return *remote::endpointUrl(text); };
        QCOMPARE(normal(u" https://app.example/ "_s), u"https://app.example/api/jobs/process"_s);
        QCOMPARE(normal(u"https://app.example"_s), u"https://app.example/api/jobs/process"_s);
        QCOMPARE(normal(u"https://app.example/x#y"_s), u"https://app.example/x"_s);
        QCOMPARE(normal(u"http://[::1]:3000"_s), u"http://[::1]:3000/api/jobs/process"_s);
    }

    void aDrainGoesOnAsLongAsPendingFalls()
    {
        enqueue(12);
        WebServer server([this](QTcpSocket& socket, const WebRequest&) {
            socket.write(WebServer::processed(complete(5)));
        });
        QSignalSpy progressed(&remote(), &RemoteService::progressed);
        const RemoteReport report = await(remote().drain(at(server), 5));
        QCOMPARE(report.verdict, RemoteVerdict::Done);
        QCOMPARE(report.calls, 3);
        QCOMPARE(report.processed, 12);
        QCOMPARE(report.pendingBefore, 12);
        QCOMPARE(report.pendingAfter, 0);
        QCOMPARE(report.sentence,
                 u"3 calls: processed 12 jobs, 0 failed. Pending went from 12 to 0."_s);
        QCOMPARE(server.requests().size(), 3);
        QTRY_VERIFY(progressed.size() >= 2);
        QCOMPARE(pending(), 0);
    }

    // The endpoint stops at the first job that fails, which is the oldest again next time.
    void aDrainPassesOverAJobThatFailsThreeTimes()
    {
        enqueue(6);
        int calls = 0;
        WebServer server([this, &calls](QTcpSocket& socket, const WebRequest&) {
            const bool isStuck = ++calls == 1 || calls == 2;
            socket.write(WebServer::processed(isStuck ? 0 : complete(3)));
        });
        const RemoteReport report = await(remote().drain(at(server), 3));
        QCOMPARE(report.calls, 4);
        QCOMPARE(report.pendingAfter, 0);
    }

    void aDrainEndsWhenNothingFalls()
    {
        enqueue(6);
        int calls = 0;
        WebServer server([this, &calls](QTcpSocket& socket, const WebRequest&) {
            socket.write(WebServer::processed(++calls == 1 ? complete(2) : 0));
        });
        const RemoteReport report = await(remote().drain(at(server), 3));
        QCOMPARE(report.calls, 4);
        QCOMPARE(report.verdict, RemoteVerdict::Done);
        QCOMPARE(report.sentence, u"4 calls: processed 2 jobs, 0 failed. Pending went from 6 to 4 "
                                  "and then did not fall any more."_s);
        WebServer elsewhere(WebServer::always(WebServer::processed(9)));
        const RemoteReport other = await(remote().drain(at(elsewhere), 3));
        QCOMPARE(other.verdict, RemoteVerdict::NoFall);
        QCOMPARE(other.calls, 3);
    }

    // It always reports 0 failed, and counts failed jobs as processed.
    void failuresAreCountedInTheDatabase()
    {
        enqueue(15);
        WebServer server([this](QTcpSocket& socket, const WebRequest&) {
            const int failed = move(2, u"failed"_s);
            socket.write(WebServer::processed(failed + complete(1)));
        });
        const RemoteReport one = await(remote().trigger(at(server), 3));
        QCOMPARE(
            one.sentence,
            u"Processed 1 jobs, 2 failed. Pending went from 15 to 12. The endpoint itself says 3 "
            "processed and 0 failed; these figures are what changed in the database "
            "meanwhile."_s);
        const RemoteReport report = await(remote().drain(at(server), 3));
        QCOMPARE(report.verdict, RemoteVerdict::Done);
        QCOMPARE(report.processed, 4);
        QCOMPARE(report.failed, 8);
        QCOMPARE(report.completedInDatabase, 4);
        QCOMPARE(report.failedInDatabase, 8);
        QCOMPARE(report.sentence,
                 u"4 calls: processed 4 jobs, 8 failed. Pending went from 12 to 0. The endpoint "
                 "itself says 12 processed and 0 failed; these figures are what changed in the "
                 "database meanwhile."_s);
    }

    void deadJobsAreNoReasonToDoubtTheEndpoint()
    {
        enqueue(7);
        sqlOf(u"UPDATE \"Job\" SET attempts = 3"_s);
        WebServer server(WebServer::always(WebServer::processed(0)));
        const RemoteReport one = await(remote().trigger(at(server), 3));
        QCOMPARE(one.verdict, RemoteVerdict::NoFall);
        QCOMPARE(one.sentence,
                 u"All 7 pending jobs have used up their attempts, so no processor takes "
                 "them. Retry gives them new ones."_s);
        const RemoteReport all = await(remote().drain(at(server), 3));
        QCOMPARE(all.sentence, one.sentence);
        QCOMPARE(all.calls, 1); // another call would change nothing

        // One of them is live, which it takes; then only dead ones are left.
        enqueue(1);
        WebServer taking([this](QTcpSocket& socket, const WebRequest&) {
            sqlOf(u"UPDATE \"Job\" SET status = 'completed' WHERE status = 'pending' AND attempts "
                  "= 0"_s);
            socket.write(WebServer::processed(1));
        });
        const RemoteReport rest = await(remote().drain(at(taking), 3));
        QCOMPARE(rest.verdict, RemoteVerdict::Done);
        QVERIFY2(
            rest.sentence.endsWith(u"Pending went from 8 to 7. All 7 pending jobs have used up "
                                   "their attempts, so no processor takes them. Retry gives "
                                   "them new ones."_s),
            qPrintable(rest.sentence));
        // And live ones that it does not take: some of each.
        enqueue(2);
        const RemoteReport some = await(remote().trigger(at(server), 3));
        QVERIFY2(some.sentence.contains(u"7 of 9 pending jobs have used up"_s),
                 qPrintable(some.sentence));
    }

    void compressedAnswersAreRead()
    {
        enqueue(3);
        // gzip of {"processed":2,"failed":0}
        const QByteArray body =
            QByteArray::fromBase64("H4sIAAAAAAACA6tWKijKT04tLk5NUbIy0lFKS8zMATENagFGMDOaGgAAAA==");
        WebServer server([&](QTcpSocket& socket, const WebRequest&) {
            complete(2);
            socket.write(json(200, body, "Content-Encoding: gzip\r\n"));
        });
        const RemoteReport report = await(remote().trigger(at(server), 3));
        QCOMPARE(report.sentence, u"Processed 2 jobs, 0 failed. Pending went from 3 to 1."_s);
    }

    void redirectsNameTheWholeAddress()
    {
        for (const int status : {301, 302, 307, 308}) {
            WebServer server(WebServer::always(WebServer::counted(
                status, "text/plain", {}, "Location: /api/jobs/process/?session=s3cr3t\r\n")));
            const RemoteReport report = await(remote().trigger(at(server), 3));
            QCOMPARE(
                report.sentence,
                u"The endpoint redirects callers to %1/ (%2). That was not followed, so the key "
                "went nowhere else. Write that address."_s.arg(server.url())
                    .arg(status));
        }
        WebServer login(WebServer::always(
            WebServer::counted(302, "text/plain", {},
                               "Location: https://u:p@login.example/in?next=" + kKey + "\r\n")));
        const RemoteReport report = await(remote().trigger(at(login), 3));
        QCOMPARE(report.sentence,
                 u"The endpoint redirects callers to https://login.example/in (302). "
                 "That was not followed, so the key went nowhere else. Use the "
                 "final address."_s);
    }

    void aDrainWaitsWhenItIsTold_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sentence");
        const QString next = u" Next try in 1 s, as the endpoint asked."_s;
        QTest::newRow("429") << 429 << u"Too many calls (429)."_s + next;
        QTest::newRow("409") << 409 << u"The endpoint is busy (409)."_s + next;
        QTest::newRow("503") << 503 << u"The endpoint is not available (503)."_s + next;
    }
    void aDrainWaitsWhenItIsTold()
    {
        QFETCH(int, status);
        QFETCH(QString, sentence);
        enqueue(2);
        int calls = 0;
        WebServer server([this, &calls, status](QTcpSocket& socket, const WebRequest&) {
            socket.write(++calls == 1 ? json(status, "{}", "Retry-After: 1\r\n")
                                      : WebServer::processed(complete(2)));
        });
        QSignalSpy progressed(&remote(), &RemoteService::progressed);
        QElapsedTimer timer;
        timer.start();
        const RemoteReport report = await(remote().drain(at(server), 5));
        QVERIFY(timer.elapsed() >= 1000);
        QCOMPARE(report.verdict, RemoteVerdict::Done);
        QCOMPARE(calls, 2);
        QTRY_VERIFY(!progressed.isEmpty());
        QCOMPARE(progressed.first().first().value<RemoteReport>().sentence, sentence);
    }

    void progressTellsWhatIsPendingNow()
    {
        enqueue(5);
        WebServer server([this](QTcpSocket& socket, const WebRequest&) {
            complete(2);
            QTimer::singleShot(3500, &socket, [this, &socket] {
                socket.write(WebServer::processed(2 + complete(1)));
            });
        });
        QSignalSpy progressed(&remote(), &RemoteService::progressed);
        const RemoteReport report = await(remote().trigger(at(server), 10));
        QCOMPARE(report.pendingAfter, 2);
        QTRY_VERIFY(!progressed.isEmpty());
        const auto soFar = progressed.first().first().value<RemoteReport>();
        QCOMPARE(soFar.verdict, RemoteVerdict::Running);
        QCOMPARE(soFar.pendingBefore, 5);
        QCOMPARE(soFar.pendingAfter, 3);
    }

    void cancelEndsWhatRunsAndSaysWhatMayGoOn()
    {
        enqueue(1);
        WebServer server([this](QTcpSocket&, const WebRequest&) {
            QTimer::singleShot(0, this, [this] { remote().cancel(); });
        });
        const RemoteReport report = await(remote().drain(at(server), 10));
        QCOMPARE(report.verdict, RemoteVerdict::Cancelled);
        QCOMPARE(report.sentence, u"Cancelled. The request may still be working there. Pending "
                                  "stayed at 1."_s);
        // The next one is not affected.
        WebServer well(WebServer::always(WebServer::processed(0)));
        QVERIFY(await(remote().trigger(at(well), 1)).isSuccess());
    }

    void aClosingSessionDoesNotWaitForTheEndpoint()
    {
        WebServer server([](QTcpSocket&, const WebRequest&) {});
        const auto future = remote().trigger(at(server), 10);
        QTRY_COMPARE(server.requests().size(), 1);
        QElapsedTimer timer;
        timer.start();
        m_session.reset();
        QVERIFY(timer.elapsed() < 30'000); // and not the minute of the deadline
        QVERIFY(future.isFinished());
    }

    // With 3 runnable jobs, 2 dead, 1 with NULL attempts and 1 of an odd status, an endpoint may
    // count them in any way; a larger count comes from another database.
    void statusGuessesAnotherDatabaseOnlyPastWhatIsOdd_data()
    {
        QTest::addColumn<int>("there");
        QTest::addColumn<bool>("isOther");
        for (int there = 0; there <= 9; ++there)
            QTest::addRow("%d", there) << there << (there < 3 || there > 7);
    }
    void statusGuessesAnotherDatabaseOnlyPastWhatIsOdd()
    {
        QFETCH(const int, there);
        QFETCH(const bool, isOther);
        enqueue(7);
        const auto set = [this](const QString& assignment, int count) {
            tests::runForeign(
                m_folder->filePath(u"jobs.db"_s),
                u"UPDATE \"Job\" SET %1 WHERE \"id\" IN (SELECT \"id\" FROM \"Job\" "
                "WHERE \"attempts\" = 0 AND \"status\" = 'pending' LIMIT %2)"_s.arg(assignment)
                    .arg(count));
        };
        set(u"\"attempts\" = 3"_s, 3);
        set(u"\"status\" = 'PENDING'"_s, 1);
        WebServer server(WebServer::always(
            json(200, "{\"pendingCount\":" + QByteArray::number(there) + ",\"jobs\":[]}")));
        const auto queue = await(remote().status(at(server)));
        QCOMPARE(queue.pendingInDatabase, 6);
        QCOMPARE(queue.deadInDatabase, 3);
        QCOMPARE(queue.oddInDatabase, 1);
        QCOMPARE(queue.sentence.contains(u"another database"_s), isOther);
        if (there != 6)
            QVERIFY2(queue.sentence.contains(u"of which 3 are dead"_s), qPrintable(queue.sentence));
    }

    void statusTellsBothCounts()
    {
        enqueue(2);
        WebServer server(WebServer::always(WebServer::chunked(
            R"({"pendingCount":2,"jobs":[{"id":"j1","type":"bulk_import","attempts":1,)"
            R"("createdAt":"2026-11-05T13:00:00.250Z"},{"id":7,"type":"x","attempts":0,)"
            R"("createdAt":"2026-11-05T13:00:01.000Z"}]})")));
        const auto queue = await(remote().status(at(server)));
        QCOMPARE(queue.pendingCount, 2);
        QCOMPARE(queue.pendingInDatabase, 2);
        QCOMPARE(queue.sentence, u"2 pending there, 2 in the database."_s);
        QCOMPARE(queue.jobs.size(), 2);
        QCOMPARE(queue.jobs[0].id, u"j1"_s);
        QCOMPARE(queue.jobs[0].createdAt.toMSecsSinceEpoch(), 1793883600250);
        QCOMPARE(queue.jobs[1].id, u"7"_s);
        QCOMPARE(server.requests().first().method, QByteArray("GET"));
        enqueue(1);
        QCOMPARE(await(remote().status(at(server))).sentence,
                 u"2 pending there, 3 in the database. Does this endpoint use another database?"_s);
        WebServer page401(WebServer::always(json(401, R"({"error":"Unauthorized"})")));
        const auto refused = waitFor(remote().status(at(page401)));
        QVERIFY(!refused);
        QCOMPARE(refused.error(),
                 base::fail(ErrorKind::Denied, u"The endpoint refused the key (401)."_s));
    }

    void withoutADatabaseTheEndpointIsBelieved()
    {
        RemoteService alone;
        int left = 3;
        WebServer server([&left](QTcpSocket& socket, const WebRequest&) {
            socket.write(WebServer::processed(left > 0 ? left-- : 0));
        });
        const RemoteReport report = await(alone.drain(at(server), 5));
        QCOMPARE(report.processed, 6);
        QVERIFY(!report.pendingBefore && !report.pendingAfter);
        QCOMPARE(report.sentence, u"6 calls: processed 6 jobs, 0 failed."_s);
    }

    void keysOfEndpointsAreKeptApart()
    {
        qunsetenv("JOB_PROCESSOR_API_KEY");
        WebServer first(WebServer::always(WebServer::processed(0)));
        WebServer second(WebServer::always(WebServer::processed(0)));
        const auto none = waitFor(remote().trigger(at(first), 1));
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::Denied);
        QCOMPARE(first.connections(), 0);
        KeyService& keys = m_session->keys();
        const KeyPurpose purpose{KeyPurpose::Kind::ProcessorKey, first.url({})};
        QCOMPARE(await(keys.look(purpose)).source, KeyInfo::Source::None);
        const KeyInfo kept = await(keys.store(purpose, u" first-key\n"_s));
        QCOMPARE(kept.source, KeyInfo::Source::ThisRunOnly); // there is no keychain here
        await(remote().trigger(at(first), 1));
        QCOMPARE(first.requests().first().header("x-api-key"), QByteArray("first-key"));
        QVERIFY(!waitFor(remote().trigger(at(second), 1)));
        QCOMPARE(second.connections(), 0);
        qputenv("JOB_PROCESSOR_API_KEY", kKey);
        const KeyInfo given = await(keys.look(purpose));
        QCOMPARE(given.source, KeyInfo::Source::Environment);
        QCOMPARE(given.variable, u"JOB_PROCESSOR_API_KEY"_s);
        QVERIFY(!await(keys.forget(purpose)).isSet());
        QVERIFY(!waitFor(keys.store(purpose, u"  "_s)));
        QVERIFY(!waitFor(keys.store(purpose, u"a\nb"_s)));
        QVERIFY(!waitFor(keys.look({KeyPurpose::Kind::ProcessorKey, u"nonsense"_s})));
        QCOMPARE(KeyService::generate().size(), 64);
    }
};

QTEST_GUILESS_MAIN(TestRemoteService)
#include "tst_remoteservice.moc"
