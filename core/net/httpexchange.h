// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpreader.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QSslSocket>

#include <functional>
#include <tl/expected.hpp>

namespace queuedeck::net {

/// One request and its answer on one connection, from top to bottom on the thread that calls run().
/// Used once. Private to this room; HttpClient says what it keeps to.
class HttpExchange
{
public:
    HttpExchange(const HttpRequest& request, const QString& caFile);

    tl::expected<HttpAnswer, HttpError> run();

private:
    using Step = tl::expected<void, HttpError>;

    Step configure();
    Step connectToServer();
    Step connectTo(const QString& host, const QDeadlineTimer& until);
    /// Of the host, those that mayConnectTo lets through.
    tl::expected<QStringList, HttpError> allowedAddresses(const QDeadlineTimer& until);
    void begin(const QString& host);
    Step send();
    tl::expected<HttpAnswer, HttpError> receive();
    tl::expected<HttpAnswer, HttpError> accepted(HttpAnswer answer) const;
    HttpError redirected(const HttpAnswer& answer) const;
    tl::unexpected<HttpError> tooLarge() const;

    enum class Wait { Done, TimedOut, Cancelled };
    Wait wait(const QDeadlineTimer& until, const std::function<bool()>& isDone);
    tl::unexpected<HttpError> fail(HttpFault fault, base::ErrorKind kind,
                                   const QString& sentence) const;
    tl::unexpected<HttpError> ended(Wait wait, std::chrono::milliseconds within) const;
    tl::unexpected<HttpError> socketFault() const;
    bool isTls() const { return m_request.url.scheme() == QLatin1String("https"); }
    QString place() const; ///< "host" or "host:port", for people

    const HttpRequest& m_request;
    const QString m_caFile;
    const QDeadlineTimer m_deadline;
    QEventLoop m_loop; ///< first: it gives the thread what a socket needs
    QSslSocket m_socket;
    bool m_isFailed = false;
    bool m_isSent = false;
};

} // namespace queuedeck::net
