// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/requestreader.h"

#include <QByteArrayList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
constexpr qsizetype kMethodLength = 16;
constexpr qsizetype kNumberLength = 15;   ///< more digits than any length we would accept
constexpr qsizetype kChunkSizeLength = 8; ///< hexadecimal digits
constexpr qsizetype kLineEnd = 2;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isTokenCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isNumber(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit);
}

bool isPrintable(char c)
{
    return c > 0x20 && c < 0x7F;
}

bool isValueCharacter(char c)
{
    const auto code = static_cast<unsigned char>(c);
    return c == '\t' || (code >= 0x20 && code != 0x7F);
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool listHas(const QByteArray& list, QByteArrayView word)
{
    const auto words = list.split(',');
    return std::any_of(words.begin(), words.end(), [word](const QByteArray& one) {
        return one.trimmed().compare(word, Qt::CaseInsensitive) == 0;
    });
}
} // namespace

RequestReader::RequestReader(const Limits& limits)
    : m_limits(&limits)
{
}

size_t RequestReader::feed(std::string_view bytes)
{
    size_t used = 0;
    while (used < bytes.size() && (m_state == State::Head || m_state == State::Body)) {
        const std::string_view rest = bytes.substr(used);
        if (isData()) {
            const qint64 taken = std::min(m_left, qint64(rest.size()));
            used += size_t(taken);
            m_left -= taken;
            if (m_left == 0)
                endData();
            continue;
        }
        const size_t end = rest.find('\n');
        const std::string_view piece = rest.substr(0, end);
        used += piece.size();
        if (m_line.size() + qsizetype(piece.size()) > lineRoom()) {
            lineTooLong();
            break;
        }
        m_line.append(piece.data(), qsizetype(piece.size()));
        if (end == std::string_view::npos)
            break;
        ++used;
        if (!m_line.endsWith('\r')) {
            refuse(400, u"A line does not end in CR LF."_s);
            break;
        }
        const QByteArray line = std::exchange(m_line, {});
        takeLine(QByteArrayView(line).chopped(1));
    }
    return used;
}

// Includes the CR, which stays in the line until it is complete.
qsizetype RequestReader::lineRoom() const
{
    switch (m_part) {
    case Part::RequestLine: return m_limits->requestLine;
    case Part::Headers: return m_limits->headers - m_headerBytes;
    case Part::ChunkSize: return kChunkSizeLength + 1;
    default: return 1;
    }
}

void RequestReader::lineTooLong()
{
    if (m_part == Part::RequestLine)
        refuse(414, u"The request line is longer than %1 bytes."_s.arg(m_limits->requestLine));
    else if (m_part == Part::Headers)
        refuse(431, u"The headers are longer than %1 bytes."_s.arg(m_limits->headers));
    else
        refuse(400, u"The chunks of the body are malformed."_s);
}

void RequestReader::takeLine(QByteArrayView line)
{
    switch (m_part) {
    case Part::RequestLine: takeRequestLine(line); break;
    case Part::Headers:
        m_headerBytes += line.size() + kLineEnd;
        if (line.isEmpty())
            endHead();
        else
            takeHeader(line);
        break;
    case Part::ChunkSize: takeChunkSize(line); break;
    case Part::ChunkEnd:
    case Part::LastEnd:
        // No route needs trailers, and late headers have fooled many programs.
        if (!line.isEmpty())
            refuse(400, u"The chunks of the body are malformed."_s);
        else if (m_part == Part::LastEnd)
            m_state = State::Done;
        else
            m_part = Part::ChunkSize;
        break;
    default: break;
    }
}

void RequestReader::takeRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0)
        return refuse(400, u"The request line is malformed."_s);
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, second - first - 1);
    const QByteArrayView version = line.sliced(second + 1);
    if (!isToken(method) || method.size() > kMethodLength)
        return refuse(400, u"The method is malformed."_s);
    if (target.isEmpty() || !std::all_of(target.begin(), target.end(), isPrintable))
        return refuse(400, u"The address in the request line is malformed."_s);
    if (target.front() != '/')
        return refuse(400, u"The address in the request line must begin with a slash."_s);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        const bool isVersion = version.size() == 8 && version.startsWith("HTTP/") &&
                               isDigit(version[5]) && version[6] == '.' && isDigit(version[7]);
        return refuse(isVersion ? 505 : 400, u"Only HTTP/1.1 and HTTP/1.0 are spoken here."_s);
    }
    m_isOld = version.endsWith('0');
    m_request.method = method.toByteArray();
    const qsizetype mark = target.indexOf('?');
    m_request.path = (mark < 0 ? target : target.first(mark)).toByteArray();
    m_request.query = mark < 0 ? QByteArray() : target.sliced(mark + 1).toByteArray();
    m_part = Part::Headers;
}

