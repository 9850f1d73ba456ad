// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// Assembles one response from what libcurl delivers: head lines, then the body. Interim (1xx)
/// responses and trailers are dropped. libcurl is more lenient than we are about what is HTTP, and
/// limits only the declared size of a body. Knows no connection. Private to this room.
class AnswerReader
{
public:
    enum class Refusal { None, NotHttp, TooLarge };

    explicit AnswerReader(qint64 mostBytes)
        : m_mostBytes(mostBytes)
    {
    }

    /// One line with its line end; the empty one ends a head. False: refused, stop reading.
    bool addLine(QByteArrayView line);
    bool addBody(QByteArrayView bytes);

    Refusal refusal() const { return m_refusal; }
    bool hasHead() const { return m_hasHead; }
    /// As received, except for the transfer encoding, which libcurl decodes.
    const HttpAnswer& answer() const { return m_answer; }

private:
    bool addStatus(QByteArrayView line);
    void addField(QByteArrayView line);
    bool refuse(Refusal why);

    const qint64 m_mostBytes;
    Refusal m_refusal = Refusal::None;
    bool m_hasHead = false; ///< of the final response
    qsizetype m_headBytes = 0;
    HttpAnswer m_answer;
};

} // namespace queuedeck::net
