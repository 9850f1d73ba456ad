// SPDX-License-Identifier: GPL-3.0-or-later
// serve: the endpoint as a cron job, a monitor, a stranger and an attacker meet it.
#include "tests/e2e/ctltest.h"
#include "tests/e2e/serving.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>

#include <signal.h>

using namespace Qt::StringLiterals;

namespace {
const QByteArray kKey = "d5b0a5b7c27f45a39e4d41a6d8f1b2c3";
const QByteArray kCron = "0f9e8d7c6b5a49382716050403020100";
const QByteArray kWithKey = "x-api-key: " + kKey;
const QByteArray kProcess = "/api/jobs/process";
constexpr int kPatience = 60'000;

/// A running `queuedeckctl serve`.
class Served
{
public:
    bool wait()
    {
        if (!process.waitForReadyRead(kPatience))
            return false;
        url = QJsonDocument::fromJson(process.readLine())[u"url"_s].toString();
        port = quint16(url.mid(url.lastIndexOf(u':') + 1).toUInt());
        return port != 0;
    }
    ~Served()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished();
        }
    }
    Client client() const { return Client(port); }
    qint64 pid() const { return process.processId(); }

    QProcess process;
    QString url;
    quint16 port = 0;
};
} // namespace

class tst_CtlServe : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void refusesToStart_data();
    void refusesToStart();
    void processesAndTells();
    void cron();
    void metrics();
    void strangersLearnNothing();
    void wrongKeysAreCounted();
    void malformedRequests_data();
    void malformedRequests();
    void hostsAndOrigins();
    void underAttack();
    void slowConnectionsAreClosed();
    void oneBatchAtATime();
    void manyCallsAtOnce();
    void stopsInOrder();
    void leavesAtTheSecondSignal();
    void tls();
    void theKeyStaysSecret();

private:
    bool serve(Served& served, const QStringList& arguments = {}, bool withCron = false);
    int addCards(int rounds);
};

bool tst_CtlServe::serve(Served& served, const QStringList& arguments, bool withCron)
{
    setVariable(u"JOB_PROCESSOR_API_KEY"_s, QString::fromLatin1(kKey));
    setVariable(u"CRON_SECRET"_s, withCron ? QString::fromLatin1(kCron) : QString());
    QStringList all{u"--json"_s, u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s};
    prepare(served.process, all + arguments);
    served.process.start();
    if (served.wait())
        return true;
    qWarning("%s", served.process.readAllStandardError().constData());
    return false;
}

// Jobs that take a while: some hundred milliseconds each.
int tst_CtlServe::addCards(int rounds)
{
    const QStringList files = cards();
    for (int i = 0; i < rounds; ++i)
        json(QStringList{u"scan"_s} + files);
    return int(files.size()) * rounds;
}

void tst_CtlServe::refusesToStart_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const QString& key, const QStringList& arguments,
                        int code, const char* word) {
        QTest::newRow(name) << key << arguments << code << QByteArray(word);
    };
    const QString key = QString::fromLatin1(kKey);
    row("no key", {}, {}, 4, "key generate");
    row("a blank key", u"  "_s, {}, 4, "JOB_PROCESSOR_API_KEY");
    row("a key no header carries", u"ä-long-enough-key"_s, {}, 4, "ASCII");
    row("no TLS", key, {u"--listen"_s, u"0.0.0.0:0"_s}, 2, "--tls-cert");
    row("no TLS for IPv6", key, {u"--listen"_s, u"[::]:0"_s}, 2, "--tls-cert");
    row("no port", key, {u"--listen"_s, u"127.0.0.1"_s}, 2, "ADDRESS:PORT");
    row("a large port", key, {u"--listen"_s, u"127.0.0.1:70000"_s}, 2, "ADDRESS:PORT");
    row("a name", key, {u"--listen"_s, u"example.com:80"_s}, 2, "ADDRESS:PORT");
    row("half of TLS", key, {u"--tls-cert"_s, u"a.pem"_s}, 2, "--tls-key");
    row("no certificate", key, {u"--tls-cert"_s, u"a.pem"_s, u"--tls-key"_s, u"b.pem"_s}, 2,
        "a.pem");
    row("no cap", key, {u"--max-jobs-cap"_s, u"0"_s}, 2, "--max-jobs-cap");
}

void tst_CtlServe::refusesToStart()
{
    QFETCH(QString, key);
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, word);
    setVariable(u"JOB_PROCESSOR_API_KEY"_s, key);
    const Ran ran = json(QStringList{u"serve"_s} + arguments);
    VERIFY_CODE(ran, code);
    QVERIFY2(ran.err.contains(word), ran.told());
    QVERIFY(!ran.errorKind().isEmpty());
}

