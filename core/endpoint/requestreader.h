// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/limits.h"
#include "core/endpoint/message.h"

#include <string_view>

namespace queuedeck::endpoint {

/// Reads one HTTP/1.1 request, strictly: what two programs in a row could understand differently
/// is refused and ends the connection, since that is how requests are smuggled. It is fed as bytes
/// come in, keeps no more than its limits, and skips the body. Pure: no socket, no clock.
///
/// Not Beast's parser: it takes a Transfer-Encoding it does not know for no body, lengths given
/// twice, folded lines, trailers among the headers and more, and much of that cannot be told from
/// the fields it hands over. tst_beastparser shows each.
class RequestReader
{
public:
    enum class State {
        Head,    ///< more bytes of the request line or the headers are wanted
        Body,    ///< the head is whole and the body is being skipped
        Done,    ///< request() is whole
        Refused, ///< refusal() says why; nothing more is read
    };

    /// `limits` must outlive it.
    explicit RequestReader(const Limits& limits);

    /// Takes bytes until the request is whole or refused and says how many. What is left belongs
    /// to the next request.
    size_t feed(std::string_view bytes);

    State state() const { return m_state; }
    const Request& request() const { return m_request; }
    const Response& refusal() const { return m_refusal; }
    /// The client waits for "100 Continue" before it sends the body.
    bool wantsContinue() const { return m_wantsContinue; }

private:
    enum class Part { RequestLine, Headers, Counted, ChunkSize, Chunk, ChunkEnd, LastEnd };

    bool isData() const { return m_part == Part::Counted || m_part == Part::Chunk; }
    qsizetype lineRoom() const;
    void lineTooLong();
    void takeLine(QByteArrayView line);
    void takeRequestLine(QByteArrayView line);
    void takeHeader(QByteArrayView line);
    void takeChunkSize(QByteArrayView line);
    void endHead();
    bool checkHost();
    bool checkBody();
    void endData();
    void refuse(int status, const QString& sentence);

    const Limits* m_limits;
    State m_state = State::Head;
    Part m_part = Part::RequestLine;
    QByteArray m_line;
    qsizetype m_headerBytes = 0;
    qint64 m_left = 0;    ///< of the body or the chunk
    qint64 m_taken = 0;   ///< of the body, all chunks together
    bool m_isOld = false; ///< HTTP/1.0
    bool m_wantsContinue = false;
    Request m_request;
    Response m_refusal;
};

} // namespace queuedeck::endpoint
