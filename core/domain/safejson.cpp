// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/safejson.h"

#include "core/base/visibletext.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace queuedeck::domain {

namespace {
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Scans a JSON text once. Keeps open brackets on its own stack, so that depth costs heap memory,
/// not call stack.
class Scanner
{
public:
    explicit Scanner(const QByteArray& text)
        : m_at(text.constData())
        , m_end(text.constData() + text.size())
    {
    }

    bool isOneValue()
    {
        for (;;) {
            if (!begin())
                return false;
            // After a value: its container continues, or ends and is itself a value.
            for (;;) {
                skipSpace();
                if (m_open.isEmpty())
                    return m_at == m_end;
                if (take(',')) {
                    if (m_open.back() == '{' && !key())
                        return false;
                    break;
                }
                if (!take(m_open.back() == '{' ? '}' : ']'))
                    return false;
                m_open.chop(1);
            }
        }
    }

private:
    // A whole value, or the start of a non-empty container up to its first element.
    bool begin()
    {
        for (;;) {
            skipSpace();
            if (m_at == m_end)
                return false;
            const char first = *m_at;
            if (first == '"')
                return string();
            if (first != '{' && first != '[')
                return number() || word("true") || word("false") || word("null");
            ++m_at;
            skipSpace();
            if (take(first == '{' ? '}' : ']'))
                return true;
            m_open += first;
            if (first == '{' && !key())
                return false;
        }
    }

    bool key()
    {
        skipSpace();
        if (m_at == m_end || *m_at != '"' || !string())
            return false;
        skipSpace();
        return take(':');
    }

    bool string()
    {
        for (++m_at; m_at != m_end; ++m_at) {
            if (*m_at == '"') {
                ++m_at;
                return true;
            }
            if (*m_at != '\\')
                continue;
            if (++m_at == m_end)
                return false;
            if (*m_at == 'u') {
                if (m_end - m_at < 5 || !std::all_of(m_at + 1, m_at + 5, isHex))
                    return false;
                m_at += 4;
            } else if (!QByteArrayView("\"\\/bfnrt").contains(*m_at)) {
                return false;
            }
        }
        return false;
    }

    bool number()
    {
        const char* const start = m_at;
        take('-');
        if (!take('0') && !digits())
            return back(start);
        if (take('.') && !digits())
            return back(start);
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!digits())
                return back(start);
        }
        return true;
    }

    bool digits()
    {
        const char* const start = m_at;
        while (m_at != m_end && isDigit(*m_at))
            ++m_at;
        return m_at != start;
    }

    bool word(QByteArrayView word)
    {
        if (!QByteArrayView(m_at, m_end - m_at).startsWith(word))
            return false;
        m_at += word.size();
        return true;
    }

    bool back(const char* to)
    {
        m_at = to;
        return false;
    }

    bool take(char c)
    {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r'))
            ++m_at;
    }

    const char* m_at;
    const char* const m_end;
    QByteArray m_open; ///< '{' and '['
};

struct Character
{
    char32_t code = 0; ///< U+FFFD for a byte that is not UTF-8
    int size = 1;      ///< in bytes
};

// Only shortest forms and no surrogates, as UTF-8 is defined.
Character utf8At(const char* at, const char* end)
{
    const auto first = uint8_t(*at);
    const int size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    constexpr char32_t kNone = 0xFFFD;
    if (size == 1)
        return {first, 1};
    if (size == 0 || end - at < size)
        return {kNone, 1};
    char32_t code = first & (0x7FU >> size);
    for (int i = 1; i < size; ++i) {
        if ((uint8_t(at[i]) & 0xC0) != 0x80)
            return {kNone, 1};
        code = (code << 6) | (uint8_t(at[i]) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    if (code < kLeast[size_t(size)] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return {kNone, 1};
    return {code, size};
}

void addUnit(QByteArray& out, char32_t unit)
{
    out += "\\u" + QByteArray::number(uint(unit), 16).rightJustified(4, '0');
}

void addEscaped(QByteArray& out, char32_t code)
{
    if (code < 0x10000)
        return addUnit(out, code);
    addUnit(out, QChar::highSurrogate(code));
    addUnit(out, QChar::lowSurrogate(code));
}
} // namespace

bool isOneJsonValue(const QByteArray& text)
{
    return Scanner(text).isOneValue();
}

QByteArray safeJson(const QByteArray& document)
{
    QByteArray out;
    out.reserve(document.size());
    bool isInString = false;
    const char* const end = document.constData() + document.size();
    for (const char* at = document.constData(); at != end;) {
        const Character character = utf8At(at, end);
        const bool isBroken = character.code == 0xFFFD && character.size == 1;
        if (isInString && *at == '\\' && end - at > 1 && uint8_t(at[1]) < 0x80) {
            out.append(at, 2); // an escaped character never ends the string
            at += 2;
            continue;
        }
        if (*at == '"')
            isInString = !isInString;
        if (isBroken)
            out += "\\ufffd";
        else if (base::isHarmless(character.code))
            out.append(at, character.size);
        else if (isInString)
            addEscaped(out, character.code);
        else
            out += ' '; // there is only white space between tokens
        at += character.size;
    }
    return out;
}

} // namespace queuedeck::domain
