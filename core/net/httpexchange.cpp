// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpexchange.h"

#include "core/net/httpcoding.h"
#include "core/net/httprequestbytes.h"
#include "core/net/tlsfaults.h"

#include <QHostInfo>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::ErrorKind;

namespace {
// How often a wait looks whether it was cancelled.
constexpr std::chrono::milliseconds kTick{50};
constexpr qsizetype kMostAddress = 300; // of a redirect, in a sentence

QString span(std::chrono::milliseconds time)
{
    const qint64 seconds = (time.count() + 999) / 1000;
    return seconds >= 120 && seconds % 60 == 0 ? u"%1 min"_s.arg(seconds / 60)
                                               : u"%1 s"_s.arg(seconds);
}

QNetworkProxy proxyFor(const QUrl& url)
{
    if (isLoopback(url))
        return QNetworkProxy::NoProxy;
    for (const QNetworkProxy& proxy :
         QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url))) {
        if (proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::Socks5Proxy ||
            proxy.type() == QNetworkProxy::HttpProxy)
            return proxy;
    }
    return QNetworkProxy::NoProxy;
}

} // namespace

HttpExchange::HttpExchange(const HttpRequest& request, const QString& caFile)
    : m_request(request)
    , m_caFile(caFile)
    , m_deadline(request.deadline)
{
}

tl::expected<HttpAnswer, HttpError> HttpExchange::run()
{
    if (const base::Status checked = checkRequest(m_request); !checked)
        return fail(HttpFault::NotAllowed, checked.error().kind, checked.error().detail);
    for (const auto step :
         {&HttpExchange::configure, &HttpExchange::connectToServer, &HttpExchange::send}) {
        if (const Step done = (this->*step)(); !done)
            return tl::unexpected(done.error());
    }
    auto answer = receive();
    m_socket.abort();
    return answer;
}

tl::unexpected<HttpError> HttpExchange::fail(HttpFault fault, ErrorKind kind,
                                             const QString& sentence) const
{
    return tl::unexpected(
        HttpError{fault, base::fail(kind, m_isSent ? sentence : sentence + u" Nothing was sent."_s),
                  m_isSent});
}

QString HttpExchange::place() const
{
    return m_request.url.port() < 0
               ? m_request.url.host()
               : u"%1:%2"_s.arg(m_request.url.host()).arg(m_request.url.port());
}

HttpExchange::Step HttpExchange::configure()
{
    QObject::connect(&m_socket, &QAbstractSocket::errorOccurred, &m_loop, [this] {
        m_isFailed = true;
        m_loop.quit();
    });
    for (const auto signal : {&QAbstractSocket::connected, &QAbstractSocket::disconnected})
        QObject::connect(&m_socket, signal, &m_loop, &QEventLoop::quit);
    QObject::connect(&m_socket, &QIODevice::readyRead, &m_loop, &QEventLoop::quit);
    QObject::connect(&m_socket, &QIODevice::bytesWritten, &m_loop, &QEventLoop::quit);
    QObject::connect(&m_socket, &QSslSocket::encrypted, &m_loop, &QEventLoop::quit);
    m_socket.setProxy(m_request.mayConnectTo ? QNetworkProxy(QNetworkProxy::NoProxy)
                                             : proxyFor(m_request.url));
    if (!isTls())
        return {};
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!m_caFile.isEmpty()) {
        const QList<QSslCertificate> authorities = QSslCertificate::fromPath(m_caFile);
        if (authorities.isEmpty())
            return fail(HttpFault::TlsOther, ErrorKind::Invalid,
                        u"%1, named by SSL_CERT_FILE, holds no certificate."_s.arg(m_caFile));
        tls.setCaCertificates(authorities);
    }
    m_socket.setSslConfiguration(tls);
    return {};
}

HttpExchange::Wait HttpExchange::wait(const QDeadlineTimer& until,
                                      const std::function<bool()>& isDone)
{
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &m_loop, &QEventLoop::quit);
    tick.start(kTick);
    for (;;) {
        if (isDone())
            return Wait::Done;
        if (m_request.stop.stop_requested())
            return Wait::Cancelled;
        if (until.hasExpired() || m_deadline.hasExpired())
            return Wait::TimedOut;
        m_loop.exec();
        if (m_request.whileWaiting)
            m_request.whileWaiting();
    }
}