void RequestReader::takeHeader(QByteArrayView line)
{
    if (int(m_request.headers.size()) >= m_limits->headerCount)
        return refuse(431, u"There are more than %1 headers."_s.arg(m_limits->headerCount));
    const qsizetype colon = line.indexOf(':');
    // A leading blank makes a folded line, a blank before the colon a name that other programs read
    // differently; neither is a token.
    if (colon < 0 || !isToken(line.first(colon)))
        return refuse(400, u"The name of a header is malformed."_s);
    const QByteArrayView value = trimmed(line.sliced(colon + 1));
    if (!std::all_of(value.begin(), value.end(), isValueCharacter))
        return refuse(400, u"A header holds a control character."_s);
    m_request.headers.push_back({line.first(colon).toByteArray().toLower(), value.toByteArray()});
}

void RequestReader::endHead()
{
    if (!checkHost() || !checkBody())
        return;
    const QByteArray connection = m_request.only("connection");
    m_request.keepAlive = m_isOld
                              ? listHas(connection, "keep-alive")
                              : m_request.count("connection") <= 1 && !listHas(connection, "close");
    if (m_request.count("expect") > 0) {
        if (m_request.only("expect").compare("100-continue", Qt::CaseInsensitive) != 0)
            return refuse(417, u"The only expectation known here is 100-continue."_s);
        m_wantsContinue = !m_isOld && m_state == State::Body;
    }
}

bool RequestReader::checkHost()
{
    const int hosts = m_request.count("host");
    if (hosts > 1 || (hosts == 0 && !m_isOld)) {
        refuse(400, u"There must be one Host header."_s);
        return false;
    }
    return true;
}

bool RequestReader::checkBody()
{
    const int lengths = m_request.count("content-length");
    const int codings = m_request.count("transfer-encoding");
    const auto no = [this](int status, const QString& sentence) {
        refuse(status, sentence);
        return false;
    };
    if (codings > 0) {
        if (lengths > 0)
            return no(400, u"Content-Length and Transfer-Encoding exclude each other."_s);
        if (m_isOld ||
            m_request.only("transfer-encoding").compare("chunked", Qt::CaseInsensitive) != 0)
            return no(400, u"The only Transfer-Encoding known here is chunked."_s);
        m_state = State::Body;
        m_part = Part::ChunkSize;
        return true;
    }
    if (lengths > 0) {
        const QByteArray length = m_request.only("content-length");
        if (!isNumber(length) || length.size() > kNumberLength)
            return no(400, u"The Content-Length is malformed."_s);
        m_left = length.toLongLong();
        if (m_left > m_limits->body)
            return no(413, u"The body is larger than %1 bytes."_s.arg(m_limits->body));
    }
    m_state = m_left > 0 ? State::Body : State::Done;
    m_part = Part::Counted;
    return true;
}

void RequestReader::takeChunkSize(QByteArrayView line)
{
    const auto isHex = [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (line.isEmpty() || !std::all_of(line.begin(), line.end(), isHex))
        return refuse(400, u"The chunks of the body are malformed."_s);
    m_left = line.toByteArray().toLongLong(nullptr, 16);
    m_taken += m_left;
    if (m_taken > m_limits->body)
        return refuse(413, u"The body is larger than %1 bytes."_s.arg(m_limits->body));
    m_part = m_left == 0 ? Part::LastEnd : Part::Chunk;
}

void RequestReader::endData()
{
    if (m_part == Part::Counted)
        m_state = State::Done;
    else
        m_part = Part::ChunkEnd;
}

void RequestReader::refuse(int status, const QString& sentence)
{
    m_state = State::Refused;
    m_refusal = errorResponse(status, sentence);
    m_refusal.close = true;
    m_line.clear();
}

} // namespace queuedeck::endpoint
