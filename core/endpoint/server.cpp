// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/server.h"

#include "core/endpoint/requestreader.h"

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <map>
#include <optional>
#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
constexpr size_t kPiece = 4096;
constexpr std::chrono::milliseconds kBreath{100}; ///< when no connection can be taken

class Hub;

/// A connection as the hub sees it.
class Peer
{
public:
    virtual ~Peer() = default;
    virtual void start() = 0;
    virtual void close() = 0;

    bool isWaiting() const { return m_isWaiting; }
    bool wasKnown() const { return m_wasKnown; }
    const QByteArray& address() const { return m_address; }

protected:
    bool m_isWaiting = true; ///< it owes a request; else an answer is being made or sent
    bool m_wasKnown = false; ///< it has shown a valid key
    QByteArray m_address;
};

/// All connections and the door. Everything but the constructor runs on the server's thread.
class Hub : public std::enable_shared_from_this<Hub>
{
public:
    Hub(const Limits& limitsToKeep, Server::Handler handlerOfRequests)
        : limits(limitsToKeep)
        , handler(std::move(handlerOfRequests))
        , m_alive(context.get_executor())
        , m_acceptor(context)
        , m_breath(context)
    {
    }

    error_code listen(const tcp::endpoint& at);
    base::Status useTls(const QString& certificate, const QString& privateKey);
    void accept();
    void drain(std::function<void()> onDrained);
    void closeAll();
    void leave(quint64 id);
    bool isDraining() const { return m_isDraining; }
    quint16 port() const { return m_port; }

    const Limits limits;
    const Server::Handler handler;
    asio::io_context context{1};

private:
    void take(tcp::socket socket);
    bool makeRoom(const QByteArray& address, bool isLoopbackClient);
    bool evict(const std::function<bool(const Peer&)>& isMeant);

    /// A connection that waits for its answer is no work of the context.
    asio::executor_work_guard<asio::io_context::executor_type> m_alive;
    tcp::acceptor m_acceptor;
    asio::steady_timer m_breath;
    std::optional<asio::ssl::context> m_tls;
    std::map<quint64, std::shared_ptr<Peer>> m_peers; ///< oldest first
    std::function<void()> m_onDrained;
    quint64 m_nextId = 1;
    quint16 m_port = 0;
    bool m_isDraining = false;
};

/// One connection: request, answer, request … Every step has a deadline of its own.
template <class Stream>
class Connection final : public Peer, public std::enable_shared_from_this<Connection<Stream>>
{
    static constexpr bool kIsTls = !std::is_same_v<Stream, beast::tcp_stream>;

public:
    template <class... TlsContext>
    Connection(std::shared_ptr<Hub> hub, quint64 id, QByteArray address, tcp::socket socket,
               TlsContext&... tls)
        : m_hub(std::move(hub))
        , m_id(id)
        , m_stream(std::move(socket), tls...)
        , m_reader(m_hub->limits)
    {
        m_address = std::move(address);
    }

    void start() override
    {
        beast::get_lowest_layer(m_stream).expires_after(m_hub->limits.headerDeadline);
        m_hasBegun = true; // a new connection has no time to idle
        if constexpr (kIsTls) {
            m_stream.async_handshake(asio::ssl::stream_base::server,
                                     [self = this->shared_from_this()](error_code error) {
                                         if (error)
                                             self->close();
                                         else
                                             self->read();
                                     });
        } else {
            read();
        }
    }

    void close() override
    {
        if (m_isClosed)
            return;
        m_isClosed = true;
        beast::get_lowest_layer(m_stream).close();
        m_hub->leave(m_id);
    }

private:
    void read()
    {
        m_stream.async_read_some(asio::buffer(m_piece),
                                 [self = this->shared_from_this()](error_code error, size_t size) {
                                     if (error)
                                         self->close();
                                     else
                                         self->take(std::string_view(self->m_piece.data(), size));
                                 });
    }

    void take(std::string_view bytes)
    {
        auto& lowest = beast::get_lowest_layer(m_stream);
        if (!m_hasBegun) {
            m_hasBegun = true;
            lowest.expires_after(m_hub->limits.headerDeadline);
        }
        const auto before = m_reader.state();
        const size_t used = m_reader.feed(bytes);
        m_rest.assign(bytes.substr(used));
        switch (m_reader.state()) {
        case RequestReader::State::Head: read(); break;
        case RequestReader::State::Body:
            if (before == RequestReader::State::Head)
                lowest.expires_after(m_hub->limits.bodyDeadline);
            if (before == RequestReader::State::Head && m_reader.wantsContinue() && m_rest.empty())
                sayContinue();
            else
                read();
            break;
        case RequestReader::State::Done: ask(); break;
        case RequestReader::State::Refused: send(m_reader.refusal()); break;
        }
    }

