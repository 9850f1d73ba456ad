// SPDX-License-Identifier: GPL-3.0-or-later
// A picture at an untrusted address: what is fetched, what is not and why, over real sockets. The
// servers of the test are on this computer, so their port is allowed explicitly; everything else is
// refused as usual.
#include "core/net/picturefetch.h"
#include "tests/support/webserver.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using net::PictureFetch;
using test::Authority;
using test::WebRequest;
using test::WebServer;

namespace {
const QByteArray kBytes = QByteArray("\x89PNG\r\n\x1a\n", 8) + QByteArray(5000, 'p');
const QByteArray kKey = "sig=canary-77e0";
} // namespace

class TestPictureFetch : public QObject
{
    Q_OBJECT

    Authority m_authority;

    struct Server : WebServer
    {
        Server(const Authority& authority, Script script)
            : WebServer(std::move(script))
        {
            if (!useTls(authority.certificate(u"good"_s), authority.key(u"good"_s)))
                qFatal("no certificate");
        }
        QString host() const { return u"localhost:%1"_s.arg(serverPort()); }
        QString address(const QString& path = u"/card.png"_s) const
        {
            return url(path, u"localhost"_s);
        }
    };
    static QByteArray sendOn(const QString& to)
    {
        return WebServer::counted(302, "text/plain", {}, "Location: " + to.toLatin1() + "\r\n");
    }
    base::Result<QByteArray> fetch(const QString& address, const QStringList& allowed = {},
                                   net::PictureLimits limits = {},
                                   const std::stop_token& stop = {}) const
    {
        return test::meanwhile([&] {
            return PictureFetch(allowed, net::HttpClient({m_authority.file()}), limits)
                .fetch(address, stop);
        });
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"good"_s, u"DNS:localhost,IP:127.0.0.1"_s));
    }

    void itComesAsItIsAndNothingOfOursGoes()
    {
        Server server(m_authority, WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        const auto bytes =
            fetch(server.address(u"/a%20b.png?"_s + QString::fromLatin1(kKey) + u"#x"_s),
                  {server.host()});
        QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().detail));
        QCOMPARE(*bytes, kBytes);
        const WebRequest& seen = server.requests().first();
        QCOMPARE(seen.method, QByteArray("GET"));
        QCOMPARE(seen.target, QByteArray("/a%20b.png?" + kKey));
        for (const char* header : {"cookie", "authorization", "referer", "x-api-key"})
            QVERIFY2(seen.header(header).isEmpty(), header);
        QVERIFY(seen.header("accept").startsWith("image/"));
    }

    void thisComputerIsRefusedUnlessItIsNamed()
    {
        Server server(m_authority, WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        const QString port = QString::number(server.serverPort());
        for (const QString& host :
             {u"localhost"_s, u"127.0.0.1"_s, u"127.1"_s, u"2130706433"_s, u"0x7f.1"_s,
              u"0177.0.0.1"_s, u"0.0.0.0"_s, u"[::1]"_s, u"[::ffff:127.0.0.1]"_s,
              u"[::ffff:7f00:1]"_s, u"LOCALHOST"_s, u"localhost."_s}) {
            const auto bytes = fetch(u"https://"_s + host + u':' + port + u"/card.png"_s);
            QVERIFY2(!bytes, qPrintable(host));
            QVERIFY2(bytes.error().kind == ErrorKind::Denied ||
                         bytes.error().kind == ErrorKind::Invalid ||
                         bytes.error().kind == ErrorKind::Unreachable,
                     qPrintable(host + u": "_s + bytes.error().detail));
        }
        for (const char* address : {"10.0.0.1", "192.168.1.1", "169.254.169.254", "[fe80::1]",
                                    "[fd00:ec2::254]", "[64:ff9b::a9fe:a9fe]", "100.100.100.200"}) {
            QElapsedTimer timer;
            timer.start();
            const auto bytes = fetch(u"https://%1/latest/meta-data"_s.arg(QLatin1String(address)));
            QVERIFY(!bytes);
            QCOMPARE(bytes.error().kind, ErrorKind::Denied);
            QVERIFY2(bytes.error().detail.contains(u"was not contacted: "_s),
                     qPrintable(bytes.error().detail));
            QVERIFY(timer.elapsed() < 2000);
        }
        QTest::qWait(20);
        QCOMPARE(server.connections(), 0);
        // A different port on the same host is not allowed.
        QVERIFY(!fetch(server.address(), {u"localhost:1"_s}));
        QCOMPARE(server.connections(), 0);
        QVERIFY(fetch(server.address(), {u"LocalHost"_s}));
    }

    void onlyHttpsIsFetched_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("http") << u"http://localhost/a.png"_s << ErrorKind::Invalid;
        QTest::newRow("file") << u"file:///etc/passwd"_s << ErrorKind::Invalid;
        QTest::newRow("ftp") << u"ftp://localhost/a.png"_s << ErrorKind::Invalid;
        QTest::newRow("data") << u"data:image/png;base64,AAAA"_s << ErrorKind::Invalid;
        QTest::newRow("ours") << u"queuedeck-image:1"_s << ErrorKind::Invalid;
        QTest::newRow("path") << u"/srv/card.png"_s << ErrorKind::Invalid;
        QTest::newRow("nothing") << QString() << ErrorKind::Invalid;
        QTest::newRow("spaces") << u"https://a b/c"_s << ErrorKind::Invalid;
        QTest::newRow("password") << u"https://u:secret@localhost/a.png"_s << ErrorKind::Denied;
    }
    void onlyHttpsIsFetched()
    {
        QFETCH(QString, address);
        QFETCH(ErrorKind, kind);
        const auto bytes = fetch(address, {u"localhost"_s});
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().kind, kind);
        QVERIFY(!bytes.error().detail.contains(u"secret"_s));
        QVERIFY(net::isPictureAddress(address) == address.startsWith(u"https://u:"_s));
    }

    void redirectsAreFollowedThreeTimesAndEachIsJudged()
    {
        Server last(m_authority, WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        Server third(m_authority, WebServer::always(sendOn(last.address())));
        Server second(m_authority, WebServer::always(sendOn(third.address())));
        Server first(m_authority, WebServer::always(sendOn(second.address())));
        Server before(m_authority, WebServer::always(sendOn(first.address())));
        const auto fetched = fetch(first.address(), {u"localhost"_s});
        QVERIFY2(fetched, fetched ? "" : qPrintable(fetched.error().detail));
        QCOMPARE(*fetched, kBytes);
        QCOMPARE(last.requests().size(), 1);
        const auto tooMany = fetch(before.address(), {u"localhost"_s});
        QVERIFY(!tooMany);
        QCOMPARE(tooMany.error().kind, ErrorKind::Denied);
        QCOMPARE(last.requests().size(), 1);
        // Redirects in a circle.
        Server loop(m_authority, [&](QTcpSocket& socket, const WebRequest&) {
            socket.write(sendOn(loop.address()));
            socket.disconnectFromHost();
        });
        QVERIFY(!fetch(loop.address(), {u"localhost"_s}));
        QCOMPARE(loop.requests().size(), 4);
        // Redirects to forbidden targets: a host that is not allowed, plain http, a file, a cloud's
        // metadata.
        WebServer plain(WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        for (const QString& to : {last.address(), plain.url(u"/a.png"_s), u"file:///etc/passwd"_s,
                                  u"https://169.254.169.254/latest"_s, u"//10.0.0.1/a"_s}) {
            Server sender(m_authority, WebServer::always(sendOn(to)));
            const auto bytes = fetch(sender.address(), {sender.host()});
            QVERIFY2(!bytes, qPrintable(to));
        }
        QCOMPARE(last.requests().size(), 1);
        QCOMPARE(plain.connections(), 0);
    }

    void whatIsTooLargeOrTooSlowEnds()
    {
        net::PictureLimits limits;
        limits.within = std::chrono::milliseconds(700);
        for (const bool isCounted : {true, false}) {
            Server large(m_authority, [isCounted](QTcpSocket& socket, const WebRequest&) {
                socket.write(isCounted ? "HTTP/1.1 200 OK\r\nContent-Length: 20971521\r\n\r\n"
                                       : "HTTP/1.1 200 OK\r\n\r\n");
                socket.write(QByteArray(20 * 1024 * 1024 + 1, 'x'));
                socket.disconnectFromHost();
            });
            const auto bytes = fetch(large.address(), {large.host()});
            QVERIFY(!bytes);
            QVERIFY2(bytes.error().detail.endsWith(u"is larger than 20 MB, which is the limit."_s),
                     qPrintable(bytes.error().detail));
        }
        Server drip(m_authority, [](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\n\r\n");
            auto* timer = new QTimer(&socket);
            QObject::connect(timer, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
            timer->start(20);
        });
        QElapsedTimer timer;
        timer.start();
        const auto slow = fetch(drip.address(), {drip.host()}, limits);
        QVERIFY(!slow);
        QCOMPARE(slow.error().kind, ErrorKind::Timeout);
        QVERIFY(timer.elapsed() < 5000);
        // A chain of redirects has one deadline in total.
        Server sender(m_authority, [&](QTcpSocket& socket, const WebRequest&) {
            QTimer::singleShot(400, &socket, [&] {
                socket.write(sendOn(sender.address()));
                socket.disconnectFromHost();
            });
        });
        timer.restart();
        QCOMPARE(fetch(sender.address(), {sender.host()}, limits).error().kind, ErrorKind::Timeout);
        QVERIFY(timer.elapsed() < 5000);
    }

    void statusesHaveTheirSentenceWithoutTheWholeAddress_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("404") << 404 << ErrorKind::NotFound;
        QTest::newRow("410") << 410 << ErrorKind::NotFound;
        QTest::newRow("401") << 401 << ErrorKind::Denied;
        QTest::newRow("403") << 403 << ErrorKind::Denied;
        QTest::newRow("500") << 500 << ErrorKind::Unreachable;
        QTest::newRow("204") << 204 << ErrorKind::Unreachable;
    }
    void statusesHaveTheirSentenceWithoutTheWholeAddress()
    {
        QFETCH(int, status);
        QFETCH(ErrorKind, kind);
        Server server(m_authority,
                      WebServer::always(WebServer::counted(status, "text/html", "<p>no")));
        const auto bytes =
            fetch(server.address(u"/card.png?"_s + QString::fromLatin1(kKey)), {server.host()});
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().kind, kind);
        QVERIFY(bytes.error().detail.contains(server.host()));
        QVERIFY(!bytes.error().detail.contains(u"canary"_s));
        QVERIFY(!bytes.error().detail.contains(u"endpoint"_s));
    }

    void aStopEndsItAtOnce()
    {
        Server silent(m_authority, [](QTcpSocket&, const WebRequest&) {});
        std::stop_source stop;
        std::jthread later([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto bytes = fetch(silent.address(), {silent.host()}, {}, stop.get_token());
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().kind, ErrorKind::Cancelled);
        QVERIFY(timer.elapsed() < 5000);
    }
};

QTEST_GUILESS_MAIN(TestPictureFetch)
#include "tst_picturefetch.moc"