void tst_CtlServe::processesAndTells()
{
    Served served;
    QVERIFY(serve(served, {u"--max-jobs-cap"_s, u"150"_s}));
    const Client client = served.client();
    add(120, kPicture, kElsewhere);
    sql(u"UPDATE \"Job\" SET attempts = 3 WHERE id = (SELECT max(id) FROM \"Job\")"_s); // dead
    Answer answer = client.ask("GET", kProcess, {kWithKey});
    QCOMPARE(answer.status, 200);
    QCOMPARE(keys(answer.json()), QSet<QString>({u"pendingCount"_s, u"jobs"_s}));
    QCOMPARE(answer.json()[u"pendingCount"_s].toInt(), 119); // all of them, and no dead one
    const QJsonArray jobs = answer.json()[u"jobs"_s].toArray();
    QCOMPARE(jobs.size(), 100);
    QCOMPARE(keys(jobs[0].toObject()),
             QSet<QString>({u"id"_s, u"type"_s, u"attempts"_s, u"createdAt"_s}));
    QCOMPARE(jobs[0][u"id"_s].toString(), sql(u"SELECT min(id) FROM \"Job\""_s).toString());

    answer = client.ask("POST", kProcess, {kWithKey});
    QCOMPARE(answer.status, 200);
    QCOMPARE(keys(answer.json()), QSet<QString>({u"processed"_s, u"failed"_s, u"startTime"_s,
                                                 u"endTime"_s, u"message"_s}));
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 10); // a failing job does not stop the batch
    QCOMPARE(answer.json()[u"message"_s].toString(), u"Processed 0 jobs, 10 failed"_s);
    answer = client.raw(
        requestBytes("POST", kProcess + "?maxJobs=30", {kWithKey, "Content-Length: 2"}, "{}"));
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 30);
    QCOMPARE(count(u"failed"_s), 40);
    // What was done is seen at once, though answers are kept for a moment.
    QCOMPARE(client.ask("GET", kProcess, {kWithKey}).json()[u"pendingCount"_s].toInt(), 79);

    for (const char* wrong : {"0", "151", "-1", "x", "", "5.0"}) {
        answer = client.ask("POST", kProcess + "?maxJobs=" + wrong, {kWithKey});
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.json()[u"error"_s].toString().contains(u"from 1 to 150"_s));
    }
    QCOMPARE(count(u"failed"_s), 40);
    answer = client.ask("PUT", kProcess, {kWithKey});
    QCOMPARE(answer.status, 405);
    QVERIFY(answer.says("Allow: GET, POST"));
    QVERIFY(answer.json().contains(u"error"_s));
    answer = client.ask("GET", "/nowhere", {kWithKey});
    QCOMPARE(answer.status, 404);
    QVERIFY(answer.json().contains(u"error"_s));
}

void tst_CtlServe::cron()
{
    add(15, kPicture, kElsewhere);
    const QByteArray bearer = "Authorization: Bearer " + kCron;
    {
        Served without;
        QVERIFY(serve(without));
        QCOMPARE(without.client().ask("GET", kProcess, {bearer}).status, 401);
        QCOMPARE(without.client().ask("GET", kProcess, {"Authorization: Bearer "}).status, 401);
    }
    QCOMPARE(count(u"pending"_s), 15);
    Served served;
    QVERIFY(serve(served, {}, true));
    const Answer answer = served.client().ask("GET", kProcess, {bearer});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 10);
    QCOMPARE(count(u"pending"_s), 5);
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey}).json()[u"pendingCount"_s].toInt(), 5);
    QCOMPARE(served.client().ask("GET", "/metrics", {bearer}).status, 401);
}

void tst_CtlServe::metrics()
{
    Served served;
    QVERIFY(serve(served));
    add(3, kPicture, kElsewhere);
    add(2);
    QCOMPARE(served.client().ask("POST", kProcess, {kWithKey}).status, 200);
    const Answer answer = served.client().ask("GET", "/metrics", {kWithKey});
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.says("Content-Type: text/plain; version=0.0.4; charset=utf-8"));
    for (const char* line :
         {"queuedeck_jobs{status=\"pending\"} 2\n", "queuedeck_jobs{status=\"failed\"} 3\n",
          "queuedeck_attempts_last_hour{outcome=\"failed\"} 3\n",
          "queuedeck_endpoint_failed_total 3\n", "queuedeck_endpoint_batches_total 1\n"})
        QVERIFY2(answer.body.contains(line), answer.body);
}

