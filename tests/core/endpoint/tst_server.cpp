// SPDX-License-Identifier: GPL-3.0-or-later
// The server on real loopback connections: deadlines, connection limits, pipelined requests,
// shutdown.
#include "core/endpoint/server.h"
#include "core/endpoint/tlsfiles.h"
#include "tests/support/certificate.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <mutex>
#include <sys/stat.h>

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
    void whoReadsNothingMakesRoom();
    void busyConnectionsStay();
    void answersFromAnotherThread();
    void drains();
    void endsWithOpenRequests();
    void takenPort();
    void wrongCertificate();
    void certificatesAreLookedAt();
    void renewedCertificatesAreTakenUp();
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
    QVERIFY(answer.indexOf("/7H") < answer.indexOf("/300H")); // in order
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

// Requests without end and no answer read: the server always has something to write.
void tst_Server::whoReadsNothingMakesRoom()
{
    Limits limits;
    limits.connections = 8;
    const auto server = serverWith(limits, echoPath);
    const auto known = connected(*server, get("/known"));
    QVERIFY(readUntil(*known, "/known").contains(" 200 "));
    const QByteArray request = get('/' + QByteArray(4'000, 'a'));
    std::vector<std::unique_ptr<QTcpSocket>> deaf;
    for (int i = 0; i < 16; ++i) {
        deaf.push_back(connected(*server));
        deaf.back()->setReadBufferSize(1);
        QElapsedTimer timer;
        timer.start();
        // Until both directions are blocked: first the answers, then the requests.
        while (timer.elapsed() < 5'000 && deaf.back()->state() == QTcpSocket::ConnectedState) {
            deaf.back()->write(request.repeated(50));
            if (!deaf.back()->waitForBytesWritten(100))
                break;
        }
    }
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 20; ++i) {
        const auto good = connected(*server, get("/good"));
        QVERIFY(readUntil(*good, "/good").contains(" 200 "));
    }
    QVERIFY2(timer.elapsed() < 5'000, "A good client waited for deaf ones."); // of 10 s to write
    known->write(get("/known"));
    QVERIFY(readUntil(*known, "/known").contains(" 200 "));
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
    pending({.body = "too late"}); // the client is gone
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

void tst_Server::certificatesAreLookedAt()
{
    const QTemporaryDir folder;
    const QString certificate = folder.filePath(u"certificate.pem"_s);
    const QString key = folder.filePath(u"key.pem"_s);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto warningsAt = [&](const QDateTime& time) -> QString {
        TlsFiles files(certificate, key);
        if (const base::Status loaded = files.load(); !loaded)
            return loaded.error().detail;
        return files.warnings(time).join(u' ');
    };
    QVERIFY(test::makeCertificate(certificate, key, now.addDays(-1), now.addDays(90)));
    QCOMPARE(warningsAt(now), QString());
    QVERIFY(warningsAt(now.addDays(80)).contains(u"expires on"_s));
    QVERIFY(warningsAt(now.addDays(91)).contains(u"expired on"_s));
    QVERIFY(warningsAt(now.addDays(-2)).contains(u"not valid before"_s));
    QCOMPARE(::chmod(qPrintable(key), 0640), 0);
    QVERIFY(warningsAt(now).contains(u"group"_s));
    for (const mode_t mode : {0604, 0644, 0666, 0602}) {
        QCOMPARE(::chmod(qPrintable(key), mode), 0);
        TlsFiles files(certificate, key);
        const base::Status loaded = files.load();
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind, base::ErrorKind::Denied);
        QVERIFY(loaded.error().detail.contains(key) && loaded.error().detail.contains(u"600"_s));
    }
    const QString other = folder.filePath(u"other.pem"_s);
    QVERIFY(test::makeCertificate(folder.filePath(u"other-certificate.pem"_s), other,
                                  now.addDays(-1), now.addDays(90)));
    TlsFiles mixed(certificate, other);
    const base::Status loaded = mixed.load();
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().detail.contains(u"is not the private key of"_s),
             qPrintable(loaded.error().detail));
}

void tst_Server::renewedCertificatesAreTakenUp()
{
    const QTemporaryDir folder;
    Server::Options options;
    options.certificate = folder.filePath(u"certificate.pem"_s);
    options.privateKey = folder.filePath(u"key.pem"_s);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(test::makeCertificate(options.certificate, options.privateKey, now.addDays(-1),
                                  now.addDays(10)));
    std::mutex mutex;
    QStringList told;
    const auto server = Server::start(options, echoPath, [&](const QString& sentence) {
        const std::lock_guard lock(mutex);
        told += sentence;
    });
    QVERIFY(server);
    const auto shown = [&] {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, (*server)->port());
        if (!socket.waitForEncrypted(kPatience))
            return QByteArray();
        return socket.peerCertificate().digest();
    };
    const QByteArray first = shown();
    QVERIFY(!first.isEmpty());
    QSslSocket open;
    open.setPeerVerifyMode(QSslSocket::VerifyNone);
    open.connectToHostEncrypted(u"127.0.0.1"_s, (*server)->port());
    QVERIFY(open.waitForEncrypted(kPatience));

    // Half of a renewal: the old pair stays in use, and this is reported once.
    QTest::qWait(1'100);
    const QString nextKey = folder.filePath(u"next-key.pem"_s);
    QFile::rename(options.privateKey, folder.filePath(u"old-key.pem"_s));
    QVERIFY(test::makeCertificate(options.certificate, nextKey, now.addDays(-1), now.addDays(90)));
    QCOMPARE(shown(), first);
    QTest::qWait(1'100);
    QCOMPARE(shown(), first);
    QCOMPARE(told.size(), 1);
    QVERIFY2(told[0].contains(u"the old ones stay in use"_s), qPrintable(told[0]));

    QVERIFY(QFile::rename(nextKey, options.privateKey));
    QTRY_VERIFY_WITH_TIMEOUT(shown() != first, kPatience);
    QVERIFY(!shown().isEmpty());
    const std::lock_guard lock(mutex);
    QCOMPARE(told.size(), 2);
    open.write(get("/still"));
    QVERIFY(open.waitForReadyRead(kPatience)); // with the certificate it started with
}

QTEST_GUILESS_MAIN(tst_Server)
#include "tst_server.moc"
