// SPDX-License-Identifier: GPL-3.0-or-later
// What a request does with its connection: a single one, used once, to an address that was allowed,
// given up at once, and not inherited by any child process.
#include "core/net/httpclient.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QSslSocket>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <cstdlib>
#include <signal.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using net::HttpClient;
using net::HttpFault;
using net::HttpRequest;
using test::meanwhile;
using test::WebRequest;
using test::WebServer;

namespace {
const QByteArray kLargeBody(8 * 1024 * 1024, 'b');

HttpRequest post(const QString& url, const QByteArray& body = "hello")
{
    HttpRequest request{"POST", QUrl(url)};
    request.secretHeaders = {{"x-api-key", base::Secret(QByteArrayView("k"))}};
    request.body = body;
    request.deadline = 10s;
    return request;
}

QByteArray unauthorized(const QByteArray& scheme)
{
    return WebServer::counted(401, "text/plain", {}, "WWW-Authenticate: " + scheme + "\r\n");
}
} // namespace

class TestHttpConnection : public QObject
{
    Q_OBJECT

    test::Authority m_authority;

    auto send(const HttpRequest& request) const
    {
        return meanwhile([&] { return HttpClient({m_authority.file()}).send(request); });
    }
    void makeSafe(WebServer& server) const
    {
        QVERIFY(server.useTls(m_authority.certificate(u"good"_s), m_authority.key(u"good"_s)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"good"_s, u"DNS:localhost,IP:127.0.0.1"_s));
    }

