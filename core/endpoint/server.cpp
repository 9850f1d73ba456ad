// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/server.h"

#include "core/endpoint/hub.h"

#include <boost/asio/post.hpp>
#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

class Server::Private
{
public:
    std::shared_ptr<Hub> hub;
    std::thread thread;
};

base::Result<std::unique_ptr<Server>> Server::start(const Options& options, Handler handler,
                                                    Told told)
{
    error_code error;
    const auto address = asio::ip::make_address(options.address.toStdString(), error);
    if (error)
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("%1 is not an IP address.").arg(options.address));
    auto data = std::make_unique<Private>();
    std::optional<TlsFiles> tlsFiles;
    if (!options.certificate.isEmpty()) {
        tlsFiles.emplace(options.certificate, options.privateKey);
        if (const base::Status loaded = tlsFiles->load(); !loaded)
            return loaded.error();
    }
    data->hub = std::make_shared<Hub>(options.limits, std::move(handler), std::move(tlsFiles),
                                      std::move(told));
    error = data->hub->listen({address, options.port});
    if (error)
        return base::fail(base::ErrorKind::Unreachable,
                          base::Sentence::tr("Listening on %1 port %2 is not possible: %3.")
                              .arg(options.address)
                              .arg(options.port)
                              .arg(QString::fromStdString(error.message())));
    data->hub->accept();
    data->thread = std::thread([hub = data->hub] { hub->context.run(); });
    return std::unique_ptr<Server>(new Server(std::move(data)));
}

Server::Server(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

Server::~Server()
{
    // Runs out of work instead of being stopped: every connection must return from its last step,
    // since connections and hub keep each other alive until then.
    asio::post(d->hub->context, [hub = d->hub.get()] { hub->closeAll(); });
    d->thread.join();
    d->hub->context.restart();
    d->hub->context.poll(); // responses that came too late
}

quint16 Server::port() const
{
    return d->hub->port();
}

void Server::drain(std::function<void()> onDrained)
{
    asio::post(d->hub->context, [hub = d->hub.get(), onDrained = std::move(onDrained)]() mutable {
        hub->drain(std::move(onDrained));
    });
}

bool isLoopback(const QString& address)
{
    error_code error;
    const auto parsed = asio::ip::make_address(address.toStdString(), error);
    return !error && parsed.is_loopback();
}

} // namespace queuedeck::endpoint