void tst_CtlServe::strangersLearnNothing()
{
    Served served;
    QVERIFY(serve(served));
    const QByteArray body = "{\"error\":\"Unauthorized\"}";
    int address = 1; // a few wrong keys from each
    for (const char* method : {"GET", "POST", "DELETE", "OPTIONS"}) {
        for (const char* path : {"/", "/api/jobs/process", "/metrics", "/nowhere"}) {
            const QString from = u"127.0.1.%1"_s.arg(address++);
            for (const QByteArrayList& headers :
                 {QByteArrayList{}, QByteArrayList{"x-api-key: "}, QByteArrayList{"x-api-key: a"},
                  QByteArrayList{"x-api-key: " + kKey.chopped(1)},
                  QByteArrayList{kWithKey, kWithKey}}) {
                const Answer answer =
                    served.client().raw(requestBytes(method, path, headers), from);
                QVERIFY2(answer.status == 401 && answer.body == body, answer.told());
            }
        }
    }
    const Answer health = served.client().ask("GET", "/healthz");
    QCOMPARE(health.status, 200);
    QCOMPARE(health.body, "{\"status\":\"ok\"}");
    QVERIFY(!health.head.toLower().contains("server"));
    // A 0 is no part of a header at all.
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey + '\0'}).status, 400);
}

void tst_CtlServe::wrongKeysAreCounted()
{
    Served served;
    QVERIFY(serve(served));
    const QByteArray wrong = requestBytes("GET", kProcess, {"x-api-key: wrong"});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(served.client().raw(wrong).status, 401);
    const Answer answer = served.client().raw(wrong);
    QCOMPARE(answer.status, 429);
    QVERIFY(answer.head.contains("\r\nRetry-After: "));
    QCOMPARE(served.client().raw(wrong, u"127.0.0.2"_s).status, 401);
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey}).status, 200);
}