tl::unexpected<HttpError> HttpExchange::ended(Wait wait, std::chrono::milliseconds within) const
{
    if (wait == Wait::Cancelled)
        return fail(HttpFault::Cancelled, ErrorKind::Cancelled,
                    m_isSent ? u"Cancelled. The request may still be working there."_s
                             : u"Cancelled."_s);
    if (!m_isSent)
        return fail(HttpFault::TimedOut, ErrorKind::Timeout,
                    u"%1 does not answer within %2."_s.arg(place(), span(within)));
    return fail(HttpFault::TimedOut, ErrorKind::Timeout,
                u"No answer within %1. The request may still be working there, so it was not sent "
                "again."_s.arg(span(m_request.deadline)));
}

HttpExchange::Step HttpExchange::connectToServer()
{
    const QDeadlineTimer until(m_request.connectWithin);
    if (!m_request.mayConnectTo)
        return connectTo(m_request.url.host(QUrl::FullyEncoded), until);
    const auto addresses = allowedAddresses(until);
    if (!addresses)
        return tl::unexpected(addresses.error());
    Step done;
    for (const QString& address : *addresses) {
        if (done = connectTo(address, until); done)
            break;
    }
    return done;
}

tl::expected<QStringList, HttpError> HttpExchange::allowedAddresses(const QDeadlineTimer& until)
{
    const QString host = m_request.url.host(QUrl::FullyEncoded);
    QList<QHostAddress> all{QHostAddress(host)};
    if (all.first().isNull()) {
        std::optional<QHostInfo> info;
        const int lookup = QHostInfo::lookupHost(host, &m_loop, [&](const QHostInfo& found) {
            info = found;
            m_loop.quit();
        });
        if (const Wait found = wait(until, [&info] { return info.has_value(); });
            found != Wait::Done) {
            QHostInfo::abortHostLookup(lookup);
            return ended(found, std::min(m_request.connectWithin, m_request.deadline));
        }
        all = info->addresses();
        if (all.isEmpty())
            return fail(HttpFault::NoSuchHost, ErrorKind::Unreachable,
                        u"There is no host %1."_s.arg(m_request.url.host()));
    }
    QStringList allowed;
    QString reason;
    for (const QHostAddress& address : std::as_const(all)) {
        bool isMapped = false;
        const quint32 within = address.toIPv4Address(&isMapped);
        const QString why = m_request.mayConnectTo(isMapped ? QHostAddress(within) : address);
        if (why.isEmpty())
            allowed += address.toString();
        else
            reason = why;
    }
    if (allowed.isEmpty())
        return fail(HttpFault::NotAllowed, ErrorKind::Denied, reason);
    return allowed;
}

void HttpExchange::begin(const QString& host)
{
    m_socket.abort();
    m_isFailed = false;
    const QUrl& url = m_request.url;
    if (isTls())
        m_socket.connectToHostEncrypted(host, quint16(url.port(443)),
                                        url.host(QUrl::FullyEncoded)); // the certificate's name
    else
        m_socket.connectToHost(host, quint16(url.port(80)));
}

HttpExchange::Step HttpExchange::connectTo(const QString& host, const QDeadlineTimer& until)
{
    begin(host);
    const Wait connected = wait(until, [this] {
        return m_isFailed || (isTls() ? m_socket.isEncrypted()
                                      : m_socket.state() == QAbstractSocket::ConnectedState);
    });
    if (connected != Wait::Done)
        return ended(connected, std::min(m_request.connectWithin, m_request.deadline));
    if (m_isFailed)
        return socketFault();
    return {};
}

tl::unexpected<HttpError> HttpExchange::socketFault() const
{
    switch (m_socket.error()) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        if (!m_isSent)
            return tl::unexpected(tlsError(m_socket, m_request.url.host()));
        break;
    case QAbstractSocket::HostNotFoundError:
        return fail(HttpFault::NoSuchHost, ErrorKind::Unreachable,
                    u"There is no host %1."_s.arg(m_request.url.host()));
    case QAbstractSocket::ConnectionRefusedError:
        return fail(HttpFault::Refused, ErrorKind::Unreachable,
                    u"Nothing answers at %1: the connection was refused."_s.arg(place()));
    default: break;
    }
    if (m_isSent)
        return fail(HttpFault::Broken, ErrorKind::Timeout,
                    u"The connection to %1 ended before the answer did. The request may still be "
                    "working there, so it was not sent again."_s.arg(place()));
    if (m_socket.error() == QAbstractSocket::RemoteHostClosedError && isTls())
        return fail(HttpFault::TlsOther, ErrorKind::Denied,
                    u"%1 ended the connection instead of making it safe (TLS 1.2 or later)."_s.arg(
                        place()));
    return fail(HttpFault::Unreachable, ErrorKind::Unreachable,
                u"%1 cannot be reached: %2."_s.arg(place(), m_socket.errorString()));
}

