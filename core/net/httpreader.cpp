// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpreader.h"

#include <algorithm>

namespace queuedeck::net {

namespace {
constexpr qsizetype kMostHead = 64 * 1024;
constexpr qsizetype kMostLine = 8 * 1024;

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
} // namespace

HttpReader::State HttpReader::add(const QByteArray& bytes)
{
    if (m_state != State::Wanting)
        return m_state;
    m_buffer += bytes;
    while (m_state == State::Wanting && step()) {
    }
    return m_state;
}

HttpReader::State HttpReader::end()
{
    if (m_state == State::Wanting && m_part == Part::UntilEnd)
        m_state = State::Whole;
    return m_state;
}

bool HttpReader::fail(State state)
{
    m_state = state;
    return false;
}

bool HttpReader::whole()
{
    m_state = State::Whole;
    return false;
}

// True as long as there is something to do with the bytes that are there.
bool HttpReader::step()
{
    QByteArray line;
    switch (m_part) {
    case Part::Head: return readHead();
    case Part::Counted:
    case Part::Chunk: return readCounted();
    case Part::ChunkSize: return readChunkSize();
    case Part::UntilEnd:
        if (m_answer.body.size() + m_buffer.size() > m_mostBytes)
            return fail(State::TooLarge);
        m_answer.body += std::exchange(m_buffer, {});
        return false;
    case Part::ChunkEnd:
        if (!readLine(line, 2))
            return false;
        if (!line.isEmpty())
            return fail(State::NotHttp);
        m_part = Part::ChunkSize;
        return true;
    case Part::Trailer:
        if (!readLine(line, kMostLine))
            return false;
        return line.isEmpty() ? whole() : true;
    }
    return false;
}

bool HttpReader::readLine(QByteArray& line, qsizetype most)
{
    const qsizetype end = m_buffer.indexOf('\n');
    if (end < 0 ? m_buffer.size() > most : end > most)
        return fail(State::NotHttp);
    if (end < 0)
        return false;
    line = m_buffer.left(end);
    m_buffer.remove(0, end + 1);
    if (line.endsWith('\r'))
        line.chop(1);
    return true;
}

bool HttpReader::readHead()
{
    // A server that speaks something else is told from one that is slow by its first bytes.
    const QByteArrayView first =
        QByteArrayView(m_buffer).first(std::min<qsizetype>(5, m_buffer.size()));
    if (!QByteArrayView("HTTP/").startsWith(first))
        return fail(State::NotHttp);
    const qsizetype end = m_buffer.indexOf("\r\n\r\n", std::max<qsizetype>(0, m_searched - 3));
    m_searched = m_buffer.size();
    if (end < 0 ? m_buffer.size() > kMostHead : end > kMostHead)
        return fail(State::NotHttp);
    if (end < 0)
        return false;
    const QByteArray head = m_buffer.left(end);
    m_buffer.remove(0, end + 4);
    m_searched = 0;
    return parseHead(head);
}

bool HttpReader::parseHead(const QByteArray& head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QByteArray first = lines.first().trimmed();
    const QByteArray status = first.mid(9, 3);
    if (!first.startsWith("HTTP/1.") || !isDigits(status) || first.mid(12, 1).trimmed() != "")
        return fail(State::NotHttp);
    m_answer.status = status.toInt();
    m_answer.headers.clear();
    for (const QByteArray& raw : lines.sliced(1)) {
        const QByteArray line = raw.trimmed();
        const qsizetype colon = line.indexOf(':');
        if (colon < 1)
            return fail(State::NotHttp);
        m_answer.headers.append({line.left(colon).toLower(), line.mid(colon + 1).trimmed()});
    }
    if (m_answer.status < 200)
        return m_answer.status == 101 ? fail(State::NotHttp) : true; // the real one follows
    if (m_answer.status == 204 || m_answer.status == 304)
        return whole();
    const QByteArray coding = m_answer.header("transfer-encoding").toLower();
    const QByteArray length = m_answer.header("content-length");
    if (coding.split(',').last().trimmed() == "chunked") { // what stands before it: see decode()
        m_part = Part::ChunkSize;
    } else if (!coding.isEmpty() && coding != "identity") {
        m_part = Part::UntilEnd;
    } else if (!length.isEmpty()) {
        if (!isDigits(length))
            return fail(State::NotHttp);
        bool isNumber = false;
        m_left = length.toLongLong(&isNumber);
        if (!isNumber || m_left > m_mostBytes)
            return fail(State::TooLarge);
        m_part = Part::Counted;
    } else {
        m_part = Part::UntilEnd;
    }
    return true;
}

bool HttpReader::readCounted()
{
    const qsizetype count = std::min<qint64>(m_left, m_buffer.size());
    m_answer.body += m_buffer.left(count);
    m_buffer.remove(0, count);
    m_left -= count;
    if (m_left > 0)
        return false;
    if (m_part == Part::Counted)
        return whole();
    m_part = Part::ChunkEnd;
    return true;
}

bool HttpReader::readChunkSize()
{
    QByteArray line;
    if (!readLine(line, kMostLine))
        return false;
    bool isNumber = false;
    const QByteArray digits = line.split(';').first().trimmed();
    m_left =
        digits.startsWith('-') || digits.startsWith('+') ? -1 : digits.toLongLong(&isNumber, 16);
    if (!isNumber || m_left < 0)
        return fail(State::NotHttp);
    if (m_left > m_mostBytes - m_answer.body.size())
        return fail(State::TooLarge);
    m_part = m_left == 0 ? Part::Trailer : Part::Chunk;
    return true;
}

} // namespace queuedeck::net
