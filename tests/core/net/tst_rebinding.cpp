// SPDX-License-Identifier: GPL-3.0-or-later
// A name that leads to a public server when it is first looked up and inside afterwards. The
// resolver and connect() of this program are replaced, so what libcurl looks up is decided here,
// every address that it connects to is recorded, and the public one leads to a server of the test.
#include "core/net/picturefetch.h"
#include "tests/support/webserver.h"

#include <QTest>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using test::Authority;
using test::WebServer;

namespace {
const QByteArray kName = "rebind.example";
const QByteArray kPublic = "93.184.216.34";
const QByteArray kBytes = QByteArray("\x89PNG\r\n\x1a\n", 8) + QByteArray(500, 'p');

/// The addresses of each lookup in turn, the last ones again and again; and what was connected to.
struct Net
{
    std::mutex mutex;
    QList<QByteArrayList> lookups;
    int lookedUp = 0;
    QByteArrayList connected;
    bool isPublicDown = false;
} g_net;

using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
using Connect = int (*)(int, const sockaddr*, socklen_t);

Lookup realLookup()
{
    static const auto s_real = reinterpret_cast<Lookup>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return s_real;
}

Connect realConnect()
{
    static const auto s_real = reinterpret_cast<Connect>(::dlsym(RTLD_NEXT, "connect"));
    return s_real;
}

QByteArray textOf(const sockaddr* address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address->sa_family == AF_INET)
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text,
                    sizeof text);
    else if (address->sa_family == AF_INET6)
        ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text,
                    sizeof text);
    return text;
}
} // namespace

extern "C" __attribute__((visibility("default"))) int
getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result)
{
    if (!node || node != kName)
        return realLookup()(node, service, hints, result);
    const std::lock_guard lock(g_net.mutex);
    const QByteArrayList addresses =
        g_net.lookups[std::min<qsizetype>(g_net.lookedUp++, g_net.lookups.size() - 1)];
    addrinfo numeric = hints ? *hints : addrinfo{};
    numeric.ai_flags = AI_NUMERICHOST;
    numeric.ai_family = AF_UNSPEC;
    numeric.ai_socktype = SOCK_STREAM;
    *result = nullptr;
    addrinfo** end = result;
    for (const QByteArray& address : addresses) {
        if (const int error = realLookup()(address.constData(), service, &numeric, end))
            return error;
        while (*end)
            end = &(*end)->ai_next;
    }
    return 0;
}

extern "C" __attribute__((visibility("default"))) int connect(int socket, const sockaddr* address,
                                                              socklen_t size)
{
    const QByteArray text = textOf(address);
    if (text.isEmpty())
        return realConnect()(socket, address, size);
    const std::lock_guard lock(g_net.mutex);
    g_net.connected += text;
    if (text != kPublic)
        return realConnect()(socket, address, size);
    if (g_net.isPublicDown) {
        errno = ECONNREFUSED;
        return -1;
    }
    sockaddr_in here = *reinterpret_cast<const sockaddr_in*>(address);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return realConnect()(socket, reinterpret_cast<const sockaddr*>(&here), sizeof here);
}

class TestRebinding : public QObject
{
    Q_OBJECT

    Authority m_authority;
    std::unique_ptr<WebServer> m_server;

    QString address(const QString& path = u"/card.png"_s) const
    {
        return m_server->url(path, QString::fromLatin1(kName));
    }
    void serve(WebServer::Script script)
    {
        m_server = std::make_unique<WebServer>(std::move(script));
        if (!m_server->useTls(m_authority.certificate(u"rebind"_s), m_authority.key(u"rebind"_s)))
            qFatal("no certificate");
    }
    static void lookups(const QList<QByteArrayList>& each)
    {
        const std::lock_guard lock(g_net.mutex);
        g_net.lookups = each;
        g_net.lookedUp = 0;
        g_net.connected.clear();
        g_net.isPublicDown = false;
    }
    auto fetch() const
    {
        return test::meanwhile([&] {
            return net::PictureFetch({}, net::HttpClient({m_authority.file()})).fetch(address());
        });
    }
    /// Rows: an address inside.
    static void inside()
    {
        QTest::addColumn<QByteArray>("inside");
        for (const char* text :
             {"127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
              "::1", "fd00:ec2::254", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe"})
            QTest::newRow(text) << QByteArray(text);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_authority.make());
        QVERIFY(m_authority.issue(u"rebind"_s, u"DNS:rebind.example"_s));
    }
    void cleanup() { m_server.reset(); }

    void thePublicServerIsReached()
    {
        serve(WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        lookups({{kPublic}});
        const auto bytes = fetch();
        QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().detail));
        QCOMPARE(*bytes, kBytes);
        QCOMPARE(g_net.connected, QByteArrayList{kPublic});
    }

    void theNextFetchIsRefused_data() { inside(); }
    void theNextFetchIsRefused()
    {
        QFETCH(QByteArray, inside);
        serve(WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        lookups({{kPublic}, {inside}});
        QVERIFY(fetch());
        const auto again = fetch();
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Denied);
        QCOMPARE(g_net.lookedUp, 2);
        QCOMPARE(g_net.connected, QByteArrayList{kPublic});
        QCOMPARE(m_server->connections(), 1);
    }

    void soIsARedirectToTheSameName_data() { inside(); }
    void soIsARedirectToTheSameName()
    {
        QFETCH(QByteArray, inside);
        serve([this](QTcpSocket& socket, const test::WebRequest&) {
            socket.write(WebServer::counted(
                302, "text/plain", {}, "Location: " + address(u"/inside"_s).toLatin1() + "\r\n"));
            socket.disconnectFromHost();
        });
        lookups({{kPublic}, {inside}});
        const auto bytes = fetch();
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().kind, ErrorKind::Denied);
        QCOMPARE(g_net.connected, QByteArrayList{kPublic});
        QCOMPARE(m_server->requests().size(), 1);
    }

    // Where the first does not answer, libcurl goes on to the next.
    void anAddressInsideBesideAPublicOneIsNotTried_data() { inside(); }
    void anAddressInsideBesideAPublicOneIsNotTried()
    {
        QFETCH(QByteArray, inside);
        serve(WebServer::always(WebServer::counted(200, "image/png", kBytes)));
        for (const QByteArrayList& both :
             {QByteArrayList{kPublic, inside}, QByteArrayList{inside, kPublic}}) {
            lookups({both});
            g_net.isPublicDown = true;
            QVERIFY(!fetch());
            for (const QByteArray& address : std::as_const(g_net.connected))
                QCOMPARE(address, kPublic);
        }
        QCOMPARE(m_server->connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRebinding)
#include "tst_rebinding.moc"