HttpExchange::Step HttpExchange::send()
{
    QByteArray bytes = requestBytes(m_request);
    m_isSent = true;
    m_socket.write(bytes);
    base::Secret::takenFrom(bytes); // overwrites the key that stands in it
    const Wait sent = wait(m_deadline, [this] {
        return m_isFailed || m_socket.bytesAvailable() > 0 ||
               (m_socket.bytesToWrite() == 0 && m_socket.encryptedBytesToWrite() == 0);
    });
    if (sent != Wait::Done)
        return ended(sent, m_request.deadline);
    return {};
}

tl::expected<HttpAnswer, HttpError> HttpExchange::receive()
{
    HttpReader reader(m_request.mostBytes);
    const Wait whole = wait(m_deadline, [&] {
        reader.add(m_socket.readAll());
        // A server that has said all and closed is an error to the socket, but not to us.
        if (m_isFailed || m_socket.state() == QAbstractSocket::UnconnectedState)
            reader.end();
        return reader.state() != HttpReader::State::Wanting || m_isFailed ||
               m_socket.state() == QAbstractSocket::UnconnectedState;
    });
    switch (reader.state()) {
    case HttpReader::State::Whole: return accepted(reader.answer());
    case HttpReader::State::NotHttp:
        return fail(HttpFault::NotHttp, ErrorKind::Unsupported,
                    u"What %1 answers is not HTTP."_s.arg(place()));
    case HttpReader::State::TooLarge: return tooLarge();
    case HttpReader::State::Wanting: break;
    }
    if (whole != Wait::Done)
        return ended(whole, m_request.deadline);
    return socketFault();
}

tl::expected<HttpAnswer, HttpError> HttpExchange::accepted(HttpAnswer answer) const
{
    if (answer.status >= 300 && answer.status < 400)
        return tl::unexpected(redirected(answer));
    // What cannot be decoded is an answer without a body: its status counts all the same.
    if (decode(answer, m_request.mostBytes) == Decoding::TooLarge)
        return tooLarge();
    return answer;
}

tl::unexpected<HttpError> HttpExchange::tooLarge() const
{
    return fail(HttpFault::TooLarge, ErrorKind::Unsupported,
                u"The answer of %1 is larger than %2 kB and was not read."_s.arg(place()).arg(
                    m_request.mostBytes / 1024));
}

HttpError HttpExchange::redirected(const HttpAnswer& answer) const
{
    const QUrl to =
        m_request.url.resolved(QUrl::fromEncoded(answer.header("location"), QUrl::StrictMode));
    QString whole = u"nowhere"_s;
    if (to.isValid() && !to.host().isEmpty())
        // What follows a question mark may be a secret of the server's.
        whole = to.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveQuery |
                            QUrl::RemoveFragment);
    for (const auto& [name, value] : m_request.secretHeaders) {
        if (!value.isEmpty())
            whole.replace(QString::fromLatin1(value.reveal()), u"•••"_s);
    }
    if (whole.size() > kMostAddress)
        whole = whole.left(kMostAddress) + u'…';
    // The same address but for a slash, a name of the same host or the scheme: it is meant for
    // good.
    const auto bare = [](const QUrl& url) {
        QString path = url.path();
        while (path.endsWith(u'/'))
            path.chop(1);
        return path;
    };
    const bool isSamePlace = to.isValid() && !to.host().isEmpty() &&
                             bare(to) == bare(m_request.url) && answer.status != 303;
    return {
        HttpFault::Redirected,
        base::fail(ErrorKind::Denied,
                   u"The endpoint sends callers on to %1 (%2). That was not followed, so the key "
                   "went nowhere else. %3"_s.arg(whole, QString::number(answer.status),
                                                 isSamePlace ? u"Write that address."_s
                                                             : u"Use the final address."_s)),
        true, answer.status, to};
}

} // namespace queuedeck::net
