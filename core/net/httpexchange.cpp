// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpexchange.h"

#include "core/net/httpcoding.h"
#include "core/net/proxy.h"
#include "core/net/redirect.h"

#include <QHostAddress>

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::ErrorKind;
using base::Sentence;

namespace {
// Waits also end on socket activity, libcurl's timeouts and a stop.
constexpr int kTick = 50; // if the caller wants callbacks while waiting
constexpr int kLongWait = 1000;

QHostAddress hostOf(const curl_sockaddr& address)
{
    const QHostAddress host(&address.addr);
    bool isMapped = false;
    const quint32 within = host.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(within) : host;
}

quint16 portOf(const curl_sockaddr& address) // it is at the same offset in both families
{
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address.addr)->sin_port);
}
} // namespace

HttpExchange::HttpExchange(const HttpRequest& request, const QString& caFile)
    : m_request(request)
    , m_reader(request.mostBytes)
    , m_ending{.proxy = proxyFor(request), .authorities = caFile}
    , m_curl(request, caFile, m_ending.proxy)
{
}

tl::expected<HttpAnswer, HttpError> HttpExchange::run()
{
    setCallbacks();
    if (!m_curl.isReady())
        return tl::unexpected(
            notSent(HttpFault::NotAllowed,
                    base::fail(ErrorKind::Internal,
                               Sentence::tr("libcurl cannot do what this request needs."))));
    return outcome(perform());
}

void HttpExchange::setCallbacks()
{
    m_curl.set(CURLOPT_ERRORBUFFER, m_said.data());
    m_curl.set(CURLOPT_HEADERDATA, &m_reader);
    m_curl.set(
        CURLOPT_HEADERFUNCTION, +[](char* bytes, size_t, size_t size, AnswerReader* reader) {
            return reader->addLine({bytes, qsizetype(size)}) ? size : 0;
        });
    m_curl.set(CURLOPT_WRITEDATA, &m_reader);
    m_curl.set(
        CURLOPT_WRITEFUNCTION, +[](char* bytes, size_t, size_t size, AnswerReader* reader) {
            return reader->addBody({bytes, qsizetype(size)}) ? size : 0;
        });
    m_curl.set(CURLOPT_SSL_CTX_DATA, &m_tls);
    m_curl.set(
        CURLOPT_SSL_CTX_FUNCTION, +[](CURL*, void* context, TlsWitness* witness) {
            witness->watch(static_cast<SSL_CTX*>(context));
            return CURLE_OK;
        });
    m_curl.set(CURLOPT_OPENSOCKETDATA, this);
    m_curl.set(
        CURLOPT_OPENSOCKETFUNCTION, +[](HttpExchange* self, curlsocktype, curl_sockaddr* address) {
            return self->openSocket(*address);
        });
    m_curl.set(CURLOPT_PREREQDATA, this);
    m_curl.set(
        CURLOPT_PREREQFUNCTION, +[](HttpExchange* self, char*, char*, int, int) {
            self->m_ending.isSent = true;
            return CURL_PREREQFUNC_OK;
        });
}

// Close-on-exec: programs that handlers start meanwhile do not inherit the socket.
curl_socket_t HttpExchange::openSocket(const curl_sockaddr& address)
{
    m_ending.triedPort = portOf(address);
    if (m_request.mayConnectTo)
        m_ending.refusal = m_request.mayConnectTo(hostOf(address));
    if (!m_ending.refusal.isEmpty())
        return CURL_SOCKET_BAD;
    return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

CURLcode HttpExchange::perform()
{
    const CurlMulti multi(curl_multi_init());
    const std::stop_callback wakeUp(m_request.stop, [&multi] { curl_multi_wakeup(multi.get()); });
    curl_multi_add_handle(multi.get(), m_curl.easy());
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    while (!m_request.stop.stop_requested()) {
        int running = 0;
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK)
            break;
        if (running == 0) {
            int left = 0;
            if (const CURLMsg* message = curl_multi_info_read(multi.get(), &left))
                code = message->data.result;
            break;
        }
        curl_multi_poll(multi.get(), nullptr, 0, m_request.whileWaiting ? kTick : kLongWait,
                        nullptr);
        if (m_request.whileWaiting)
            m_request.whileWaiting();
    }
    long number = 0;
    if (curl_easy_getinfo(m_curl.easy(), CURLINFO_OS_ERRNO, &number) == CURLE_OK)
        m_ending.systemError = int(number);
    if (curl_easy_getinfo(m_curl.easy(), CURLINFO_HTTP_CONNECTCODE, &number) == CURLE_OK)
        m_ending.proxyStatus = int(number);
    curl_multi_remove_handle(multi.get(), m_curl.easy());
    return code;
}

tl::expected<HttpAnswer, HttpError> HttpExchange::outcome(CURLcode code)
{
    m_ending.hasHead = m_reader.hasHead();
    m_ending.readerRefusal = m_reader.refusal();
    const bool isWhole = code == CURLE_OK || code == CURLE_BAD_CONTENT_ENCODING;
    if (!isWhole || !m_ending.hasHead) {
        m_ending.code = code;
        m_ending.said = QString::fromUtf8(m_said.data());
        return tl::unexpected(faultOf(m_ending, m_request, m_tls));
    }
    HttpAnswer answer = m_reader.answer();
    if (answer.status >= 300 && answer.status < 400)
        return tl::unexpected(redirected(answer, m_request));
    // A response that cannot be decoded has no body, but its status still counts.
    if (code == CURLE_BAD_CONTENT_ENCODING)
        answer.body.clear();
    if (decode(answer, m_request.mostBytes) == Decoding::TooLarge) {
        m_ending.readerRefusal = AnswerReader::Refusal::TooLarge;
        return tl::unexpected(faultOf(m_ending, m_request, m_tls));
    }
    return answer;
}

} // namespace queuedeck::net
