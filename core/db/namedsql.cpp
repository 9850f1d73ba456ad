// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/namedsql.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
bool isNameStart(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

// The position after the quoted text or comment that begins at `i`, or `i` if none does.
qsizetype skipQuoted(const QString& sql, qsizetype i)
{
    const QChar c = sql[i];
    if (c == u'\'' || c == u'"') {
        const qsizetype end = sql.indexOf(c, i + 1); // a doubled quote works as two quoted parts
        return end < 0 ? sql.size() : end + 1;
    }
    if (c == u'-' && i + 1 < sql.size() && sql[i + 1] == u'-') {
        const qsizetype end = sql.indexOf(u'\n', i);
        return end < 0 ? sql.size() : end;
    }
    return i;
}
} // namespace

QString jsonArray(const QStringList& texts)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact));
}

QString arrayLiteral(const QStringList& texts)
{
    QString literal = u"{"_s;
    for (const QString& text : texts) {
        if (literal.size() > 1)
            literal += u',';
        if (text.isNull()) {
            literal += "NULL"_L1;
            continue;
        }
        literal += u'"';
        for (const QChar c : text) {
            if (c == u'"' || c == u'\\')
                literal += u'\\';
            if (!c.isNull()) // PostgreSQL's text cannot contain NUL
                literal += c;
        }
        literal += u'"';
    }
    return literal + u'}';
}

void appendCopyField(QByteArray& row, QByteArrayView value)
{
    for (const char c : value) {
        switch (c) {
        case '\\': row += "\\\\"; break;
        case '\t': row += "\\t"; break;
        case '\n': row += "\\n"; break;
        case '\r': row += "\\r"; break;
        default: row += c;
        }
    }
}

NamedSql NamedSql::parse(const QString& sql)
{
    NamedSql result;
    result.numbered.reserve(sql.size());
    for (qsizetype i = 0; i < sql.size();) {
        const qsizetype behind = skipQuoted(sql, i);
        if (behind > i) {
            result.numbered += QStringView(sql).mid(i, behind - i);
            i = behind;
        } else if (sql[i] == u':' && i + 1 < sql.size() && sql[i + 1] == u':') {
            result.numbered += u"::"_s;
            i += 2;
        } else if (sql[i] == u':' && i + 1 < sql.size() && isNameStart(sql[i + 1])) {
            qsizetype end = i + 1;
            while (end < sql.size() && isNamePart(sql[end]))
                ++end;
            const QString name = sql.mid(i + 1, end - i - 1);
            qsizetype index = result.names.indexOf(name);
            if (index < 0) {
                index = result.names.size();
                result.names += name;
            }
            result.numbered += u'$' + QString::number(index + 1);
            i = end;
        } else {
            result.numbered += sql[i++];
        }
    }
    return result;
}

std::vector<QString> splitStep(const QString& sql)
{
    std::vector<QString> statements;
    const QStringList lines = sql.split(u'\n');
    QString current;
    for (const QString& line : lines) {
        if (line.trimmed() == u";") {
            statements.push_back(current.trimmed());
            current.clear();
        } else {
            current += line + u'\n';
        }
    }
    if (!current.trimmed().isEmpty())
        statements.push_back(current.trimmed());
    return statements;
}

} // namespace queuedeck::db
