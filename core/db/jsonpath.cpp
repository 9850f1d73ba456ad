// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/jsonpath.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
/// Walks through valid JSON without parsing it, so that numbers stay as written.
class Walk
{
public:
    explicit Walk(const QByteArray& json)
        : m_json(json)
    {
        skipSpace();
    }

    char here() const { return m_at < m_json.size() ? m_json[m_at] : '\0'; }

    bool enter(const QString& word)
    {
        if (here() == '{')
            return enterMember(word);
        return here() == '[' && enterPlace(word);
    }

    QByteArray raw()
    {
        const qsizetype from = m_at;
        skipValue();
        return m_json.mid(from, m_at - from);
    }

    QString string() { return decoded(raw()); }

private:
    static QString decoded(const QByteArray& quoted)
    {
        if (!quoted.contains('\\'))
            return QString::fromUtf8(quoted.mid(1, quoted.size() - 2));
        return QJsonDocument::fromJson('[' + quoted + ']').array().at(0).toString();
    }

    void skipSpace()
    {
        while (m_at < m_json.size() && isspace(static_cast<unsigned char>(m_json[m_at])))
            ++m_at;
    }

    void skipString()
    {
        for (++m_at; m_at < m_json.size() && m_json[m_at] != '"'; ++m_at) {
            if (m_json[m_at] == '\\')
                ++m_at;
        }
        ++m_at;
    }

    void skipValue()
    {
        int open = 0;
        do {
            const char c = here();
            if (c == '"') {
                skipString();
                continue;
            }
            if (open == 0 && (c == ',' || c == '}' || c == ']'))
                return; // the end of a number or a word
            open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            ++m_at;
            if (open == 0 && (isspace(static_cast<unsigned char>(here())) || c == '}' || c == ']'))
                return;
        } while (m_at < m_json.size() && (open > 0 || m_json[m_at - 1] != '"'));
    }

    bool enterMember(const QString& key)
    {
        qsizetype found = -1;
        ++m_at;
        for (skipSpace(); here() == '"'; skipSpace()) {
            const QString name = string();
            skipSpace();
            ++m_at; // the colon
            skipSpace();
            if (name == key)
                found = m_at;
            skipValue();
            skipSpace();
            m_at += here() == ',' ? 1 : 0;
        }
        return goTo(found);
    }

    bool enterPlace(const QString& word)
    {
        bool isNumber = false;
        const int place = word.toInt(&isNumber);
        QVector<qsizetype> starts;
        ++m_at;
        for (skipSpace(); isNumber && here() != ']' && here() != '\0'; skipSpace()) {
            const qsizetype start = m_at;
            starts += start;
            skipValue();
            if (m_at == start)
                break; // not valid after all
            skipSpace();
            m_at += here() == ',' ? 1 : 0;
        }
        const qsizetype at = place < 0 ? starts.size() + place : place;
        return isNumber && goTo(starts.value(at, -1));
    }

    bool goTo(qsizetype at)
    {
        m_at = qMax<qsizetype>(at, 0);
        return at >= 0;
    }

    const QByteArray& m_json;
    qsizetype m_at = 0;
};

QByteArray textOf(sqlite3_value* value)
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text ? QByteArray(text, sqlite3_value_bytes(value)) : QByteArray();
}

void payloadIs(sqlite3_context* context, int, sqlite3_value** values)
{
    QStringList path;
    for (const QJsonValue& word : QJsonDocument::fromJson(textOf(values[1])).array())
        path += word.toString();
    sqlite3_result_int(context,
                       jsonValueIs(textOf(values[0]), path, QString::fromUtf8(textOf(values[2]))));
}
} // namespace

QString plainNumber(const QString& text)
{
    static const QRegularExpression kNumber(
        u"^(-?)([0-9]{1,100})(?:\\.([0-9]{1,100}))?(?:[eE]([+-]?[0-9]{1,3}))?$"_s);
    const auto match = kNumber.match(text);
    if (!match.hasMatch())
        return text;
    QString digits = match.captured(2) + match.captured(3);
    const qsizetype scale = match.capturedLength(3) - match.captured(4).toInt();
    if (scale < 0)
        digits += QString(-scale, u'0');
    const qsizetype after = qMax<qsizetype>(scale, 0);
    digits = digits.rightJustified(after + 1, u'0');
    qsizetype zeros = 0;
    while (zeros < digits.size() - after - 1 && digits[zeros] == u'0')
        ++zeros;
    digits.remove(0, zeros);
    const bool isZero = digits.count(u'0') == digits.size();
    if (after > 0)
        digits.insert(digits.size() - after, u'.');
    return (isZero ? QString() : match.captured(1)) + digits;
}

bool jsonValueIs(const QByteArray& json, const QStringList& path, const QString& text)
{
    Walk walk(json);
    for (const QString& word : path) {
        if (!walk.enter(word))
            return false;
    }
    switch (walk.here()) {
    case '"': return walk.string() == text;
    case 't':
    case 'f': return QString::fromLatin1(walk.raw()) == text;
    case '{':
    case '[':
    case 'n':
    case '\0': return false;
    default: return plainNumber(QString::fromLatin1(walk.raw())) == plainNumber(text);
    }
}

void addPayloadFunction(sqlite3* handle)
{
    sqlite3_create_function_v2(handle, "queuedeck_payload_is", 3,
                               SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                               &payloadIs, nullptr, nullptr, nullptr);
}

} // namespace queuedeck::db
