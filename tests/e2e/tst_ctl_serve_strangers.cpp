// SPDX-License-Identifier: GPL-3.0-or-later
// serve: the endpoint as untrusted clients, attackers and crowds use it.
#include "tests/e2e/serving.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_CtlServeStrangers : public ServeTest
{
    Q_OBJECT

private Q_SLOTS:
    void strangersLearnNothing();
    void wrongKeysAreCounted();
    void malformedRequests_data();
    void malformedRequests();
    void hostsAndOrigins();
    void underAttack();
    void slowConnectionsAreClosed();
    void manyCallsAtOnce();
};

void tst_CtlServeStrangers::strangersLearnNothing()
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
    // A NUL character is never part of a header.
    QCOMPARE(served.client().ask("GET", kProcess, {kWithKey + '\0'}).status, 400);
}

void tst_CtlServeStrangers::wrongKeysAreCounted()
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

void tst_CtlServeStrangers::malformedRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& bytes, int status = 400) {
        QTest::newRow(name) << bytes << status;
    };
    const auto post = [this](const QByteArrayList& headers, const QByteArray& body = {}) {
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

void tst_CtlServeStrangers::malformedRequests()
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

void tst_CtlServeStrangers::hostsAndOrigins()
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

void tst_CtlServeStrangers::underAttack()
{
    Served served;
    QVERIFY(serve(served));
    const Client client = served.client();
    const auto keeping = client.connect(); // a well-behaved client that keeps its connection
    const auto askKeeping = [&] {
        keeping->write(requestBytes("GET", kProcess, {kWithKey}));
        return Client::read(*keeping).status;
    };
    for (int i = 0; i < 50; ++i) // everything is loaded after this
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
    QCOMPARE(askKeeping(), 200); // a client that has shown the key keeps its place
    const qint64 grown = residentKb(served.pid()) - before;
    qInfo("slowest good request %lld ms, memory grew by %lld kB", slowest, grown);
    QVERIFY2(slowest < 5'000, "A good request waited for the bad ones."); // 100 ms unloaded
    QVERIFY2(grown <= 10 * 1024, "Strangers cost memory.");
}

void tst_CtlServeStrangers::slowConnectionsAreClosed()
{
    Served served;
    QVERIFY(serve(served));
    std::vector<std::unique_ptr<QTcpSocket>> slow;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 60; ++i) { // fewer than there are places: no client has to make room
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

void tst_CtlServeStrangers::manyCallsAtOnce()
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
    QCOMPARE(failed, count(u"failed"_s)); // each job was run once and reported once
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_attempt"_s).toInt(), failed);
}

QTEST_GUILESS_MAIN(tst_CtlServeStrangers)
#include "tst_ctl_serve_strangers.moc"
