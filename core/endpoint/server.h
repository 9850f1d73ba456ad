// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/endpoint/limits.h"
#include "core/endpoint/message.h"

#include <functional>
#include <memory>

namespace queuedeck::endpoint {

/// HTTP/1.1 over TCP or TLS: takes connections, reads requests within the limits, sends answers.
/// It knows no route. One thread of its own does all of it and never waits for anything; when all
/// places are taken, the oldest connection that showed no key makes room, else the oldest that owes
/// a request.
class Server
{
public:
    struct Options
    {
        QString address = QStringLiteral("127.0.0.1"); ///< an IP address
        quint16 port = 0;                              ///< 0: any that is free
        QString certificate;                           ///< PEM files; TLS when they are given
        QString privateKey;
        Limits limits;
    };
    /// Told on the server's thread that certificate files were renewed, or could not be.
    using Told = std::function<void(const QString&)>;

    /// May be called from any thread, once, or never; later than the server lives, too.
    using Answer = std::function<void(const Response&)>;
    /// Called on the server's thread.
    using Handler = std::function<void(const Request&, const Answer&)>;

    /// Unreachable when the address cannot be had, Invalid for an address, a certificate or a key
    /// that cannot be used, Denied for a key that everybody can read. Certificate files that change
    /// are taken up with the next connection.
    static base::Result<std::unique_ptr<Server>> start(const Options& options, Handler handler,
                                                       Told told = {});
    /// Closes everything at once.
    ~Server();

    quint16 port() const;
    /// No new connections and no further requests; `onDrained` is called on the server's thread
    /// once the last answer has left.
    void drain(std::function<void()> onDrained);

private:
    class Private;

    explicit Server(std::unique_ptr<Private> data);

    std::unique_ptr<Private> d;
};

/// Whether it is an address of this computer alone; `address` is an IP address.
bool isLoopback(const QString& address);

} // namespace queuedeck::endpoint
