// SPDX-License-Identifier: GPL-3.0-or-later
// The server on real loopback connections: deadlines, places, requests sent ahead, the end.
#include "core/endpoint/server.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::endpoint;
using namespace std::chrono_literals;

namespace {
constexpr int kPatience = 30'000;

std::unique_ptr<Server> serverWith(const Limits& limits, Server::Handler handler)
{
    Server::Options options;
    options.limits = limits;
    auto server = Server::start(options, std::move(handler));
    if (!server)
        qFatal("%s", qPrintable(server.error().detail));
    return std::move(*server);
}

void echoPath(const Request& request, const Server::Answer& answer)
{
    answer({.body = request.path, .wasKnown = request.path == "/known"});
}

std::unique_ptr<QTcpSocket> connected(const Server& server, const QByteArray& bytes = {})
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(u"127.0.0.1"_s, server.port());
    if (!socket->waitForConnected(kPatience))
        qFatal("%s", qPrintable(socket->errorString()));
    socket->write(bytes);
    socket->waitForBytesWritten(kPatience);
    return socket;
}

QByteArray readUntil(QTcpSocket& socket, const QByteArray& mark)
{
    QByteArray read;
    while (!read.contains(mark) && socket.waitForReadyRead(kPatience))
        read += socket.readAll();
    return read + socket.readAll();
}

bool isClosedInTime(QTcpSocket& socket)
{
    return socket.state() == QTcpSocket::UnconnectedState || socket.waitForDisconnected(kPatience);
}

QByteArray get(const QByteArray& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
}
} // namespace

class tst_Server : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers();
    void requestsSentAhead();
    void refusalsCanBeRead();
    void slowClientsAreClosed_data();
    void slowClientsAreClosed();
    void theOldestWithoutAKeyMakesRoom();
    void busyConnectionsStay();
    void answersFromAnotherThread();
    void drains();
    void endsWithOpenRequests();
    void takenPort();
    void wrongCertificate();
};

