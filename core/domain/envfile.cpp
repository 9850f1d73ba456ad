// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/envfile.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr qsizetype kLongestValue = 64 * 1024;

bool isNameLetter(QChar one)
{
    return (one.unicode() < 0x80 && one.isLetterOrNumber()) || one == u'_' || one == u'.' ||
           one == u'-';
}

class Reading
{
public:
    explicit Reading(const QString& text)
        : m_text(text)
    {
    }

    QVector<EnvVariable> run()
    {
        if (m_text.startsWith(QChar(QChar::ByteOrderMark)))
            ++m_at;
        while (m_at < m_text.size()) {
            readLine();
            skipLine();
        }
        return m_found;
    }

private:
    bool isAtEnd() const { return m_at >= m_text.size(); }
    QChar now() const { return isAtEnd() ? QChar() : m_text[m_at]; }
    void skipBlanks()
    {
        while (!isAtEnd() && now() != u'\n' && now().isSpace())
            ++m_at;
    }
    void skipLine()
    {
        while (!isAtEnd() && now() != u'\n')
            ++m_at;
        ++m_at;
        ++m_line;
    }
    QString readName()
    {
        const qsizetype from = m_at;
        while (!isAtEnd() && isNameLetter(now()))
            ++m_at;
        return m_text.mid(from, m_at - from);
    }

    void readLine()
    {
        skipBlanks();
        EnvVariable variable;
        variable.line = m_line;
        variable.name = readName();
        if (variable.name == "export"_L1) {
            skipBlanks();
            variable.name = readName();
        }
        skipBlanks();
        if (variable.name.isEmpty() || (now() != u'=' && now() != u':'))
            return;
        ++m_at;
        skipBlanks();
        const QChar quote = now();
        const bool isQuoted = quote == u'"' || quote == u'\'' || quote == u'`';
        if (isQuoted && closes(quote)) {
            variable.value = quoted(quote);
            if (quote == u'"')
                expand(variable);
        } else {
            variable.value = unquoted();
            expand(variable);
        }
        m_values[variable.name] = variable.value;
        m_found += variable;
    }

    // A quote that nothing closes is a letter of the value.
    bool closes(QChar quote) const
    {
        for (qsizetype at = m_at + 1; at < m_text.size() && at - m_at < kLongestValue; ++at) {
            if (m_text[at] == u'\\' && quote == u'"')
                ++at;
            else if (m_text[at] == quote)
                return true;
        }
        return false;
    }

    QString quoted(QChar quote)
    {
        QString value;
        for (++m_at; now() != quote; ++m_at) {
            if (now() == u'\n')
                ++m_line;
            if (quote != u'"' || now() != u'\\') {
                value += now();
                continue;
            }
            ++m_at;
            switch (now().unicode()) {
            case 'n': value += u'\n'; break;
            case 'r': value += u'\r'; break;
            case 't': value += u'\t'; break;
            case '$': value += kLiteralDollar; break;
            case '"':
            case '\\': value += now(); break;
            default: value += u'\\' + QString(now()); break;
            }
        }
        return value;
    }

    // Up to a comment, which a blank precedes: # may be part of a password.
    QString unquoted()
    {
        const qsizetype from = m_at;
        while (!isAtEnd() && now() != u'\n' &&
               !(now() == u'#' && (m_at == from || m_text[m_at - 1].isSpace())))
            ++m_at;
        return m_text.mid(from, m_at - from).trimmed().left(kLongestValue);
    }

    void expand(EnvVariable& variable)
    {
        QString value;
        const QString& text = variable.value;
        for (qsizetype at = 0; at < text.size() && value.size() < kLongestValue; ++at) {
            if (text[at] == kLiteralDollar) {
                value += u'$';
                continue;
            }
            const bool isBraced = text[at] == u'$' && at + 1 < text.size() && text[at + 1] == u'{';
            const qsizetype from = at + (isBraced ? 2 : 1);
            qsizetype to = from;
            while (text[at] == u'$' && to < text.size() && isNameLetter(text[to]) &&
                   (isBraced || (text[to] != u'.' && text[to] != u'-')))
                ++to;
            const bool isClosed = !isBraced || (to < text.size() && text[to] == u'}');
            if (text[at] != u'$' || to == from || !isClosed || text[from].isDigit()) {
                value += text[at];
                continue;
            }
            const QString name = text.mid(from, to - from);
            variable.isWhole = variable.isWhole && m_values.contains(name);
            value += m_values.value(name);
            at = to - (isBraced ? 0 : 1);
        }
        variable.value = value.left(kLongestValue);
    }

    static constexpr QChar kLiteralDollar{u'\uE000'}; // of the private use area, for \$

    const QString& m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    QHash<QString, QString> m_values;
    QVector<EnvVariable> m_found;
};
} // namespace

QVector<EnvVariable> parseEnvFile(const QString& text)
{
    return Reading(text).run();
}

} // namespace queuedeck::domain
