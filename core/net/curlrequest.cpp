// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/curlrequest.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
// A header in libcurl's form: one without a value ends with a semicolon.
QByteArray line(const QByteArray& name, QByteArrayView value)
{
    QByteArray text = name;
    return value.isEmpty() ? text.append(';') : text.append(": ").append(value);
}
} // namespace

CurlRequest::CurlRequest(const HttpRequest& request, const QString& caFile, const QByteArray& proxy)
    : m_easy(isCurlReady() ? curl_easy_init() : nullptr)
{
    setAddress(request.url);
    setMessage(request);
    setTls(caFile);
    setPolicy(request);
    // The proxy gets its own user and password; our headers go to the endpoint only.
    set(CURLOPT_PROXY, proxy.constData()); // empty: none, whatever the environment says
    set(CURLOPT_HEADEROPT, long(CURLHEADER_SEPARATE));
    set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

// In parts, so that no second parser can find a different host in the URL than the one that was
// checked.
void CurlRequest::setAddress(const QUrl& url)
{
    m_address.reset(curl_url());
    const auto part = [this](CURLUPart which, const QByteArray& text) {
        if (curl_url_set(m_address.get(), which, text.constData(), 0) != CURLUE_OK)
            m_done = CURLE_URL_MALFORMAT;
    };
    const QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    part(CURLUPART_SCHEME, url.scheme().toLatin1());
    part(CURLUPART_HOST, host.contains(':') ? '[' + host + ']' : host);
    if (url.port() >= 0)
        part(CURLUPART_PORT, QByteArray::number(url.port()));
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    part(CURLUPART_PATH, path.isEmpty() ? QByteArray("/") : path);
    if (const QByteArray query = url.query(QUrl::FullyEncoded).toLatin1(); !query.isEmpty())
        part(CURLUPART_QUERY, query);
    set(CURLOPT_CURLU, m_address.get());
    set(CURLOPT_PATH_AS_IS, 1L);
}

void CurlRequest::setMessage(const HttpRequest& request)
{
    QByteArrayList given;
    for (const auto& [name, value] : request.headers) {
        given += name.toLower();
        m_lines.add(line(name, value));
    }
    for (const auto& [name, value] : request.secretHeaders)
        m_lines.add(line(name, value.reveal()));
    // Overrides the headers libcurl adds, above all Expect, which makes it send the body in a
    // second step, and everything again if that is refused.
    for (const char* usual :
         {"Accept: application/json", "Accept-Encoding: identity", "Connection: close",
          "User-Agent: queuedeck/" QUEUEDECK_VERSION, "Content-Type:", "Expect:"}) {
        QByteArray text(usual);
        if (!given.contains(text.left(text.indexOf(':')).toLower()))
            m_lines.add(std::move(text));
    }
    set(CURLOPT_HTTPHEADER, m_lines.first());
    if (request.method == "GET" && request.body.isEmpty()) {
        set(CURLOPT_HTTPGET, 1L);
    } else if (request.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
        set(CURLOPT_POSTFIELDS, request.body.constData()); // not copied; owned by the caller
        if (request.method != "POST")
            set(CURLOPT_CUSTOMREQUEST, request.method.constData());
    }
}

void CurlRequest::setTls(const QString& caFile)
{
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    if (caFile.isEmpty())
        return;
    set(CURLOPT_CAINFO, QFile::encodeName(caFile).constData());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

void CurlRequest::setPolicy(const HttpRequest& request)
{
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    // A reused connection may turn out to be dead, and libcurl then sends the request again; the
    // same goes for HTTP/2 streams.
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.mostBytes));
    set(CURLOPT_CONNECTTIMEOUT_MS, long(request.connectWithin.count()));
    set(CURLOPT_TIMEOUT_MS, long(request.deadline.count() + 1)); // it may be up to 1 ms early
    set(CURLOPT_TCP_KEEPALIVE, 1L); // a batch may take minutes, and routers drop idle connections
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); // a stop does not wait for DNS
}

} // namespace queuedeck::net
