// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/hub.h"

#include "core/endpoint/connection.h"

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
constexpr std::chrono::milliseconds kBreath{100}; ///< pause when no connection can be accepted
} // namespace

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

void Hub::renewTls()
{
    if (!m_tlsFiles)
        return;
    const QString told = m_tls ? m_tlsFiles->reloadIfChanged() : QString();
    if (!m_tls || m_tls->native_handle() != m_tlsFiles->context()) {
        SSL_CTX_up_ref(m_tlsFiles->context()); // for asio's context, which takes a reference
        m_tls = std::make_unique<asio::ssl::context>(m_tlsFiles->context());
    }
    if (!told.isEmpty() && m_told)
        m_told(told);
}

void Hub::accept()
{
    m_acceptor.async_accept([this](error_code error, tcp::socket socket) {
        if (m_isDraining)
            return;
        if (error) {
            // Usually no file descriptors left. Retrying at once would only burn CPU.
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
        return; // already gone
    const QByteArray address = QByteArray::fromStdString(from.to_string(error));
    const bool isLoopbackClient =
        from.is_loopback() ||
        (from.is_v6() && from.to_v6().is_v4_mapped() && from.to_v6().to_bytes()[12] == 127);
    if (!makeRoom(address, isLoopbackClient)) {
        Response busy = errorResponse(503, base::Sentence::tr("All connections are in use."));
        busy.retryAfter = 1;
        const QByteArray bytes = serialized(busy, false, false);
        socket.non_blocking(true, error);
        if (!m_tlsFiles)
            socket.write_some(asio::buffer(bytes.constData(), size_t(bytes.size())), error);
        return;
    }
    socket.set_option(tcp::no_delay(true), error);
    const quint64 id = m_nextId++;
    std::shared_ptr<Peer> peer;
    renewTls();
    if (m_tls)
        peer = std::make_shared<Connection<asio::ssl::stream<tcp::socket>>>(
            shared_from_this(), id, address, std::move(socket), *m_tls);
    else
        peer = std::make_shared<Connection<tcp::socket>>(shared_from_this(), id, address,
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

// Connections that never showed a valid key go first; among equals, the oldest.
bool Hub::evict(const std::function<bool(const Peer&)>& isMeant)
{
    for (const bool wasKnown : {false, true}) {
        for (const auto& [id, peer] : m_peers) {
            if (peer->canMakeRoom() && peer->wasKnown() == wasKnown && isMeant(*peer)) {
                const std::shared_ptr<Peer> kept = peer; // closing removes it from the map
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

} // namespace queuedeck::endpoint
