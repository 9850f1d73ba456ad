// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filterlexer.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
using Kind = FilterToken::Kind;
using Operator = FilterToken::Operator;

class Lexer
{
public:
    explicit Lexer(const QString& text)
        : m_text(text)
    {
    }

    tl::expected<FilterTokens, TextError> run()
    {
        const qsizetype null = m_text.indexOf(QChar(u'\0'));
        if (null >= 0)
            return tl::unexpected(TextError{
                null, 1, base::Sentence::tr("A filter cannot hold the character U+0000.")});
        FilterTokens tokens;
        while (true) {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                ++m_at;
            FilterToken token = next();
            if (m_error)
                return tl::unexpected(*m_error);
            tokens.push_back(std::move(token));
            if (tokens.back().kind == Kind::End)
                return tokens;
        }
    }

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }
    static bool endsWord(QChar c)
    {
        return c.isNull() || c.isSpace() || c == u'(' || c == u')' || c == u'"';
    }
    static bool isNameChar(QChar c)
    {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') ||
               c == u'_';
    }
    void fail(qsizetype position, qsizetype length, const base::Sentence& message)
    {
        if (!m_error)
            m_error = TextError{position, length, message};
    }

    FilterToken next()
    {
        FilterToken token;
        token.position = m_at;
        const QChar c = peek();
        if (m_at >= m_text.size()) {
            token.kind = Kind::End;
        } else if (c == u'(' || c == u')' || c == u'-') {
            token.kind = c == u'(' ? Kind::Open : c == u')' ? Kind::Close : Kind::Minus;
            ++m_at;
        } else if (c == u'"') {
            token.kind = Kind::Text;
            token.values.push_back(quoted());
        } else if (!readCondition(token)) {
            token.kind = Kind::Text;
            token.values.push_back(bare(false));
            judgeWord(token);
        }
        token.length = m_at - token.position;
        return token;
    }

    void judgeWord(FilterToken& token)
    {
        const QString& word = token.values.front().text;
        if (word.startsWith(u'<') || word.startsWith(u'>') || word.startsWith(u'='))
            fail(token.position, word.size(),
                 base::Sentence::tr(
                     "A comparison follows its field without a space, as in attempts>=3."));
        else if (word.compare("and"_L1, Qt::CaseInsensitive) == 0)
            token.kind = Kind::And;
        else if (word.compare("or"_L1, Qt::CaseInsensitive) == 0)
            token.kind = Kind::Or;
        else if (word.compare("not"_L1, Qt::CaseInsensitive) == 0)
            token.kind = Kind::Not;
    }

    // field operator value,value: a name without an operator after it is a bare word, and nothing
    // is consumed.
    bool readCondition(FilterToken& token)
    {
        const qsizetype start = m_at;
        if (!peek().isLetter())
            return false;
        while (isNameChar(peek()))
            ++m_at;
        token.field = m_text.mid(start, m_at - start).toLower();
        if (token.field == "payload"_L1)
            readPath(token.path);
        if (m_at == start || !readOperator(token.op)) {
            m_at = start;
            m_error.reset(); // the bare word reports a bad quote again
            token.path.clear();
            return false;
        }
        token.kind = Kind::Condition;
        while (!endsWord(peek()) || peek() == u'"') {
            token.values.push_back(peek() == u'"' ? quoted() : bare(true));
            if (peek() != u',')
                break;
            ++m_at;
        }
        return true;
    }

    void readPath(QStringList& path)
    {
        while (peek() == u'.') {
            ++m_at;
            if (peek() == u'"') {
                path.append(quoted().text);
                continue;
            }
            const qsizetype start = m_at;
            while (!endsWord(peek()) && !u".:=<>!"_s.contains(peek()))
                ++m_at;
            path.append(m_text.mid(start, m_at - start));
        }
    }

    bool readOperator(Operator& op)
    {
        // attempts:>=3 means attempts>=3.
        const bool hasColon = peek() == u':';
        if (hasColon)
            ++m_at;
        if (peek() == u'<' || peek() == u'>') {
            const bool isLess = peek() == u'<';
            ++m_at;
            const bool orEqual = peek() == u'=';
            if (orEqual)
                ++m_at;
            op = isLess ? (orEqual ? Operator::LessOrEqual : Operator::Less)
                        : (orEqual ? Operator::GreaterOrEqual : Operator::Greater);
            return true;
        }
        if (hasColon) {
            op = Operator::Has;
            return true;
        }
        if (peek() == u'!' && peek(1) == u'=') {
            m_at += 2;
            op = Operator::NotEqual;
            return true;
        }
        if (peek() == u'=') {
            ++m_at;
            op = Operator::Equal;
            return true;
        }
        return false;
    }

    FilterValue bare(bool stopAtComma)
    {
        FilterValue value;
        value.position = m_at;
        while (!endsWord(peek()) && !(stopAtComma && peek() == u','))
            ++m_at;
        value.length = m_at - value.position;
        value.text = m_text.mid(value.position, value.length);
        return value;
    }

    // \" and \\ stand for a quote and a backslash; any other backslash is literal.
    FilterValue quoted()
    {
        FilterValue value;
        value.isQuoted = true;
        value.position = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != u'"') {
            if (m_text[m_at] == u'\\' && (peek(1) == u'"' || peek(1) == u'\\'))
                ++m_at;
            value.text += m_text[m_at++];
        }
        if (m_at < m_text.size())
            ++m_at;
        else
            fail(value.position, m_text.size() - value.position,
                 base::Sentence::tr("This quote is not closed."));
        value.length = m_at - value.position;
        return value;
    }

    const QString& m_text;
    qsizetype m_at = 0;
    std::optional<TextError> m_error;
};
} // namespace

tl::expected<FilterTokens, TextError> lexFilter(const QString& text)
{
    return Lexer(text).run();
}

} // namespace queuedeck::domain
