// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArray>
#include <QDateTime>
#include <QUrl>
#include <QVector>

#include <chrono>
#include <functional>
#include <stop_token>
#include <utility>

class QHostAddress;

namespace queuedeck::net {

/// Why there is no response.
enum class HttpFault {
    NotAllowed, ///< not an http URL, a password in it, no TLS, a header that cannot be sent, or an
                ///< address that `mayConnectTo` rejects
    NoSuchHost,
    Refused,     ///< nothing listens there
    Unreachable, ///< network or proxy
    TimedOut,
    Cancelled,
    Broken,  ///< the connection ended before the response did
    NotHttp, ///< what came back is not an HTTP/1 response
    TooLarge,
    Redirected,
    TlsWrongHost,
    TlsExpired,
    TlsNotYetValid,
    TlsSelfSigned,
    TlsUntrusted,
    TlsOther,
};

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    QVector<std::pair<QByteArray, QByteArray>> headers = {};
    QVector<std::pair<QByteArray, base::Secret>> secretHeaders = {};
    QByteArray body = {};
    std::chrono::milliseconds connectWithin = std::chrono::seconds(15);
    std::chrono::milliseconds deadline = std::chrono::seconds(60); ///< for the whole exchange
    qint64 mostBytes = 1024 * 1024;                                ///< of the response body
    /// Plain http also to other computers: for a request that holds no secret.
    bool mayBePlain = false;
    std::stop_token stop = {};
    std::function<void()> whileWaiting = {}; ///< called several times a second, on the same thread
    /// Called with each address before connecting, after name resolution; returns why not, or
    /// nothing if allowed. An IPv4-mapped IPv6 address is passed as IPv4. If set, no proxy is used,
    /// since a proxy would choose the address. Called on the same thread.
    std::function<base::Sentence(const QHostAddress&)> mayConnectTo = {};
};

/// A response with any status except a redirect.
struct HttpAnswer
{
    int status = 0;
    QVector<std::pair<QByteArray, QByteArray>> headers = {}; ///< names in lower case
    QByteArray body = {}; ///< decoded; empty if its encoding is unknown here

    /// The body as UTF-8 without a byte order mark, decoded by that mark or its charset.
    QByteArray text() const;
    /// The first header of that name (in lower case); empty if there is none.
    QByteArray header(const QByteArray& name) const;
};

/// Why there is no response, with a sentence for people in `error.detail`.
struct HttpError
{
    HttpFault fault = HttpFault::Unreachable;
    base::Error error;
    bool isSent = false; ///< part of the request left this computer, so it may have an effect
    int status = 0;      ///< of a redirect
    QUrl redirect = {};  ///< its full target, which may contain a secret of the server
};

/// Whether the host is this computer: 127.0.0.0/8, ::1, localhost or a name below it.
bool isLoopback(const QUrl& url);

} // namespace queuedeck::net