void tst_CtlServe::malformedRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& bytes, int status = 400) {
        QTest::newRow(name) << bytes << status;
    };
    const auto post = [](const QByteArrayList& headers, const QByteArray& body = {}) {
        return requestBytes("POST", kProcess, QByteArrayList{kWithKey} + headers, body);
    };
    row("negative length", post({"Content-Length: -1"}));
    row("huge length", post({"Content-Length: 99999999999999999999"}));
    row("two lengths", post({"Content-Length: 0", "Content-Length: 44"}));
    row("length and coding",
        post({"Content-Length: 6", "Transfer-Encoding: chunked"}, "0\r\n\r\nG"));
    row("hidden coding", post({"Transfer-Encoding: xchunked"}, "0\r\n\r\n"));
    row("chunk overflow", post({"Transfer-Encoding: chunked"}, "FFFFFFFFFFFFFFFFF\r\n"));
    row("folded", post({"A: b", " c"}));
    row("LF only", post({}).replace("\r\n", "\n"));
    row("absolute address", requestBytes("GET", "http://localhost" + kProcess, {kWithKey}));
    QByteArrayList many{kWithKey};
    for (int i = 0; i < 10'000; ++i)
        many += "A: b";
    row("10,000 headers", requestBytes("POST", kProcess, many), 431);
    row("a long line", requestBytes("GET", "/" + QByteArray(100'000, 'a')), 414);
    row("100 MB", post({"Content-Length: 100000000"}, QByteArray(100'000'000, 'x')), 413);
    QByteArray chunks;
    for (int i = 0; i < 100; ++i)
        chunks += "F4240\r\n" + QByteArray(1'000'000, 'x') + "\r\n";
    row("100 MB in chunks", post({"Transfer-Encoding: chunked"}, chunks + "0\r\n\r\n"), 413);
}

void tst_CtlServe::malformedRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    Served served;
    QVERIFY(serve(served));
    add(1, kPicture, kElsewhere);
    const auto socket = served.client().connect();
    const Answer answer = served.client().raw(bytes);
    QVERIFY2(answer.status == status, answer.told());
    QVERIFY(answer.says("Connection: close"));
    QVERIFY(!answer.json()[u"error"_s].toString().isEmpty());
    QCOMPARE(count(u"pending"_s), 1); // and nothing was run
    QCOMPARE(served.client().ask("GET", "/healthz").status, 200);
}

void tst_CtlServe::hostsAndOrigins()
{
    Served served;
    QVERIFY(serve(served, {u"--host"_s, u"jobs.example.com"_s}));
    const auto withHost = [&](const QByteArray& host) {
        return served.client().raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status;
    };
    QCOMPARE(withHost("localhost"), 200);
    QCOMPARE(withHost("127.0.0.1:" + QByteArray::number(served.port)), 200);
    QCOMPARE(withHost("jobs.example.com"), 200);
    QCOMPARE(withHost("evil.example"), 421);
    QCOMPARE(
        served.client().ask("POST", kProcess, {kWithKey, "Origin: https://evil.example"}).status,
        403);
}

void tst_CtlServe::underAttack()
{
    Served served;
    QVERIFY(serve(served));
    const Client client = served.client();
    const auto keeping = client.connect(); // a good client that keeps its connection
    const auto askKeeping = [&] {
        keeping->write(requestBytes("GET", kProcess, {kWithKey}));
        return Client::read(*keeping).status;
    };
    for (int i = 0; i < 50; ++i) // all is loaded that will be
        QCOMPARE(client.ask("GET", kProcess, {kWithKey}).status, 200);
    QCOMPARE(askKeeping(), 200);
    const qint64 before = residentKb(served.pid());
    std::vector<std::unique_ptr<QTcpSocket>> halfOpen;
    std::vector<std::unique_ptr<QTcpSocket>> dripping;
    for (int i = 0; i < 300; ++i) {
        halfOpen.push_back(client.connect());
        halfOpen.back()->write("GET /api/jobs/process HTTP/1.1\r\nHost: loc");
        halfOpen.back()->flush();
    }
    for (int i = 0; i < 60; ++i) {
        dripping.push_back(client.connect());
        dripping.back()->write("POST /api/jobs/process HTTP/1.1\r\nHost: localhost\r\n"
                               "Content-Length: 60000\r\n\r\n");
        dripping.back()->flush();
    }
    qint64 slowest = 0;
    for (int i = 0; i < 50; ++i) {
        for (const auto& socket : dripping) {
            socket->write("x");
            socket->flush();
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.ask("GET", kProcess, {kWithKey}).status, 200);
        slowest = std::max(slowest, timer.elapsed());
    }
    QCOMPARE(askKeeping(), 200); // who has shown the key keeps its place
    const qint64 grown = residentKb(served.pid()) - before;
    qInfo("slowest good request %lld ms, memory grew by %lld kB", slowest, grown);
    QVERIFY2(slowest < 5'000, "A good request waited for the bad ones."); // 100 ms unloaded
    QVERIFY2(grown <= 10 * 1024, "Strangers cost memory.");
}

void tst_CtlServe::slowConnectionsAreClosed()
{
    Served served;
    QVERIFY(serve(served));
    std::vector<std::unique_ptr<QTcpSocket>> slow;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 60; ++i) { // fewer than there are places: nobody has to make room
        slow.push_back(served.client().connect());
        slow.back()->write("GET /");
        slow.back()->flush();
    }
    QTest::qWait(1'000);
    QVERIFY(std::all_of(slow.begin(), slow.end(), [](const auto& socket) {
        return socket->state() == QTcpSocket::ConnectedState;
    }));
    while (timer.elapsed() < kPatience) {
        for (const auto& socket : slow) {
            if (socket->state() == QTcpSocket::ConnectedState)
                socket->write("a");
        }
        QTest::qWait(100);
        if (std::all_of(slow.begin(), slow.end(), [](const auto& socket) {
                return socket->state() == QTcpSocket::UnconnectedState;
            }))
            break;
    }
    qInfo("all closed after %lld ms", timer.elapsed());
    QVERIFY2(timer.elapsed() < 20'000, "Slow connections were kept."); // 5 s unloaded
}

void tst_CtlServe::oneBatchAtATime()
{
    const int jobs = addCards(2);
    Served served;
    QVERIFY(serve(served));
    const auto first = served.client().connect();
    first->write(requestBytes("POST", kProcess + "?maxJobs=1000", {kWithKey}));
    first->flush();
    QTRY_VERIFY_WITH_TIMEOUT(count(u"processing"_s) > 0, kPatience);
    const Answer second = served.client().ask("POST", kProcess, {kWithKey});
    QVERIFY2(second.status == 409, second.told());
    QVERIFY(second.head.contains("\r\nRetry-After: "));
    QVERIFY(second.json().contains(u"error"_s));
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey}).status, 200); // looking goes on
    const Answer answer = Client::read(*first);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"processed"_s].toInt(), jobs);
    QCOMPARE(served.client().ask("POST", kProcess, {kWithKey}).status, 200); // free again
}

