// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// Puts one answer together from what libcurl hands over: the lines of its heads, then its body.
/// Answers with 1xx before the real one and trailers behind it are dropped. libcurl is more lenient
/// than we are about what is HTTP, and counts only what a body is said to have. Knows no
/// connection. Private to this room.
class AnswerReader
{
public:
    enum class Refusal { None, NotHttp, TooLarge };

    explicit AnswerReader(qint64 mostBytes)
        : m_mostBytes(mostBytes)
    {
    }

    /// One line with its end; the empty one ends a head. False: refused, read no further.
    bool addLine(QByteArrayView line);
    bool addBody(QByteArrayView bytes);

    Refusal refusal() const { return m_refusal; }
    bool hasHead() const { return m_hasHead; }
    /// As it came but for the coding of its transfer, which libcurl undoes.
    const HttpAnswer& answer() const { return m_answer; }

private:
    bool addStatus(QByteArrayView line);
    void addField(QByteArrayView line);
    bool refuse(Refusal why);

    const qint64 m_mostBytes;
    Refusal m_refusal = Refusal::None;
    bool m_hasHead = false; ///< of the real answer
    qsizetype m_headBytes = 0;
    HttpAnswer m_answer;
};

} // namespace queuedeck::net