    void sayContinue()
    {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(m_stream, asio::buffer(kContinue),
                          [self = this->shared_from_this()](error_code error, size_t) {
                              if (error)
                                  self->close();
                              else
                                  self->read();
                          });
    }

    void ask()
    {
        m_isWaiting = false;
        beast::get_lowest_layer(m_stream).expires_never(); // a batch may take long
        Request request = m_reader.request();
        request.peer = m_address;
        m_hub->handler(request, [weak = this->weak_from_this()](const Response& response) {
            const auto self = weak.lock();
            if (!self)
                return;
            asio::post(self->m_hub->context, [self, response] { self->send(response); });
        });
    }

    void send(const Response& response)
    {
        if (m_isClosed)
            return;
        m_isWaiting = false;
        m_wasKnown = m_wasKnown || response.wasKnown;
        m_keepAlive = !response.close && m_reader.request().keepAlive && !m_hub->isDraining();
        m_out = serialized(response, m_keepAlive, m_reader.request().method == "HEAD");
        beast::get_lowest_layer(m_stream).expires_after(m_hub->limits.writeDeadline);
        asio::async_write(m_stream, asio::buffer(m_out.constData(), size_t(m_out.size())),
                          [self = this->shared_from_this()](error_code error, size_t) {
                              if (error)
                                  self->close();
                              else
                                  self->sent();
                          });
    }

    void sent()
    {
        if (!m_keepAlive || m_hub->isDraining())
            return end();
        m_isWaiting = true;
        m_hasBegun = false;
        m_out.clear();
        m_reader = RequestReader(m_hub->limits);
        beast::get_lowest_layer(m_stream).expires_after(m_hub->limits.idle);
        if (m_rest.empty())
            return read();
        // Requests sent ahead; posted, so that a long row of them does not nest.
        asio::post(m_hub->context,
                   [self = this->shared_from_this(), rest = std::exchange(m_rest, {})] {
                       if (!self->m_isClosed)
                           self->take(rest);
                   });
    }

    // Closing with unread bytes would reset the connection, and the client would lose the answer.
    void end()
    {
        m_isWaiting = true; // it may be closed to make room
        if constexpr (kIsTls) {
            beast::get_lowest_layer(m_stream).expires_after(m_hub->limits.linger);
            m_stream.async_shutdown(
                [self = this->shared_from_this()](error_code) { self->close(); });
        } else {
            error_code ignored;
            m_stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
            m_stream.expires_after(m_hub->limits.linger);
            discard();
        }
    }

    void discard()
    {
        m_stream.async_read_some(asio::buffer(m_piece),
                                 [self = this->shared_from_this()](error_code error, size_t) {
                                     if (error)
                                         self->close();
                                     else
                                         self->discard();
                                 });
    }

    const std::shared_ptr<Hub> m_hub;
    const quint64 m_id;
    Stream m_stream;
    RequestReader m_reader;
    std::array<char, kPiece> m_piece{};
    std::string m_rest; ///< bytes behind the request
    QByteArray m_out;
    bool m_hasBegun = false; ///< bytes of the next request have come, or must by the deadline
    bool m_keepAlive = true;
    bool m_isClosed = false;
};

error_code Hub::listen(const tcp::endpoint& at)
{
    error_code error;
    m_acceptor.open(at.protocol(), error);
    if (!error)
        m_acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        m_acceptor.bind(at, error);
    if (!error)
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error)
        m_port = m_acceptor.local_endpoint(error).port();
    return error;
}

