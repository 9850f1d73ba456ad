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

/// Why there is no answer.
enum class HttpFault {
    NotAllowed, ///< no http address, a password in it, no TLS, a header that cannot be sent, or an
                ///< address that `mayConnectTo` refuses
    NoSuchHost,
    Refused,     ///< nothing listens there
    Unreachable, ///< network or proxy
    TimedOut,
    Cancelled,
    Broken,  ///< the connection ended before the answer did
    NotHttp, ///< what came back is no HTTP/1 answer
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
    std::chrono::milliseconds deadline = std::chrono::seconds(60); ///< for all of it
    qint64 mostBytes = 1024 * 1024;                                ///< of the answer's body
    std::stop_token stop = {};
    std::function<void()> whileWaiting = {}; ///< called some times a second, on the same thread
    /// Asked with each address before it is connected to, after names were resolved; says why not,
    /// or nothing when it may be. An IPv4 address within IPv6 is given as IPv4. With it no proxy is
    /// used, since a proxy would choose the address. Called on the same thread.
    std::function<QString(const QHostAddress&)> mayConnectTo = {};
};

/// An answer with any status but a redirect.
struct HttpAnswer
{
    int status = 0;
    QVector<std::pair<QByteArray, QByteArray>> headers = {}; ///< names in lower case
    QByteArray body = {}; ///< decoded; empty when it is coded in a way that is not known here

    /// The body as UTF-8 without a byte order mark, by that mark or the charset it is said to have.
    QByteArray text() const;
    /// The first of that name (in lower case); empty when there is none.
    QByteArray header(const QByteArray& name) const;
};

/// Why there is no answer, with a sentence for people in `error.detail`.
struct HttpError
{
    HttpFault fault = HttpFault::Unreachable;
    base::Error error;
    bool isSent = false; ///< something of the request left this computer, so it may have an effect
    int status = 0;      ///< of a redirect
};

/// Whether an address means this computer: 127.0.0.0/8, ::1 or localhost.
bool isLoopback(const QUrl& url);

} // namespace queuedeck::net
