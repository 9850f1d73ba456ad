// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/endpoint/limits.h"
#include "core/endpoint/message.h"

#include <functional>
#include <memory>

namespace queuedeck::endpoint {

/// HTTP/1.1 over TCP or TLS: accepts connections, reads requests within the limits, sends
/// responses. It knows no routes. Its single thread does all this and never blocks; when all
/// connections are in use, the oldest that showed no valid key is closed, else the oldest that owes
/// a request.
class Server
{
public:
    struct Options
    {
        QString address = QStringLiteral("127.0.0.1"); ///< an IP address
        quint16 port = 0;                              ///< 0: any free port
        QString certificate;                           ///< PEM files; TLS if given
        QString privateKey;
        Limits limits;
    };
    /// Called on the server's thread when certificate files were renewed, or could not be.
    using Told = std::function<void(const QString&)>;

    /// May be called from any thread, once or never, even after the server is gone.
    using Answer = std::function<void(const Response&)>;
    /// Called on the server's thread.
    using Handler = std::function<void(const Request&, const Answer&)>;

    /// Unreachable if the address cannot be bound, Invalid for an unusable address, certificate or
    /// key, Denied for a world-readable key. Changed certificate files take effect with the next
    /// connection.
    static base::Result<std::unique_ptr<Server>> start(const Options& options, Handler handler,
                                                       Told told = {});
    /// Closes everything at once.
    ~Server();

    quint16 port() const;
    /// Accepts no new connections and no further requests; `onDrained` is called on the server's
    /// thread once the last response has been sent.
    void drain(std::function<void()> onDrained);

private:
    class Private;

    explicit Server(std::unique_ptr<Private> data);

    std::unique_ptr<Private> d;
};

/// Whether `address`, an IP address, is a loopback address.
bool isLoopback(const QString& address);

} // namespace queuedeck::endpoint
