// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint behind the proxy of the environment: what the proxy is asked for, and that it learns
// nothing else.
#include "core/net/httpclient.h"
#include "tests/support/webserver.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using net::HttpClient;
using net::HttpFault;
using net::HttpRequest;
using test::meanwhile;
using test::WebServer;

namespace {
constexpr const char* kCanary = "canary-2b77e01c";
constexpr const char* kVariables[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                      "http_proxy",  "no_proxy",    "NO_PROXY"};

/// A real proxy: whatever host it is asked for, it connects to one port on this computer.
class Proxy : public QTcpServer
{
public:
    explicit Proxy(quint16 to, const QByteArray& answer = "HTTP/1.1 200 Connected\r\n\r\n")
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("No port of 127.0.0.1 is free.");
        connect(this, &QTcpServer::newConnection, this, [this, to, answer] {
            QTcpSocket* client = nextPendingConnection();
            auto* server = new QTcpSocket(client);
            auto buffer = std::make_shared<QByteArray>();
            connect(client, &QIODevice::readyRead, client, [=, this] {
                const QByteArray bytes = client->readAll();
                received += bytes;
                if (server->isOpen()) {
                    server->write(bytes);
                    return;
                }
                *buffer += bytes;
                if (!buffer->contains("\r\n\r\n"))
                    return;
                asked += buffer->left(buffer->indexOf("\r\n\r\n"));
                if (!answer.isEmpty())
                    client->write(answer);
                if (answer.contains(" 200 "))
                    server->connectToHost(QHostAddress::LocalHost, to);
            });
            connect(server, &QIODevice::readyRead, client,
                    [=] { client->write(server->readAll()); });
            connect(server, &QAbstractSocket::disconnected, client,
                    &QAbstractSocket::disconnectFromHost);
        });
    }

    QByteArray address(const QByteArray& scheme = "http://") const
    {
        return scheme + "127.0.0.1:" + QByteArray::number(serverPort());
    }

    QByteArrayList asked; ///< request headers
    QByteArray received;  ///< everything
};
} // namespace

class TestHttpProxy : public QObject
{
    Q_OBJECT

    test::Authority m_authority;
    std::unique_ptr<WebServer> m_server;

    HttpRequest post() const
    {
        HttpRequest request{"POST",
                            QUrl(u"https://endpoint.test:%1/p"_s.arg(m_server->serverPort()))};
        request.secretHeaders = {{"x-api-key", base::Secret(QByteArrayView(kCanary))}};
        request.connectWithin = 5s;
        request.deadline = 10s;
        return request;
    }
    auto send(const HttpRequest& request) const
    {
        return meanwhile([&] { return HttpClient({m_authority.file()}).send(request); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"good"_s, u"DNS:endpoint.test"_s));
        QVERIFY(m_authority.issue(u"elsewhere"_s, u"DNS:elsewhere.example"_s));
    }
    void init()
    {
        m_server = std::make_unique<WebServer>(WebServer::always(WebServer::processed(3)));
        QVERIFY(m_server->useTls(m_authority.certificate(u"good"_s), m_authority.key(u"good"_s)));
    }
    void cleanup()
    {
        for (const char* name : kVariables)
            qunsetenv(name);
    }

