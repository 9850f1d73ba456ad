// SPDX-License-Identifier: GPL-3.0-or-later
// Included by hub.cpp only, since it includes Asio.
#pragma once

#include "core/endpoint/deadline.h"
#include "core/endpoint/hub.h"
#include "core/endpoint/requestreader.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace queuedeck::endpoint {

/// One connection: request, response, request … Every step has its own deadline.
template <class Stream>
class Connection final : public Peer, public std::enable_shared_from_this<Connection<Stream>>
{
    static constexpr size_t kPiece = 4096;
    static constexpr bool kIsTls = !std::is_same_v<Stream, tcp::socket>;

public:
    template <class... TlsContext>
    Connection(std::shared_ptr<Hub> hub, quint64 id, QByteArray address, tcp::socket socket,
               TlsContext&... tls)
        : m_hub(std::move(hub))
        , m_id(id)
        , m_stream(std::move(socket), tls...)
        , m_reader(m_hub->limits)
        , m_deadline(m_hub->context)
    {
        m_address = std::move(address);
    }

    void start() override
    {
        m_deadline.onPassed([weak = this->weak_from_this()] {
            if (const auto self = weak.lock())
                self->close();
        });
        m_deadline.set(m_hub->limits.headerDeadline);
        m_hasBegun = true; // a new connection may not idle
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
        m_deadline.clear();
        error_code ignored;
        m_stream.lowest_layer().close(ignored);
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
        if (!m_hasBegun) {
            m_hasBegun = true;
            m_deadline.set(m_hub->limits.headerDeadline);
        }
        const auto before = m_reader.state();
        const size_t used = m_reader.feed(bytes);
        m_rest.assign(bytes.substr(used));
        switch (m_reader.state()) {
        case RequestReader::State::Head: read(); break;
        case RequestReader::State::Body:
            if (before == RequestReader::State::Head)
                m_deadline.set(m_hub->limits.bodyDeadline);
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
        m_isAsking = true;
        m_deadline.lift(); // a batch may take long
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
        m_isAsking = false;
        m_wasKnown = m_wasKnown || response.wasKnown;
        m_keepAlive = !response.close && m_reader.request().keepAlive && !m_hub->isDraining();
        m_out = serialized(response, m_keepAlive, m_reader.request().method == "HEAD");
        const Limits& limits = m_hub->limits;
        m_deadline.set(limits.writeDeadline +
                       std::chrono::seconds(m_out.size() / limits.leastBytesPerSecond));
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
        m_deadline.set(m_hub->limits.idle);
        if (m_rest.empty())
            return read();
        // Pipelined requests; posted, so that a long series does not recurse.
        asio::post(m_hub->context,
                   [self = this->shared_from_this(), rest = std::exchange(m_rest, {})] {
                       if (!self->m_isClosed)
                           self->take(rest);
                   });
    }

    // Closing with unread bytes would reset the connection, and the client would lose the response.
    void end()
    {
        m_isWaiting = true; // it may now be evicted
        if constexpr (kIsTls) {
            m_deadline.set(m_hub->limits.linger);
            m_stream.async_shutdown(
                [self = this->shared_from_this()](error_code) { self->close(); });
        } else {
            error_code ignored;
            m_stream.shutdown(tcp::socket::shutdown_send, ignored);
            m_deadline.set(m_hub->limits.linger);
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
    Deadline m_deadline;
    std::array<char, kPiece> m_piece{};
    std::string m_rest; ///< bytes after the request
    QByteArray m_out;
    bool m_hasBegun = false; ///< the next request has begun, or must begin by the deadline
    bool m_keepAlive = true;
    bool m_isClosed = false;
};

} // namespace queuedeck::endpoint
