// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// Reads one HTTP/1 answer from the bytes of a connection, in whatever pieces they come. Knows no
/// socket. Answers with 1xx before the real one are skipped.
class HttpReader
{
public:
    enum class State { Wanting, Whole, NotHttp, TooLarge };

    explicit HttpReader(qint64 mostBytes)
        : m_mostBytes(mostBytes)
    {
    }

    State add(const QByteArray& bytes);
    /// The connection ended: an answer without a length is whole now; others stay Wanting.
    State end();
    State state() const { return m_state; }
    const HttpAnswer& answer() const { return m_answer; }

private:
    enum class Part { Head, Counted, UntilEnd, ChunkSize, Chunk, ChunkEnd, Trailer };

    bool step();
    bool readHead();
    bool parseHead(const QByteArray& head);
    bool readCounted();
    bool readChunkSize();
    bool readLine(QByteArray& line, qsizetype most);
    bool fail(State state);
    bool whole();

    const qint64 m_mostBytes;
    State m_state = State::Wanting;
    Part m_part = Part::Head;
    qint64 m_left = 0; ///< of the body, or of the chunk
    QByteArray m_buffer;
    qsizetype m_searched = 0; ///< of the buffer, for the end of the head
    HttpAnswer m_answer;
};

} // namespace queuedeck::net