    // Everything that makes a client try again: only the caller knows whether that is right.
    void aPostIsNeverSentTwice_data()
    {
        QTest::addColumn<WebServer::Script>("script");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name, const WebServer::Script& script,
                            const QByteArray& body = "hello") {
            QTest::newRow(name) << script << body;
        };
        const auto closing = [](QTcpSocket& socket, const WebRequest&) { socket.close(); };
        row("closes after the request", closing);
        row("closes after an empty request", closing, {});
        row("closes after a large request", closing, kLargeBody);
        row("resets", [](QTcpSocket& socket, const WebRequest&) { socket.abort(); });
        row("continues and closes", [](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 100 Continue\r\n\r\n");
            socket.disconnectFromHost();
        });
        row("half a head", [](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Le");
            socket.disconnectFromHost();
        });
        row("no end of chunks", [](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
            socket.disconnectFromHost();
        });
        for (const int status : {307, 308, 408, 417, 421, 425, 429, 502, 503})
            row(QByteArray::number(status),
                WebServer::always(WebServer::counted(
                    status, "text/plain", {},
                    "Location: /again\r\nRetry-After: 0\r\nConnection: close\r\n")));
        for (const char* scheme : {"Basic realm=\"x\"", "Negotiate", "NTLM",
                                   "Digest realm=\"x\", nonce=\"y\", qop=\"auth\""})
            row(scheme, WebServer::always(unauthorized(scheme)));
        row("offers HTTP/2",
            WebServer::always(WebServer::counted(200, "text/plain", {},
                                                 "Upgrade: h2c\r\nAlt-Svc: h2=\":443\"\r\n")));
    }
    void aPostIsNeverSentTwice()
    {
        QFETCH(WebServer::Script, script);
        QFETCH(QByteArray, body);
        for (const bool isSafe : {false, true}) {
            WebServer server(script);
            if (isSafe)
                makeSafe(server);
            const auto answer = send(post(server.url(), body));
            if (!answer)
                QVERIFY2(answer.error().isSent, qPrintable(answer.error().error.detail));
            QTest::qWait(100);
            QCOMPARE(server.connections(), 1);
            QCOMPARE(server.requests().size(), 1);
            QCOMPARE(server.requests().first().body.size(), body.size());
            QVERIFY(server.requests().first().header("expect").isEmpty());
        }
    }

    void eachRequestHasItsOwnConnection()
    {
        WebServer server(WebServer::always(WebServer::processed(1)));
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(send(post(server.url())));
            QCOMPARE(server.connections(), i);
        }
    }

    void onlyAnAddressThatIsAllowedIsConnectedTo_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("address");
        QTest::newRow("number") << u"127.0.0.1"_s << u"127.0.0.1"_s;
        QTest::newRow("name") << u"localhost"_s << u"127.0.0.1"_s;
        QTest::newRow("IPv4 within IPv6") << u"[::ffff:127.0.0.1]"_s << u"127.0.0.1"_s;
        QTest::newRow("short number") << u"127.1"_s << u"127.0.0.1"_s;
    }
    void onlyAnAddressThatIsAllowedIsConnectedTo()
    {
        QFETCH(QString, host);
        QFETCH(QString, address);
        WebServer server(WebServer::always(WebServer::processed(1)));
        QStringList asked;
        HttpRequest request = post(server.url(u"/"_s, host));
        request.mayConnectTo = [&](const QHostAddress& to) {
            asked += to.toString();
            return u"%1 is in your own network."_s.arg(to.toString());
        };
        const auto refused = send(request);
        QVERIFY(!refused);
        QCOMPARE(refused.error().fault, HttpFault::NotAllowed);
        QCOMPARE(refused.error().error.kind, base::ErrorKind::Denied);
        QCOMPARE(refused.error().error.detail,
                 u"%1 is in your own network. Nothing was sent."_s.arg(asked.last()));
        QVERIFY(!refused.error().isSent);
        QVERIFY2(asked.contains(address), qPrintable(asked.join(u' ')));
        QCOMPARE(server.connections(), 0);

        // One of several addresses may be allowed.
        request.mayConnectTo = [&](const QHostAddress& to) {
            return to == QHostAddress(address) ? QString() : u"Not this one."_s;
        };
        const auto allowed = send(request);
        QVERIFY2(allowed, allowed ? "" : qPrintable(allowed.error().error.detail));
        QCOMPARE(server.connections(), 1);
    }

    void aRefusedAddressIsNotToldForAnotherFault()
    {
        quint16 port = 0;
        {
            const WebServer gone(WebServer::always({}));
            port = gone.serverPort();
        }
        HttpRequest request = post(u"http://127.0.0.1:%1/"_s.arg(port));
        request.mayConnectTo = [](const QHostAddress&) { return QString(); };
        QCOMPARE(send(request).error().fault, HttpFault::Refused);
    }

    void aStopIsObeyedAtOnce_data()
    {
        QTest::addColumn<bool>("isSafe"); // a server without TLS says nothing when TLS is requested
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("while connecting") << true << QByteArray();
        QTest::newRow("while waiting") << false << QByteArray();
        QTest::newRow("in the head") << false << QByteArray("HTTP/1.1 200 OK\r\n");
        QTest::newRow("in the body")
            << false << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
    }
    void aStopIsObeyedAtOnce()
    {
        QFETCH(bool, isSafe);
        QFETCH(QByteArray, answer);
        WebServer server(WebServer::always(answer));
        std::stop_source stop;
        QElapsedTimer since;
        HttpRequest request = post(server.url());
        if (isSafe)
            request.url.setScheme(u"https"_s);
        request.stop = stop.get_token();
        QTimer::singleShot(300, &server, [&] {
            since.start();
            stop.request_stop();
        });
        const auto ended = send(request);
        QVERIFY2(since.elapsed() < 100, QByteArray::number(since.elapsed()));
        QVERIFY(!ended);
        QCOMPARE(ended.error().fault, HttpFault::Cancelled);
        QCOMPARE(ended.error().isSent, !isSafe);
        QCOMPARE(server.connections(), 1);
    }

    void aServerThatEndsTheHandshakeIsTold()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server,
                [&] { server.nextPendingConnection()->close(); });
        const auto ended = send(post(u"https://localhost:%1/"_s.arg(server.serverPort())));
        QVERIFY(!ended);
        QCOMPARE(ended.error().fault, HttpFault::TlsOther);
        QVERIFY2(ended.error().error.detail.contains(u"instead of making it safe"_s),
                 qPrintable(ended.error().error.detail));
        QVERIFY(!ended.error().isSent);
    }

    // SIGPIPE would end the program; Qt ignores it once it has sockets, other programs may not.
    void aConnectionThatBreaksWhileWritingEndsNothingElse()
    {
        for (const bool isSafe : {false, true}) {
            WebServer server([](QTcpSocket&, const WebRequest&) {});
            if (isSafe)
                makeSafe(server);
            server.closeAfter(1000);
            ::signal(SIGPIPE, SIG_DFL);
            const auto broken = send(post(server.url(), kLargeBody));
            QVERIFY(!broken);
            QCOMPARE(broken.error().fault, HttpFault::Broken);
            QVERIFY(broken.error().isSent);
        }
    }

    // A program that a handler starts at this moment would keep the connection open, and with it
    // the endpoint's work running.
    void aChildInheritsNoConnection()
    {
        QTemporaryFile list;
        QVERIFY(list.open());
        QByteArray inode;
        WebServer server([&](QTcpSocket& socket, const WebRequest&) {
            QFile table(u"/proc/net/tcp"_s);
            const QByteArray client =
                ':' + QByteArray::number(socket.peerPort(), 16).toUpper().rightJustified(4, '0');
            for (const QByteArray& line :
                 table.open(QIODevice::ReadOnly) ? table.readAll().split('\n') : QByteArrayList()) {
                const QByteArrayList columns = line.simplified().split(' ');
                if (columns.value(1).endsWith(client))
                    inode = columns.value(9);
            }
            const QByteArray command = "ls -l /proc/self/fd > " + list.fileName().toLocal8Bit();
            QCOMPARE(std::system(command.constData()), 0);
            socket.write(WebServer::processed(1));
        });
        QVERIFY(send(post(server.url())));
        QVERIFY(!inode.isEmpty());
        const QByteArray open = list.readAll();
        QVERIFY(open.contains("/proc"));
        QVERIFY2(!open.contains("socket:[" + inode + ']'), open);
    }
};

QTEST_GUILESS_MAIN(TestHttpConnection)
#include "tst_httpconnection.moc"
