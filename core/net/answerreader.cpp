// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/answerreader.h"

#include <algorithm>

namespace queuedeck::net {

namespace {
constexpr qsizetype kMostHead = 64 * 1024; // all heads and trailers together

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
} // namespace

bool AnswerReader::refuse(Refusal why)
{
    m_refusal = why;
    return false;
}

bool AnswerReader::addLine(QByteArrayView line)
{
    m_headBytes += line.size();
    if (m_headBytes > kMostHead)
        return refuse(Refusal::NotHttp);
    if (m_hasHead)
        return true; // a trailer
    const bool isFolded = line.startsWith(' ') || line.startsWith('\t');
    const QByteArrayView text = line.trimmed();
    if (m_answer.status == 0)
        return addStatus(text);
    if (text.isEmpty()) {
        m_hasHead = m_answer.status >= 200;
        if (!m_hasHead)
            m_answer = {}; // an interim response: the real one follows
    } else if (!isFolded) {
        addField(text);
    } else if (!m_answer.headers.isEmpty()) {
        m_answer.headers.last().second += ' ' + text.toByteArray();
    }
    return true;
}

bool AnswerReader::addStatus(QByteArrayView line)
{
    const QByteArray text = line.toByteArray();
    const QByteArray status = text.mid(9, 3);
    if (!text.startsWith("HTTP/1.") || status.size() != 3 || !isDigits(status) ||
        text.mid(12, 1).trimmed() != "")
        return refuse(Refusal::NotHttp);
    m_answer.status = status.toInt();
    // We never request a protocol upgrade.
    return m_answer.status >= 100 && m_answer.status != 101 ? true : refuse(Refusal::NotHttp);
}

void AnswerReader::addField(QByteArrayView line)
{
    const QByteArray text = line.toByteArray();
    const qsizetype colon = text.indexOf(':');
    const QByteArray name = text.left(colon).toLower();
    if (name != "transfer-encoding")
        m_answer.headers.append({name, text.mid(colon + 1).trimmed()});
}

bool AnswerReader::addBody(QByteArrayView bytes)
{
    if (bytes.size() > m_mostBytes - m_answer.body.size())
        return refuse(Refusal::TooLarge);
    m_answer.body.append(bytes);
    return true;
}

} // namespace queuedeck::net
