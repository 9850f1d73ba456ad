// SPDX-License-Identifier: GPL-3.0-or-later
// Included by hub.cpp, server.cpp and connection.h only, since it includes Asio.
#pragma once

#include "core/endpoint/server.h"
#include "core/endpoint/tlsfiles.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <optional>

namespace queuedeck::endpoint {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// A connection as the hub sees it.
class Peer
{
public:
    virtual ~Peer() = default;
    virtual void start() = 0;
    virtual void close() = 0;

    bool isWaiting() const { return m_isWaiting; }
    /// A connection that has not shown a valid key can be evicted at any time except while the
    /// handler has its request; one that has, only while it owes a request.
    bool canMakeRoom() const { return m_wasKnown ? m_isWaiting : !m_isAsking; }
    bool wasKnown() const { return m_wasKnown; }
    const QByteArray& address() const { return m_address; }

protected:
    bool m_isWaiting = true; ///< it owes a request; else a response is being made or sent
    bool m_isAsking = false; ///< its request is with the handler
    bool m_wasKnown = false; ///< it has shown a valid key
    QByteArray m_address;
};

/// All connections and the acceptor. Everything but the constructor runs on the server's thread.
class Hub : public std::enable_shared_from_this<Hub>
{
public:
    Hub(const Limits& limitsToKeep, Server::Handler handlerOfRequests,
        std::optional<TlsFiles> tlsFiles, Server::Told told)
        : limits(limitsToKeep)
        , handler(std::move(handlerOfRequests))
        , m_tlsFiles(std::move(tlsFiles))
        , m_told(std::move(told))
        , m_alive(context.get_executor())
        , m_acceptor(context)
        , m_breath(context)
    {
    }

    error_code listen(const tcp::endpoint& at);
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
    void renewTls();
    bool makeRoom(const QByteArray& address, bool isLoopbackClient);
    bool evict(const std::function<bool(const Peer&)>& isMeant);

    std::optional<TlsFiles> m_tlsFiles; ///< loaded
    const Server::Told m_told;
    /// Keeps the context running: a connection that waits for its response is not work to it.
    asio::executor_work_guard<asio::io_context::executor_type> m_alive;
    tcp::acceptor m_acceptor;
    asio::steady_timer m_breath;
    std::unique_ptr<asio::ssl::context>
        m_tls; ///< made from m_tlsFiles; connections keep what they need
    std::map<quint64, std::shared_ptr<Peer>> m_peers; ///< oldest first
    std::function<void()> m_onDrained;
    quint64 m_nextId = 1;
    quint16 m_port = 0;
    bool m_isDraining = false;
};

} // namespace queuedeck::endpoint