void tst_CtlServe::manyCallsAtOnce()
{
    add(200, kPicture, kElsewhere);
    Served served;
    QVERIFY(serve(served));
    int ran = 0;
    int failed = 0;
    for (int round = 0; round < 20; ++round) {
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 50; ++i) {
            sockets.push_back(served.client().connect());
            sockets.back()->write(requestBytes("POST", kProcess + "?maxJobs=5", {kWithKey}));
            sockets.back()->flush();
        }
        for (const auto& socket : sockets) {
            const Answer answer = Client::read(*socket);
            QVERIFY2(answer.status == 200 || answer.status == 409, answer.told());
            ran += answer.status == 200 ? 1 : 0;
            failed += answer.json()[u"failed"_s].toInt();
        }
    }
    qInfo("%d of 1,000 calls ran a batch", ran);
    QVERIFY(ran >= 20);
    QCOMPARE(failed, count(u"failed"_s)); // each job was run once and told once
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_attempt"_s).toInt(), failed);
}

void tst_CtlServe::stopsInOrder()
{
    const int jobs = addCards(3);
    Served served;
    QVERIFY(serve(served));
    const auto idle = served.client().connect();
    const auto first = served.client().connect();
    first->write(requestBytes("POST", kProcess + "?maxJobs=1000", {kWithKey}));
    first->flush();
    QTRY_VERIFY_WITH_TIMEOUT(count(u"processing"_s) > 0, kPatience);
    ::kill(pid_t(served.pid()), SIGTERM);
    const Answer answer = Client::read(*first);
    QVERIFY2(answer.status == 200, answer.told()); // the caller hears what was done
    QVERIFY(answer.says("Connection: close"));
    const Ran ran = finish(served.process);
    VERIFY_CODE(ran, 0);
    QCOMPARE(count(u"processing"_s), 0);
    QCOMPARE(count(u"completed"_s), answer.json()[u"processed"_s].toInt());
    QCOMPARE(count(u"completed"_s) + count(u"pending"_s), jobs);
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_lease"_s).toInt(), 0);
}

void tst_CtlServe::leavesAtTheSecondSignal()
{
    addCards(3);
    Served served;
    QVERIFY(serve(served));
    const auto first = served.client().connect();
    first->write(requestBytes("POST", kProcess + "?maxJobs=1000", {kWithKey}));
    first->flush();
    QTRY_VERIFY_WITH_TIMEOUT(count(u"processing"_s) > 0, kPatience);
    ::kill(pid_t(served.pid()), SIGTERM);
    ::kill(pid_t(served.pid()), SIGINT);
    VERIFY_CODE(finish(served.process), 1);
}

void tst_CtlServe::tls()
{
    const QString certificate = path(u"cert.pem"_s);
    const QString key = path(u"key.pem"_s);
    QVERIFY(makeCertificate(certificate, key));
    Served served;
    QVERIFY(serve(served, {u"--tls-cert"_s, certificate, u"--tls-key"_s, key}));
    QVERIFY(served.url.startsWith(u"https://"_s));
    add(2, kPicture, kElsewhere);
    QSslConfiguration trusting;
    trusting.setCaCertificates(QSslCertificate::fromPath(certificate));
    QSslSocket socket;
    socket.setSslConfiguration(trusting);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, served.port, u"localhost"_s);
    QVERIFY2(socket.waitForEncrypted(kPatience), qPrintable(socket.errorString()));
    socket.write(requestBytes("POST", kProcess, {kWithKey}));
    Answer answer = Client::read(socket);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"failed"_s].toInt(), 2);
    socket.write(requestBytes("GET", kProcess, {"Connection: close"}));
    answer = Client::read(socket);
    QCOMPARE(answer.status, 401);
    QVERIFY(socket.state() == QSslSocket::UnconnectedState ||
            socket.waitForDisconnected(kPatience));

    QCOMPARE(served.client().ask("GET", "/healthz").status, 0); // nothing in the clear
}

void tst_CtlServe::theKeyStaysSecret()
{
    Served served;
    QVERIFY(serve(served, {}, true));
    served.client().ask("POST", kProcess, {kWithKey});
    served.client().ask("POST", kProcess, {"x-api-key: " + kKey + "wrong"});
    QFile commandLine(u"/proc/%1/cmdline"_s.arg(served.pid()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    QVERIFY(!commandLine.readAll().contains(kKey));
    ::kill(pid_t(served.pid()), SIGINT);
    const Ran ran = finish(served.process);
    VERIFY_CODE(ran, 0);
    for (const QByteArray& secret : {kKey, kCron})
        QVERIFY(!ran.err.contains(secret) && !ran.out.contains(secret));
}

QTEST_GUILESS_MAIN(tst_CtlServe)
#include "tst_ctl_serve.moc"