    void aProxyOfTheEnvironmentIsUsed_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("scheme");
        for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            QTest::newRow(name) << QByteArray(name) << QByteArray("http://");
        QTest::newRow("no scheme") << QByteArray("https_proxy") << QByteArray();
        QTest::newRow("password") << QByteArray("https_proxy") << QByteArray("http://u:pw%40@");
    }
    void aProxyOfTheEnvironmentIsUsed()
    {
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, scheme);
        Proxy proxy(m_server->serverPort());
        qputenv(variable.constData(), proxy.address(scheme));
        const auto answer = send(post());
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().error.detail));
        QCOMPARE(answer->status, 200);
        QVERIFY(answer->header("transfer-encoding").isEmpty());
        QCOMPARE(proxy.asked.size(), 1);
        const QByteArray place = "endpoint.test:" + QByteArray::number(m_server->serverPort());
        QVERIFY(proxy.asked.first().startsWith("CONNECT " + place + " HTTP/1.1\r\n"));
        QVERIFY(!proxy.asked.first().toLower().contains("x-api-key"));
        QVERIFY(!proxy.received.contains(kCanary));
        const bool hasPassword = scheme.contains('@');
        QCOMPARE(proxy.asked.first().contains("Proxy-Authorization: Basic " +
                                              QByteArray("u:pw@").toBase64()),
                 hasPassword);
        QCOMPARE(m_server->requests().size(), 1);
        QCOMPARE(m_server->requests().first().header("host"), place);
        QCOMPARE(m_server->requests().first().header("x-api-key"), QByteArray(kCanary));
        QVERIFY(m_server->requests().first().header("proxy-authorization").isEmpty());
    }

    void theCertificateIsThatOfTheEndpoint()
    {
        QVERIFY(m_server->useTls(m_authority.certificate(u"elsewhere"_s),
                                 m_authority.key(u"elsewhere"_s)));
        Proxy proxy(m_server->serverPort());
        qputenv("https_proxy", proxy.address());
        const auto answer = send(post());
        QVERIFY(!answer);
        QCOMPARE(answer.error().fault, HttpFault::TlsWrongHost);
        QVERIFY(m_server->requests().isEmpty());
    }

    void noProxyIsObeyed_data()
    {
        QTest::addColumn<QByteArray>("list");
        for (const char* list : {"endpoint.test", ".test", "other.example,endpoint.test", "*"})
            QTest::newRow(list) << QByteArray(list);
    }
    void noProxyIsObeyed()
    {
        QFETCH(QByteArray, list);
        Proxy proxy(m_server->serverPort());
        qputenv("https_proxy", proxy.address());
        qputenv("no_proxy", list);
        const auto answer = send(post()); // the host does not exist
        QVERIFY(!answer);
        QVERIFY(!answer.error().isSent);
        QVERIFY(proxy.received.isEmpty());
    }

    void whoDecidesTheAddressUsesNone()
    {
        Proxy proxy(m_server->serverPort());
        qputenv("https_proxy", proxy.address());
        HttpRequest request = post();
        request.url.setHost(u"192.0.2.1"_s);
        request.mayConnectTo = [](const QHostAddress& to) { return to.toString() + u'.'; };
        QCOMPARE(send(request).error().error.detail, u"192.0.2.1. Nothing was sent."_s);
        QVERIFY(proxy.received.isEmpty());
    }

    void whatAProxyDoesNotDoIsTold_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<HttpFault>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("403") << QByteArray("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
                             << HttpFault::Unreachable << u"does not connect to endpoint.test:"_s;
        QTest::newRow("407") << QByteArray(
                                    "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                    "Content-Length: 0\r\n\r\n")
                             << HttpFault::Unreachable
                             << u"wants another user name and password (407)"_s;
        QTest::newRow("nonsense") << QByteArray("SSH-2.0-x\r\n") << HttpFault::TimedOut
                                  << u"does not answer"_s;
        QTest::newRow("silence") << QByteArray() << HttpFault::TimedOut << u"does not answer"_s;
    }
    void whatAProxyDoesNotDoIsTold()
    {
        QFETCH(QByteArray, answer);
        QFETCH(HttpFault, fault);
        QFETCH(QString, words);
        Proxy proxy(m_server->serverPort(), answer);
        qputenv("https_proxy", proxy.address("http://user:hidden@"));
        HttpRequest request = post();
        request.connectWithin = 1s;
        const auto refused = send(request);
        QVERIFY(!refused);
        const QString sentence = refused.error().error.detail;
        QVERIFY2(refused.error().fault == fault, qPrintable(sentence));
        QVERIFY2(sentence.contains(words), qPrintable(sentence));
        QVERIFY2(!sentence.contains(u"hidden"_s), qPrintable(sentence));
        QVERIFY(!refused.error().isSent);
        QCOMPARE(proxy.asked.size(), 1);
        QVERIFY(!proxy.received.contains(kCanary));
    }

    void aProxyThatIsNotThereIsTold()
    {
        quint16 port = 0;
        {
            const Proxy gone(0);
            port = gone.serverPort();
        }
        qputenv("https_proxy", "127.0.0.1:" + QByteArray::number(port));
        const auto refused = send(post());
        QVERIFY(!refused);
        QCOMPARE(refused.error().fault, HttpFault::Unreachable);
        QCOMPARE(refused.error().error.detail,
                 u"The proxy 127.0.0.1:%1 cannot be reached: Connection refused. Nothing was "
                 "sent."_s.arg(port));
    }
};

QTEST_GUILESS_MAIN(TestHttpProxy)
#include "tst_httpproxy.moc"