base::Status Hub::useTls(const QString& certificate, const QString& privateKey)
{
    m_tls.emplace(asio::ssl::context::tls_server);
    error_code error;
    m_tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv3 |
                           asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 |
                           asio::ssl::context::no_compression,
                       error);
    SSL_CTX_set_min_proto_version(m_tls->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_mode(m_tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    // Never ask at a terminal for the password of a key.
    m_tls->set_password_callback([](auto...) { return std::string(); }, error);
    m_tls->use_certificate_chain_file(certificate.toStdString(), error);
    if (error)
        return base::fail(base::ErrorKind::Invalid,
                          u"%1 cannot be used as a certificate chain in PEM form: %2."_s.arg(
                              certificate, QString::fromStdString(error.message())));
    m_tls->use_private_key_file(privateKey.toStdString(), asio::ssl::context::pem, error);
    if (error)
        return base::fail(
            base::ErrorKind::Invalid,
            u"%1 cannot be used as the certificate's private key in PEM form: %2."_s.arg(
                privateKey, QString::fromStdString(error.message())));
    if (SSL_CTX_check_private_key(m_tls->native_handle()) != 1)
        return base::fail(base::ErrorKind::Invalid,
                          u"%1 is not the private key of %2."_s.arg(privateKey, certificate));
    return {};
}

void Hub::accept()
{
    m_acceptor.async_accept([this](error_code error, tcp::socket socket) {
        if (m_isDraining)
            return;
        if (error) {
            // No descriptors left, mostly. Trying again at once would only burn the processor.
            m_breath.expires_after(kBreath);
            m_breath.async_wait([this](error_code) {
                if (!m_isDraining)
                    accept();
            });
            return;
        }
        take(std::move(socket));
        accept();
    });
}

void Hub::take(tcp::socket socket)
{
    error_code error;
    const auto from = socket.remote_endpoint(error).address();
    if (error)
        return; // gone already
    const QByteArray address = QByteArray::fromStdString(from.to_string(error));
    const bool isLoopbackClient =
        from.is_loopback() ||
        (from.is_v6() && from.to_v6().is_v4_mapped() && from.to_v6().to_bytes()[12] == 127);
    if (!makeRoom(address, isLoopbackClient)) {
        Response busy = errorResponse(503, u"All connections are in use."_s);
        busy.retryAfter = 1;
        const QByteArray bytes = serialized(busy, false, false);
        socket.non_blocking(true, error);
        if (!m_tls)
            socket.write_some(asio::buffer(bytes.constData(), size_t(bytes.size())), error);
        return;
    }
    socket.set_option(tcp::no_delay(true), error);
    const quint64 id = m_nextId++;
    std::shared_ptr<Peer> peer;
    if (m_tls)
        peer = std::make_shared<Connection<beast::ssl_stream<beast::tcp_stream>>>(
            shared_from_this(), id, address, std::move(socket), *m_tls);
    else
        peer = std::make_shared<Connection<beast::tcp_stream>>(shared_from_this(), id, address,
                                                               std::move(socket));
    m_peers.emplace(id, peer);
    peer->start();
}

bool Hub::makeRoom(const QByteArray& address, bool isLoopbackClient)
{
    const auto isSame = [&address](const Peer& peer) { return peer.address() == address; };
    const auto ofAddress = std::count_if(m_peers.begin(), m_peers.end(),
                                         [&](const auto& entry) { return isSame(*entry.second); });
    const int most = isLoopbackClient ? limits.perLoopbackAddress : limits.perAddress;
    if (ofAddress >= most && !evict(isSame))
        return false;
    return int(m_peers.size()) < limits.connections || evict([](const Peer&) { return true; });
}

// Whoever never showed a key goes first; among equals, the oldest.
bool Hub::evict(const std::function<bool(const Peer&)>& isMeant)
{
    for (const bool wasKnown : {false, true}) {
        for (const auto& [id, peer] : m_peers) {
            if (peer->isWaiting() && peer->wasKnown() == wasKnown && isMeant(*peer)) {
                const std::shared_ptr<Peer> kept = peer; // closing takes it off the list
                kept->close();
                return true;
            }
        }
    }
    return false;
}

void Hub::leave(quint64 id)
{
    m_peers.erase(id);
    if (m_isDraining && m_peers.empty() && m_onDrained)
        std::exchange(m_onDrained, {})();
}

void Hub::drain(std::function<void()> onDrained)
{
    m_isDraining = true;
    m_onDrained = std::move(onDrained);
    error_code ignored;
    m_acceptor.close(ignored);
    m_breath.cancel();
    const auto peers = m_peers;
    for (const auto& [id, peer] : peers) {
        if (peer->isWaiting())
            peer->close();
    }
    if (m_peers.empty() && m_onDrained)
        std::exchange(m_onDrained, {})();
}

void Hub::closeAll()
{
    m_isDraining = true;
    m_onDrained = {};
    error_code ignored;
    m_acceptor.close(ignored);
    m_breath.cancel();
    for (const auto& [id, peer] : std::exchange(m_peers, {}))
        peer->close();
    m_alive.reset();
}
} // namespace

class Server::Private
{
public:
    std::shared_ptr<Hub> hub;
    std::thread thread;
};

base::Result<std::unique_ptr<Server>> Server::start(const Options& options, Handler handler)
{
    error_code error;
    const auto address = asio::ip::make_address(options.address.toStdString(), error);
    if (error)
        return base::fail(base::ErrorKind::Invalid,
                          u"%1 is not an IP address."_s.arg(options.address));
    auto data = std::make_unique<Private>();
    data->hub = std::make_shared<Hub>(options.limits, std::move(handler));
    if (!options.certificate.isEmpty()) {
        if (const base::Status status = data->hub->useTls(options.certificate, options.privateKey);
            !status)
            return status.error();
    }
    error = data->hub->listen({address, options.port});
    if (error)
        return base::fail(base::ErrorKind::Unreachable,
                          u"Listening on %1 port %2 is not possible: %3."_s.arg(options.address)
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
    // Not stopped but out of work: every connection must come back from its last step, since they
    // and the hub hold each other until then.
    asio::post(d->hub->context, [hub = d->hub.get()] { hub->closeAll(); });
    d->thread.join();
    d->hub->context.restart();
    d->hub->context.poll(); // answers that came too late
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
