// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jsonprinter.h"

#include "ui/widgets/format.h"

namespace queuedeck::ui {
namespace {

/// Deeper levels are not indented further, so that the text does not grow with the square of the
/// depth.
constexpr qsizetype kDeepestIndent = 40;
constexpr qsizetype kLongString = 4'000;
/// Characters printed per byte of the limit: for brackets alone it would be eighty.
constexpr qsizetype kMostForOne = 8;
constexpr qsizetype kMostText = 16'000'000;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isNumber(const QByteArray& word)
{
    qsizetype i = word.startsWith('-') ? 1 : 0;
    const auto digits = [&] {
        const qsizetype from = i;
        while (i < word.size() && word[i] >= '0' && word[i] <= '9')
            ++i;
        return i - from;
    };
    const bool startsWithZero = i < word.size() && word[i] == '0';
    const qsizetype whole = digits();
    if (whole == 0 || (startsWithZero && whole > 1))
        return false;
    if (i < word.size() && word[i] == '.') {
        ++i;
        if (digits() == 0)
            return false;
    }
    if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
        ++i;
        if (i < word.size() && (word[i] == '+' || word[i] == '-'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == word.size();
}

class Printer
{
public:
    Printer(const QByteArray& json, qsizetype limit)
        : m_json(json)
        , m_limit(limit < 0 ? json.size() : limit)
    {
        m_out.text.reserve(qMin(json.size(), m_limit) * 5 / 4);
    }

    PrintedJson print()
    {
        while (m_at < m_json.size() && !m_isCut) {
            if (isBlank(m_json[m_at])) {
                ++m_at;
                continue;
            }
            if (m_at >= m_limit || m_out.text.size() > kMostForOne * m_limit + kMostText) {
                m_out.isWhole = false;
                break;
            }
            if (!step()) {
                rest();
                break;
            }
        }
        m_out.printedBytes = m_at;
        return std::move(m_out);
    }

private:
    enum class Want { Value, ValueOrEnd, Key, KeyOrEnd, Colon, CommaOrEnd, Nothing };

    /// Prints one token; false when it has no place here.
    bool step()
    {
        const char c = m_json[m_at];
        switch (c) {
        case '{':
        case '[': return open(c);
        case '}':
        case ']': return close(c);
        case ',': return comma();
        case ':': return colon();
        case '"': return string();
        default: return word();
        }
    }

    bool wantsValue() const { return m_want == Want::Value || m_want == Want::ValueOrEnd; }

    void put(const QString& text, JsonPiece piece)
    {
        const qsizetype start = m_out.text.size();
        if (text.size() <= kLongestPiece)
            m_out.text += text;
        else
            putLong(text);
        m_out.spans.append({start, m_out.text.size() - start, piece});
    }

    void putLong(const QString& text)
    {
        qsizetype at = 0;
        while (at < text.size()) {
            qsizetype end = qMin(at + kLongestPiece, text.size());
            const qsizetype lineEnd = text.lastIndexOf(QLatin1Char('\n'), end - 1);
            if (end < text.size() && text[end - 1].isHighSurrogate())
                --end;
            m_out.text += QStringView(text).sliced(at, end - at);
            if (end < text.size() && lineEnd < at)
                m_out.text += QLatin1Char('\n');
            at = end;
        }
    }

    void newLine()
    {
        m_out.text += QLatin1Char('\n');
        m_out.text += QString(2 * qMin<qsizetype>(m_open.size(), kDeepestIndent), QLatin1Char(' '));
    }

    /// A value begins: the first one in a container starts on a new line.
    void beginItem()
    {
        if (m_want == Want::ValueOrEnd || m_want == Want::KeyOrEnd)
            newLine();
    }

    void endValue() { m_want = m_open.isEmpty() ? Want::Nothing : Want::CommaOrEnd; }

    bool open(char c)
    {
        if (!wantsValue())
            return false;
        beginItem();
        put(QString(QLatin1Char(c)), JsonPiece::Mark);
        m_open.append(c);
        m_want = c == '{' ? Want::KeyOrEnd : Want::ValueOrEnd;
        ++m_at;
        return true;
    }

    bool close(char c)
    {
        const bool isEmpty = m_want == Want::KeyOrEnd || m_want == Want::ValueOrEnd;
        if (m_open.isEmpty() || (!isEmpty && m_want != Want::CommaOrEnd) ||
            m_open.back() != (c == '}' ? '{' : '['))
            return false;
        m_open.chop(1);
        if (!isEmpty)
            newLine();
        put(QString(QLatin1Char(c)), JsonPiece::Mark);
        endValue();
        ++m_at;
        return true;
    }

    bool comma()
    {
        if (m_want != Want::CommaOrEnd)
            return false;
        put(QStringLiteral(","), JsonPiece::Mark);
        newLine();
        m_want = m_open.back() == '{' ? Want::Key : Want::Value;
        ++m_at;
        return true;
    }

    bool colon()
    {
        if (m_want != Want::Colon)
            return false;
        put(QStringLiteral(":"), JsonPiece::Mark);
        m_out.text += QLatin1Char(' ');
        m_want = Want::Value;
        ++m_at;
        return true;
    }

    bool string()
    {
        const bool isKey = m_want == Want::Key || m_want == Want::KeyOrEnd;
        if (!isKey && !wantsValue())
            return false;
        qsizetype end = m_at + 1;
        while (end < m_json.size() && m_json[end] != '"')
            end += m_json[end] == '\\' ? 2 : 1;
        if (end >= m_json.size())
            return false; // never closed
        beginItem();
        if (end > m_limit && end - m_at > kLongString) {
            // A picture inside a string must not bypass the limit.
            const qsizetype cut = qMax(m_limit, m_at + kLongString);
            put(showControls(QString::fromUtf8(m_json.mid(m_at, cut - m_at))), JsonPiece::String);
            m_out.isWhole = false;
            m_at = cut;
            m_isCut = true;
            return true;
        }
        put(showControls(QString::fromUtf8(m_json.mid(m_at, end + 1 - m_at))),
            isKey ? JsonPiece::Key : JsonPiece::String);
        m_at = end + 1;
        if (isKey)
            m_want = Want::Colon;
        else
            endValue();
        return true;
    }

    bool word()
    {
        qsizetype end = m_at;
        while (end < m_json.size() && !isBlank(m_json[end]) &&
               !QByteArrayView("{}[],:\"").contains(m_json[end]))
            ++end;
        const QByteArray text = m_json.mid(m_at, end - m_at);
        const bool isWord = text == "true" || text == "false" || text == "null";
        if (!wantsValue() || (!isWord && !isNumber(text)))
            return false;
        beginItem();
        put(QString::fromLatin1(text), isWord ? JsonPiece::Word : JsonPiece::Number);
        m_at = end;
        endValue();
        return true;
    }

    /// Not JSON from here on: shown as is, up to the limit.
    void rest()
    {
        const qsizetype end = qMin(m_json.size(), qMax(m_limit, m_at + 1));
        put(QString::fromUtf8(m_json.mid(m_at, end - m_at)), JsonPiece::Broken);
        m_out.isWhole = end == m_json.size();
        m_at = end;
    }

    const QByteArray& m_json;
    const qsizetype m_limit;
    qsizetype m_at = 0;
    QByteArray m_open; ///< the brackets that are open
    Want m_want = Want::Value;
    bool m_isCut = false;
    PrintedJson m_out;
};

} // namespace

PrintedJson printJson(const QByteArray& json, qsizetype limit)
{
    return Printer(json, limit).print();
}

} // namespace queuedeck::ui