void tst_Server::answers()
{
    const auto server = serverWith({}, echoPath);
    const auto socket = connected(*server);
    for (int i = 0; i < 20; ++i) { // on one connection, byte by byte at first
        const QByteArray path = "/" + QByteArray::number(i) + "!";
        const QByteArray bytes = get(path);
        for (qsizetype from = 0; from < bytes.size(); from += i + 1) {
            socket->write(bytes.mid(from, i + 1));
            socket->flush();
        }
        const QByteArray answer = readUntil(*socket, "!");
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n") && answer.endsWith(path), answer);
    }
    socket->write("HEAD /head HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QVERIFY(readUntil(*socket, "never").endsWith("\r\n\r\n"));
}

void tst_Server::requestsSentAhead()
{
    const auto server = serverWith({}, echoPath);
    QByteArray bytes;
    for (int i = 0; i < 500; ++i)
        bytes += get("/" + QByteArray::number(i));
    bytes += "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    const auto socket = connected(*server, bytes);
    const QByteArray answer = readUntil(*socket, "/last");
    QCOMPARE(answer.count("HTTP/1.1 200 OK"), 501);
    QVERIFY(answer.indexOf("/7H") < answer.indexOf("/300H")); // in their order
    QVERIFY(isClosedInTime(*socket));
}

void tst_Server::refusalsCanBeRead()
{
    const auto server = serverWith({}, echoPath);
    const auto socket =
        connected(*server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n");
    for (int i = 0; i < 90 && socket->state() == QTcpSocket::ConnectedState; ++i) {
        socket->write(QByteArray(100'000, 'x'));
        socket->waitForBytesWritten(kPatience);
    }
    const QByteArray answer = readUntil(*socket, "}");
    QVERIFY2(answer.startsWith("HTTP/1.1 413 "), answer);
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
}

void tst_Server::slowClientsAreClosed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("drip");
    QTest::newRow("silent") << QByteArray() << QByteArray();
    QTest::newRow("half a head") << QByteArray("GET / HTTP/1.1\r\nA: ") << QByteArray();
    QTest::newRow("a dripping head") << QByteArray("GET / HTTP/1.1\r\nA: ") << QByteArray("a");
    const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n";
    QTest::newRow("half a body") << post << QByteArray();
    QTest::newRow("a dripping body") << post << QByteArray("a");
    QTest::newRow("idle") << get("/") << QByteArray();
    QTest::newRow("a dripping second head") << get("/") + "GET" << QByteArray("a");
}

void tst_Server::slowClientsAreClosed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, drip);
    Limits limits;
    limits.headerDeadline = 300ms;
    limits.bodyDeadline = 300ms;
    limits.idle = 300ms;
    limits.linger = 300ms;
    const auto server = serverWith(limits, echoPath);
    const auto socket = connected(*server, bytes);
    QElapsedTimer timer;
    timer.start();
    while (socket->state() == QTcpSocket::ConnectedState && timer.elapsed() < kPatience) {
        socket->write(drip);
        socket->waitForReadyRead(20); // an answer, or the end
        socket->readAll();
    }
    QVERIFY(socket->state() == QTcpSocket::UnconnectedState);
    QVERIFY(timer.elapsed() >= 200);
}

void tst_Server::theOldestWithoutAKeyMakesRoom()
{
    Limits limits;
    limits.connections = 4;
    const auto server = serverWith(limits, echoPath);
    const auto known = connected(*server, get("/known"));
    QVERIFY(readUntil(*known, "/known").contains(" 200 "));
    std::vector<std::unique_ptr<QTcpSocket>> halfOpen;
    for (int i = 0; i < 20; ++i)
        halfOpen.push_back(connected(*server, "GET / HT"));
    const auto good = connected(*server, get("/good"));
    QVERIFY(readUntil(*good, "/good").contains(" 200 "));
    known->write(get("/known"));
    QVERIFY(readUntil(*known, "/known").contains(" 200 ")); // still connected
    for (int i = 0; i < 17; ++i)
        QVERIFY(isClosedInTime(*halfOpen[size_t(i)]));
}

void tst_Server::busyConnectionsStay()
{
    Limits limits;
    limits.connections = 2;
    std::mutex mutex;
    std::vector<Server::Answer> pending;
    const auto server = serverWith(limits, [&](const Request&, const Server::Answer& answer) {
        const std::lock_guard lock(mutex);
        pending.push_back(answer);
    });
    const auto one = connected(*server, get("/1"));
    const auto two = connected(*server, get("/2"));
    QTRY_COMPARE_WITH_TIMEOUT(([&] {
                                  const std::lock_guard lock(mutex);
                                  return pending.size();
                              }()),
                              size_t(2), kPatience);
    const auto three = connected(*server);
    QVERIFY(readUntil(*three, "}").startsWith("HTTP/1.1 503 "));
    for (const auto& answer : pending)
        answer({.body = "late"});
    QVERIFY(readUntil(*one, "late").contains(" 200 "));
    QVERIFY(readUntil(*two, "late").contains(" 200 "));
}

void tst_Server::answersFromAnotherThread()
{
    std::vector<std::thread> threads;
    {
        const auto server = serverWith({}, [&](const Request& request, const auto& answer) {
            threads.emplace_back([answer, path = request.path] { answer({.body = path}); });
        });
        const auto socket = connected(*server, get("/a"));
        QVERIFY(readUntil(*socket, "/a").contains(" 200 "));
    }
    for (std::thread& thread : threads)
        thread.join();
}

void tst_Server::drains()
{
    std::mutex mutex;
    Server::Answer pending;
    std::atomic<bool> isAsked = false;
    std::atomic<bool> isDrained = false;
    const auto server = serverWith({}, [&](const Request&, const Server::Answer& answer) {
        const std::lock_guard lock(mutex);
        pending = answer;
        isAsked = true;
    });
    const auto idle = connected(*server);
    const auto busy = connected(*server, get("/a"));
    QTRY_VERIFY_WITH_TIMEOUT(isAsked, kPatience);
    server->drain([&] { isDrained = true; });
    QVERIFY(isClosedInTime(*idle));
    QVERIFY(!isDrained);
    QTcpSocket late;
    late.connectToHost(u"127.0.0.1"_s, server->port());
    QVERIFY(!late.waitForConnected(kPatience));
    {
        const std::lock_guard lock(mutex);
        pending({.body = "done!"});
    }
    const QByteArray answer = readUntil(*busy, "done!");
    QVERIFY2(answer.contains("\r\nConnection: close\r\n") && answer.endsWith("done!"), answer);
    busy->disconnectFromHost();
    QTRY_VERIFY_WITH_TIMEOUT(isDrained, kPatience);
}

void tst_Server::endsWithOpenRequests()
{
    Server::Answer pending;
    std::atomic<bool> isAsked = false;
    auto server = serverWith({}, [&](const Request&, const Server::Answer& answer) {
        pending = answer;
        isAsked = true;
    });
    const auto busy = connected(*server, get("/a"));
    const auto halfOpen = connected(*server, "GET /");
    QTRY_VERIFY_WITH_TIMEOUT(isAsked, kPatience);
    server.reset();
    QVERIFY(isClosedInTime(*busy));
    QVERIFY(isClosedInTime(*halfOpen));
    pending({.body = "too late"}); // nobody is there any more
}

void tst_Server::takenPort()
{
    const auto server = serverWith({}, echoPath);
    Server::Options options;
    options.port = server->port();
    const auto second = Server::start(options, echoPath);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, base::ErrorKind::Unreachable);
    QVERIFY(second.error().detail.contains(QString::number(server->port())));
    options.address = u"localhost"_s;
    QCOMPARE(Server::start(options, echoPath).error().kind, base::ErrorKind::Invalid);
}

void tst_Server::wrongCertificate()
{
    Server::Options options;
    options.certificate = u"/nowhere/cert.pem"_s;
    options.privateKey = u"/nowhere/key.pem"_s;
    const auto server = Server::start(options, echoPath);
    QVERIFY(!server);
    QCOMPARE(server.error().kind, base::ErrorKind::Invalid);
    QVERIFY(server.error().detail.contains(u"/nowhere/cert.pem"_s));
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
