// SPDX-License-Identifier: GPL-3.0-or-later
// One request over real sockets: what arrives, each kind of failure with its own error, and that no
// secret goes where it must not.
#include "core/net/httpclient.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QSslSocket>
#include <QTest>
#include <QTimer>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using net::HttpClient;
using net::HttpFault;
using net::HttpRequest;
using test::Authority;
using test::WebRequest;
using test::WebServer;

Q_DECLARE_METATYPE(HttpFault)

namespace {
constexpr const char* kCanary = "canary-9f31c6d0";

HttpRequest post(const QString& url)
{
    HttpRequest request{"POST", QUrl(url)};
    request.headers = {{"x-more", "yes"}};
    request.secretHeaders = {{"x-api-key", base::Secret(QByteArrayView(kCanary))}};
    request.deadline = std::chrono::minutes(1);
    return request;
}
} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

    Authority m_authority;

    // On another thread, since the servers live on this one.
    static auto send(const HttpRequest& request, const QString& caFile)
    {
        return test::meanwhile([&] { return HttpClient({caFile}).send(request); });
    }
    auto send(const HttpRequest& request) const { return send(request, m_authority.file()); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"good"_s, u"DNS:localhost,IP:127.0.0.1"_s));
        QVERIFY(m_authority.issue(u"expired"_s, u"DNS:localhost,IP:127.0.0.1"_s, true));
        QVERIFY(m_authority.issue(u"elsewhere"_s, u"DNS:elsewhere.example"_s));
        QVERIFY(m_authority.selfSign(u"selfsigned"_s, u"DNS:localhost,IP:127.0.0.1"_s));
    }

    void theRequestArrivesAsItIs()
    {
        WebServer server(WebServer::always(WebServer::chunked("{\"a\":1}")));
        HttpRequest request = post(server.url(u"/p%20q?maxJobs=5&x=%26"_s));
        request.body = "hello";
        const auto answer = send(request);
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("{\"a\":1}"));
        QCOMPARE(server.requests().size(), 1);
        const WebRequest& seen = server.requests().first();
        QCOMPARE(seen.method, QByteArray("POST"));
        QCOMPARE(seen.target, QByteArray("/p%20q?maxJobs=5&x=%26"));
        QCOMPARE(seen.header("host"), "127.0.0.1:" + QByteArray::number(server.serverPort()));
        QCOMPARE(seen.header("x-api-key"), QByteArray(kCanary));
        QCOMPARE(seen.header("x-more"), QByteArray("yes"));
        QCOMPARE(seen.body, QByteArray("hello"));
    }

    void everyStatusButARedirectIsAnAnswer()
    {
        for (const int status : {200, 204, 400, 401, 404, 405, 429, 500, 504}) {
            WebServer server(WebServer::always(
                WebServer::counted(status, "text/plain", {}, "Retry-After: 7\r\n")));
            const auto answer = send(post(server.url()));
            QVERIFY(answer);
            QCOMPARE(answer->status, status);
            QCOMPARE(answer->header("retry-after"), QByteArray("7"));
        }
    }

    void aRequestIsSentOnceWhateverHappens()
    {
        // Qt's own access manager sends this POST twice.
        WebServer closing([](QTcpSocket& socket, const WebRequest&) { socket.close(); });
        const auto broken = send(post(closing.url()));
        QVERIFY(!broken);
        QCOMPARE(broken.error().fault, HttpFault::Broken);
        QVERIFY(broken.error().isSent);
        WebServer half([](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            socket.disconnectFromHost();
        });
        const auto cut = send(post(half.url()));
        QVERIFY(!cut);
        QCOMPARE(cut.error().fault, HttpFault::Broken);
        QTest::qWait(300);
        QCOMPARE(closing.connections(), 1);
        QCOMPARE(closing.requests().size(), 1);
        QCOMPARE(half.requests().size(), 1);
    }

    void aServerThatHangsOrDripsIsLeftAtTheDeadline()
    {
        for (const bool isDripping : {false, true}) {
            WebServer server([isDripping](QTcpSocket& socket, const WebRequest&) {
                if (!isDripping)
                    return;
                socket.write("HTTP/1.1 200 OK\r\n\r\n");
                auto* drip = new QTimer(&socket);
                QObject::connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
                drip->start(20);
            });
            HttpRequest request = post(server.url());
            request.deadline = std::chrono::milliseconds(700);
            QElapsedTimer timer;
            timer.start();
            const auto answer = send(request);
            QVERIFY(!answer);
            QCOMPARE(answer.error().fault, HttpFault::TimedOut);
            QVERIFY(answer.error().isSent);
            QCOMPARE(answer.error().error.detail,
                     u"No answer within 1 s. The request may still be working there, so it was not "
                     "sent again."_s);
            QVERIFY(timer.elapsed() >= 700);
            QCOMPARE(server.requests().size(), 1);
        }
    }

    void cancelEndsTheWait()
    {
        std::atomic_bool isAsked = false;
        WebServer server([&](QTcpSocket&, const WebRequest&) { isAsked = true; });
        std::stop_source stop;
        HttpRequest request = post(server.url());
        request.stop = stop.get_token();
        int ticks = 0;
        request.whileWaiting = [&] {
            if (++ticks > 3 && isAsked)
                stop.request_stop();
        };
        const auto answer = send(request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, HttpFault::Cancelled);
        QVERIFY(answer.error().error.detail.contains(u"may still be working"_s));
        // If nothing was sent, it says so.
        const auto before = send(request);
        QCOMPARE(before.error().error.detail, u"Cancelled. Nothing was sent."_s);
        QVERIFY(!before.error().isSent);
    }

    void redirectsAreNotFollowedAndTheOtherHostSeesNothing()
    {
        for (const int status : {301, 302, 303, 307, 308}) {
            WebServer other(WebServer::always(WebServer::processed(1)));
            WebServer first(WebServer::always(WebServer::counted(
                status, "text/plain", {}, "Location: " + other.url().toLatin1() + "\r\n")));
            const auto answer = send(post(first.url()));
            QVERIFY(!answer);
            QCOMPARE(answer.error().fault, HttpFault::Redirected);
            QCOMPARE(answer.error().status, status);
            QVERIFY(
                answer.error().error.detail.contains(u"127.0.0.1:%1"_s.arg(other.serverPort())));
            QTest::qWait(20);
            QCOMPARE(other.connections(), 0);
            QCOMPARE(other.received().size(), 0);
            QCOMPARE(first.requests().size(), 1);
        }
    }

    void certificates_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<HttpFault>("fault");
        QTest::addColumn<QString>("word");
        QTest::newRow("expired") << u"expired"_s << HttpFault::TlsExpired << u"expired on 20"_s;
        QTest::newRow("wrong host") << u"elsewhere"_s << HttpFault::TlsWrongHost
                                    << u"for another host (elsewhere.example)"_s;
        QTest::newRow("self-signed")
            << u"selfsigned"_s << HttpFault::TlsSelfSigned << u"self-signed"_s;
    }
    void certificates()
    {
        QFETCH(QString, certificate);
        QFETCH(HttpFault, fault);
        QFETCH(QString, word);
        WebServer server(WebServer::always(WebServer::processed(1)));
        QVERIFY(server.useTls(m_authority.certificate(certificate), m_authority.key(certificate)));
        const auto answer = send(post(server.url({}, u"localhost"_s)));
        QVERIFY(!answer);
        QVERIFY2(answer.error().fault == fault, qPrintable(answer.error().error.detail));
        const QString sentence = answer.error().error.detail;
        QVERIFY2(sentence.contains(word), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(u"Nothing was sent."_s), qPrintable(sentence));
        QCOMPARE(answer.error().error.kind, base::ErrorKind::Denied);
        QVERIFY(!answer.error().isSent);
        QVERIFY(server.requests().isEmpty());
        QCOMPARE(server.received().size(), 0);
    }

    void aGoodCertificateIsTrustedByItsAuthorityOnly()
    {
        WebServer server(WebServer::always(WebServer::processed(3)));
        QVERIFY(server.useTls(m_authority.certificate(u"good"_s), m_authority.key(u"good"_s)));
        for (const QString& host : {u"localhost"_s, u"127.0.0.1"_s}) {
            const auto answer = send(post(server.url({}, host)));
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().error.detail));
            QCOMPARE(answer->status, 200);
        }
        const qsizetype received = server.received().size();
        const auto untrusted = send(post(server.url({}, u"localhost"_s)), QString());
        QVERIFY(!untrusted);
        QCOMPARE(untrusted.error().fault, HttpFault::TlsUntrusted);
        QCOMPARE(server.received().size(), received);
        const auto noFile = send(post(server.url({}, u"localhost"_s)), u"/nowhere.pem"_s);
        QCOMPARE(noFile.error().error.kind, base::ErrorKind::Invalid);
    }

    void aServerWithoutTlsGetsNothingOfAnHttpsRequest()
    {
        WebServer server([](QTcpSocket&, const WebRequest&) {});
        HttpRequest request = post(u"https://localhost:%1/"_s.arg(server.serverPort()));
        request.connectWithin = std::chrono::milliseconds(700);
        const auto answer = send(request);
        QVERIFY(!answer);
        QVERIFY(!answer.error().isSent);
        QVERIFY(!server.received().contains(kCanary));
    }

    void whatMayNotBeSentIsNot_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<base::ErrorKind>("kind");
        QTest::newRow("http elsewhere") << u"http://192.0.2.1/"_s << base::ErrorKind::Denied;
        QTest::newRow("nearly loopback")
            << u"http://127.0.0.1.example/"_s << base::ErrorKind::Denied;
        QTest::newRow("nearly localhost")
            << u"http://localhost.example/"_s << base::ErrorKind::Denied;
        QTest::newRow("password") << u"https://u:p@app.example/"_s << base::ErrorKind::Denied;
        QTest::newRow("file") << u"file:///etc/passwd"_s << base::ErrorKind::Invalid;
        QTest::newRow("ftp") << u"ftp://app.example/"_s << base::ErrorKind::Invalid;
        QTest::newRow("no host") << u"https:///x"_s << base::ErrorKind::Invalid;
        QTest::newRow("nothing") << QString() << base::ErrorKind::Invalid;
    }
    void whatMayNotBeSentIsNot()
    {
        QFETCH(QString, url);
        QFETCH(base::ErrorKind, kind);
        const auto answer = send(post(url));
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, HttpFault::NotAllowed);
        QCOMPARE(answer.error().error.kind, kind);
    }

    void aHeaderCannotBeSmuggledInAKey()
    {
        WebServer server(WebServer::always(WebServer::processed(1)));
        for (const char* key : {"a\r\nX-Other: b", "a\nb", "caf\xC3\xA9"}) {
            HttpRequest request = post(server.url());
            request.secretHeaders = {{"x-api-key", base::Secret(QByteArrayView(key))}};
            const auto answer = send(request);
            QVERIFY(!answer);
            QCOMPARE(answer.error().error.kind, base::ErrorKind::Invalid);
        }
        QCOMPARE(server.connections(), 0);
    }

    void refusedAndUnknownHostsAreTold()
    {
        quint16 port = 0;
        {
            WebServer gone(WebServer::always({}));
            port = gone.serverPort();
        }
        const auto refused = send(post(u"http://127.0.0.1:%1/"_s.arg(port)));
        QVERIFY(!refused);
        QCOMPARE(refused.error().fault, HttpFault::Refused);
        QCOMPARE(
            refused.error().error.detail,
            u"Nothing answers at 127.0.0.1:%1: the connection was refused. Nothing was sent."_s.arg(
                port));
        QCOMPARE(refused.error().error.kind, base::ErrorKind::Unreachable);
    }

    void whatIsNoHttpOrTooMuchIsTold()
    {
        WebServer ssh(WebServer::always("SSH-2.0-OpenSSH_9.2\r\n"));
        QCOMPARE(send(post(ssh.url())).error().fault, HttpFault::NotHttp);
        WebServer flood([](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(4 * 1024 * 1024, 'x'));
        });
        QCOMPARE(send(post(flood.url())).error().fault, HttpFault::TooLarge);
    }

    void whatIsAcceptedCanBeSaid()
    {
        WebServer server(WebServer::always(WebServer::processed(1)));
        QVERIFY(send(post(server.url())));
        QCOMPARE(server.requests().last().header("accept"), QByteArray("application/json"));
        HttpRequest request = post(server.url());
        request.headers = {{"Accept", "image/png"}};
        QVERIFY(send(request));
        QCOMPARE(server.requests().last().header("accept"), QByteArray("image/png"));
        QCOMPARE(server.requests().last().head.toLower().count("\naccept:"), 1);
    }

    void aProxyOfTheSystemIsNotAskedForThisComputer()
    {
        WebServer proxy(WebServer::always(WebServer::processed(99)));
        const QByteArray address = proxy.url({}).toLatin1();
        qputenv("http_proxy", address);
        qputenv("https_proxy", address);
        WebServer server(WebServer::always(WebServer::processed(1)));
        QVERIFY(send(post(server.url())));
        QCOMPARE(proxy.connections(), 0);
        qunsetenv("http_proxy");
        qunsetenv("https_proxy");
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
