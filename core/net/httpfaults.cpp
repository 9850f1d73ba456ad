// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpfaults.h"

#include "core/net/proxy.h"

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::ErrorKind;
using base::Sentence;

namespace {
QString span(std::chrono::milliseconds time)
{
    const qint64 seconds = (time.count() + 999) / 1000;
    return seconds >= 120 && seconds % 60 == 0 ? u"%1 min"_s.arg(seconds / 60)
                                               : u"%1 s"_s.arg(seconds);
}

/// Turns one ending into an error with its sentence.
class Telling
{
public:
    Telling(const Ending& ending, const HttpRequest& request, const TlsWitness& tls)
        : m_ending(ending)
        , m_request(request)
        , m_tls(tls)
    {
    }

    HttpError fault() const
    {
        switch (m_ending.readerRefusal) {
        case AnswerReader::Refusal::NotHttp: return notHttp();
        case AnswerReader::Refusal::TooLarge: return tooLarge();
        case AnswerReader::Refusal::None: break;
        }
        if (m_request.stop.stop_requested() && m_ending.code == CURLE_ABORTED_BY_CALLBACK)
            return fail(HttpFault::Cancelled, ErrorKind::Cancelled,
                        m_ending.isSent
                            ? Sentence::tr("Cancelled. The request may still be working there.")
                            : u"Cancelled."_s);
        if (m_ending.code == CURLE_OPERATION_TIMEDOUT)
            return timedOut();
        return m_ending.isSent ? afterSending() : beforeSending();
    }

private:
    HttpError fail(HttpFault fault, ErrorKind kind, const QString& sentence) const
    {
        if (!m_ending.isSent)
            return notSent(fault, base::fail(kind, sentence));
        return {fault, base::fail(kind, sentence), true};
    }

    HttpError timedOut() const
    {
        const auto within = m_ending.isSent ? m_request.deadline
                                            : std::min(m_request.connectWithin, m_request.deadline);
        return fail(
            HttpFault::TimedOut, ErrorKind::Timeout,
            m_ending.isSent
                ? Sentence::tr(
                      "No answer within %1. The request may still be working there, so it was "
                      "not sent again.")
                      .arg(span(within))
                : Sentence::tr("%1 does not answer within %2.").arg(place(), span(within)));
    }

    HttpError notHttp() const
    {
        return fail(HttpFault::NotHttp, ErrorKind::Unsupported,
                    Sentence::tr("The answer of %1 is not HTTP.").arg(place()));
    }

    HttpError tooLarge() const
    {
        return fail(HttpFault::TooLarge, ErrorKind::Unsupported,
                    Sentence::tr("The answer of %1 is larger than %2 kB and was not read.")
                        .arg(place())
                        .arg(m_request.mostBytes / 1024));
    }

    HttpError afterSending() const
    {
        // libcurl has no specific codes for an endless head and for broken chunks.
        const bool isEndlessHead = m_ending.code == CURLE_OUT_OF_MEMORY && !m_ending.hasHead;
        const bool areChunksBroken =
            m_ending.code == CURLE_RECV_ERROR && m_ending.said.contains("chunked-encoding"_L1);
        if (m_ending.code == CURLE_UNSUPPORTED_PROTOCOL ||
            m_ending.code == CURLE_WEIRD_SERVER_REPLY || isEndlessHead || areChunksBroken)
            return notHttp();
        if (m_ending.code == CURLE_FILESIZE_EXCEEDED)
            return tooLarge();
        return fail(
            HttpFault::Broken, ErrorKind::Timeout,
            Sentence::tr(
                "The connection to %1 ended before the answer did. The request may still be "
                "working there, so it was not sent again.")
                .arg(place()));
    }

    HttpError beforeSending() const
    {
        if (m_ending.code == CURLE_COULDNT_CONNECT && !m_ending.refusal.isEmpty())
            return fail(HttpFault::NotAllowed, ErrorKind::Denied, m_ending.refusal);
        switch (m_ending.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return fail(HttpFault::NoSuchHost, ErrorKind::Unreachable,
                        Sentence::tr("There is no host %1.").arg(m_request.url.host()));
        case CURLE_PEER_FAILED_VERIFICATION: return m_tls.distrust(m_request.url.host());
        case CURLE_SSL_CACERT_BADFILE:
            return fail(HttpFault::TlsOther, ErrorKind::Invalid,
                        Sentence::tr("%1, named by SSL_CERT_FILE, holds no certificate.")
                            .arg(m_ending.authorities));
        case CURLE_SSL_CONNECT_ERROR: return noTls();
        default: break;
        }
        if (isOfProxy())
            return proxyFault();
        if (m_ending.systemError == ECONNREFUSED)
            return fail(
                HttpFault::Refused, ErrorKind::Unreachable,
                Sentence::tr("Nothing answers at %1: the connection was refused.").arg(place()));
        return fail(HttpFault::Unreachable, ErrorKind::Unreachable,
                    Sentence::tr("%1 cannot be reached: %2.").arg(place(), reason()));
    }

    HttpError noTls() const
    {
        const bool hasEnded = m_ending.said.contains("SSL_ERROR_SYSCALL"_L1) ||
                              m_ending.said.contains("unexpected eof"_L1) ||
                              m_ending.systemError == ECONNRESET;
        if (!hasEnded)
            return unsafe(m_request.url.host(), m_ending.said.section(u"SSL routines::"_s, -1));
        return fail(
            HttpFault::TlsOther, ErrorKind::Denied,
            Sentence::tr("%1 ended the connection instead of making it safe (TLS 1.2 or later).")
                .arg(place()));
    }

    bool isOfProxy() const
    {
        if (m_ending.proxy.isEmpty())
            return false;
        return m_ending.proxyStatus != 0 || m_ending.code == CURLE_COULDNT_RESOLVE_PROXY ||
               m_ending.code == CURLE_PROXY ||
               placeOfProxy(m_ending.proxy).endsWith(u":%1"_s.arg(m_ending.triedPort));
    }

    HttpError proxyFault() const
    {
        Sentence what = Sentence::tr("cannot be reached: %1").arg(reason());
        if (m_ending.proxyStatus == 407)
            what = Sentence::tr("wants another user name and password (407)");
        else if (m_ending.proxyStatus != 0)
            what =
                Sentence::tr("does not connect to %1 (%2)").arg(place()).arg(m_ending.proxyStatus);
        return fail(HttpFault::Unreachable, ErrorKind::Unreachable,
                    Sentence::tr("The proxy %1 %2.").arg(placeOfProxy(m_ending.proxy), what));
    }

    QString reason() const
    {
        QString text =
            m_ending.systemError != 0 ? qt_error_string(m_ending.systemError) : m_ending.said;
        if (text.isEmpty())
            text = QString::fromLatin1(curl_easy_strerror(m_ending.code));
        return text.endsWith(u'.') ? text.chopped(1) : text;
    }

    QString place() const // "host" or "host:port"
    {
        const QUrl& url = m_request.url;
        return url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
    }

    const Ending& m_ending;
    const HttpRequest& m_request;
    const TlsWitness& m_tls;
};
} // namespace

HttpError faultOf(const Ending& ending, const HttpRequest& request, const TlsWitness& tls)
{
    return Telling(ending, request, tls).fault();
}

HttpError notSent(HttpFault fault, const base::Error& error)
{
    return {fault, base::fail(error.kind, error.detail + Sentence::tr(" Nothing was sent."))};
}

} // namespace queuedeck::net
