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
    tl::expected<QByteArray, net::PictureError> fetch(const QString& address,
                                                      const QStringList& allowed = {},
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

    // Every way to write an address that leads back here or inside: none is connected to.
    void forbiddenAddressesInManySpellings()
    {
        Server server(m_authority, WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        const QString port = QString::number(server.serverPort());
        QStringList hosts;
        struct Forbidden
        {
            std::array<uint, 4> bytes;
        };
        for (const auto& [b] : {Forbidden{{127, 0, 0, 1}}, Forbidden{{127, 255, 255, 254}},
                                Forbidden{{10, 0, 0, 1}}, Forbidden{{172, 16, 5, 4}},
                                Forbidden{{192, 168, 1, 1}}, Forbidden{{169, 254, 169, 254}},
                                Forbidden{{100, 100, 100, 200}}, Forbidden{{0, 0, 0, 0}}}) {
            const uint whole = b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
            const auto joined = [&b](const char* form) {
                QStringList parts;
                for (const uint byte : b)
                    parts += QString::asprintf(form, byte);
                return parts.join(u'.');
            };
            hosts += {joined("%u"),
                      joined("0%o"),
                      joined("0x%x"),
                      joined("0X%02X"),
                      joined("000%o"),
                      QString::number(whole),
                      u"0x"_s + QString::number(whole, 16),
                      u'0' + QString::number(whole, 8),
                      u"%1.%2"_s.arg(b[0]).arg(whole & 0xFFFFFF),
                      u"%1.%2.%3"_s.arg(b[0]).arg(b[1]).arg(whole & 0xFFFF),
                      joined("%u") + u'.',
                      u"0x%1.%2"_s.arg(b[0], 0, 16).arg(whole & 0xFFFFFF),
                      joined("%u").replace(u'.', u"%2e"_s),
                      joined("%u").replace(u'.', u'\u3002')};
            const QString high = QString::number(whole >> 16, 16);
            const QString low = QString::number(whole & 0xFFFF, 16);
            for (const QString& before :
                 {u"::ffff:"_s, u"::"_s, u"::ffff:0:"_s, u"64:ff9b::"_s, u"64:ff9b:1::"_s}) {
                hosts += u"[%1%2]"_s.arg(before, joined("%u"));
                hosts += u"[%1%2:%3]"_s.arg(before, high, low);
            }
            hosts += u"[2002:%1:%2::1]"_s.arg(high, low);
            hosts += u"[0:0:0:0:0:FFFF:%1:%2]"_s.arg(high.toUpper(), low.toUpper());
            hosts += u"[2001::%1:%2]"_s.arg(QString::number(~(whole >> 16) & 0xFFFF, 16),
                                            QString::number(~whole & 0xFFFF, 16));
        }
        hosts += {u"[::1]"_s,
                  u"[::]"_s,
                  u"[0:0:0:0:0:0:0:1]"_s,
                  u"[fe80::1]"_s,
                  u"[fd00:ec2::254]"_s,
                  u"[fec0::1]"_s,
                  u"[ff02::1]"_s,
                  u"localhost"_s,
                  u"LOCALHOST"_s,
                  u"localhost."_s,
                  u"localhost6"_s,
                  u"ip6-localhost"_s,
                  u"127.0.0.1 "_s,
                  u"%31%32%37.0.0.1"_s,
                  u"\uFF11\uFF12\uFF17.0.0.1"_s};
        QVERIFY(hosts.size() > 150);
        net::PictureLimits limits;
        limits.within = std::chrono::seconds(5);
        for (const QString& host : std::as_const(hosts)) {
            QElapsedTimer timer;
            timer.start();
            const auto bytes = fetch(u"https://%1:%2/x"_s.arg(host, port), {}, limits);
            QVERIFY2(!bytes, qPrintable(host));
            const ErrorKind kind = bytes.error().kind;
            // A name that the resolver rejects is not there; nothing else may have been tried.
            const bool isRefused = kind == ErrorKind::Denied || kind == ErrorKind::Invalid ||
                                   bytes.error().detail.startsWith(u"There is no host"_s);
            QVERIFY2(isRefused, qPrintable(host + u": "_s + bytes.error().detail));
            QVERIFY2(timer.elapsed() < 4000, qPrintable(host));
            // The same at the end of a redirect.
            if (hosts.indexOf(host) % 10 != 0)
                continue;
            Server sender(m_authority,
                          WebServer::always(sendOn(u"https://%1:%2/x"_s.arg(host, port))));
            QVERIFY(!fetch(sender.address(), {sender.host()}, limits));
        }
        QTest::qWait(20);
        QCOMPARE(server.connections(), 0);
    }

    void plainHttpFromAHostThatIsNamed()
    {
        WebServer plain(WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        const QString address = plain.url(u"/card.png"_s, u"localhost"_s);
        const QString host = u"localhost:%1"_s.arg(plain.serverPort());
        QCOMPARE(fetch(address).error().kind, ErrorKind::Invalid);
        QCOMPARE(fetch(address, {u"localhost:80"_s}).error().kind, ErrorKind::Invalid);
        QCOMPARE(plain.connections(), 0);
        QVERIFY(fetch(address, {host}));
        QVERIFY(fetch(address, {u"LOCALHOST"_s}));
        // A redirect from there is judged like any other.
        WebServer sender(WebServer::always(sendOn(address)));
        const QString from = u"localhost:%1"_s.arg(sender.serverPort());
        QVERIFY(!fetch(sender.url(u"/a"_s, u"localhost"_s), {from}));
        QVERIFY(fetch(sender.url(u"/a"_s, u"localhost"_s), {from, host}));
    }

    void whatIsWorthAnotherAttempt()
    {
        using Again = net::PictureError::Again;
        const auto answers = [&](int status) {
            Server server(m_authority, WebServer::always(WebServer::counted(status, "a/b", "x")));
            return fetch(server.address(), {server.host()}).error().again;
        };
        for (const int status : {401, 403, 404, 410})
            QCOMPARE(answers(status), Again::Never);
        for (const int status : {400, 429, 500, 502, 503, 504, 204})
            QCOMPARE(answers(status), Again::Worth);
        QCOMPARE(fetch(u"https://nowhere.invalid/a"_s).error().again, Again::Anytime);
        QCOMPARE(fetch(u"https://10.0.0.1/a"_s).error().again, Again::Never);
        QString closed;
        {
            Server server(m_authority, {});
            closed = server.address();
        }
        QCOMPARE(fetch(closed, {u"localhost"_s}).error().again, Again::Anytime);
        Server cut(m_authority, [](QTcpSocket& socket, const WebRequest&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            socket.disconnectFromHost();
        });
        QCOMPARE(fetch(cut.address(), {cut.host()}).error().again, Again::Worth);
        // A certificate that nobody trusts may be renewed.
        Server server(m_authority, WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        const auto untrusted =
            test::meanwhile([&] { return PictureFetch({server.host()}).fetch(server.address()); });
        QCOMPARE(untrusted.error().again, Again::Worth);
    }

    void onlyHttpsIsFetched_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("http") << u"http://127.0.0.1/a.png"_s << ErrorKind::Invalid;
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
