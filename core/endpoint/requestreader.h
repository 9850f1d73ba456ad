// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/limits.h"
#include "core/endpoint/message.h"

#include <string_view>

namespace queuedeck::endpoint {

/// Reads one HTTP/1.1 request, strictly: anything that a proxy and we could interpret differently
/// is refused and ends the connection, since that is how requests are smuggled. It is fed as bytes
/// arrive, keeps no more than its limits, and skips the body. Pure: no socket, no clock.
///
/// Not Beast's parser: it treats an unknown Transfer-Encoding as no body, and accepts duplicate
/// lengths, folded lines, trailers among the headers and more, much of which cannot be detected
/// from the fields it returns. tst_beastparser shows each.
class RequestReader
{
public:
    enum class State {
        Head,    ///< more bytes of the request line or the headers are needed
        Body,    ///< the head is complete and the body is being skipped
        Done,    ///< request() is complete
        Refused, ///< refusal() says why; nothing more is read
    };

    /// `limits` must outlive it.
    explicit RequestReader(const Limits& limits);

    /// Consumes bytes until the request is complete or refused, and returns how many. The rest
    /// belongs to the next request.
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
    qint64 m_left = 0;    ///< remaining bytes of the body or the chunk
    qint64 m_taken = 0;   ///< bytes of the body, all chunks together
    bool m_isOld = false; ///< HTTP/1.0
    bool m_wantsContinue = false;
    Request m_request;
    Response m_refusal;
};

} // namespace queuedeck::endpoint
