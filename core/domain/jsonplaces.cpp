// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jsonplaces.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace queuedeck::domain {

namespace {
constexpr int kDeepestLists = 64;

QString textOf(QByteArrayView string)
{
    if (!string.contains('\\'))
        return QString::fromUtf8(string.sliced(1, string.size() - 2));
    const QJsonDocument list = QJsonDocument::fromJson('[' + string.toByteArray() + ']');
    // Bytes that Qt refuses, such as control characters, are no reason to miss a name.
    return list.isArray() ? list.array().at(0).toString()
                          : QString::fromUtf8(string.sliced(1, string.size() - 2));
}

/// Walks a text that is one JSON value.
class Walker
{
public:
    explicit Walker(const QByteArray& json)
        : m_at(json.constData())
        , m_begin(m_at)
        , m_end(m_at + json.size())
    {
        skipSpace();
    }

    void find(const QStringList& path, qsizetype step, int lists, QVector<JsonSpan>& found)
    {
        if (step == path.size() || lists > kDeepestLists) {
            found += value();
            return;
        }
        if (take('[')) {
            while (!isEnd() && !take(']')) {
                find(path, step, lists + 1, found);
                next();
            }
        } else if (take('{')) {
            while (!isEnd() && !take('}')) {
                if (name() == path[step])
                    find(path, step + 1, lists, found);
                else
                    value();
                next();
            }
        } else {
            value();
        }
    }

    void list(const QStringList& path, int depth, QVector<JsonPlace>& places)
    {
        if (m_at == m_end || *m_at != '{' || depth == 0) {
            places += {path, value()};
            return;
        }
        const char* const start = m_at;
        const qsizetype before = places.size();
        take('{');
        bool isEmpty = true;
        while (!isEnd() && !take('}')) {
            isEmpty = false;
            const QString key = name();
            if (key.contains(u'.') || key.isEmpty()) {
                places.resize(before); // cannot be named: the object as a whole
                m_at = start;
                places += {path, value()};
                return;
            }
            list(path + QStringList{key}, depth - 1, places);
            next();
        }
        if (isEmpty && !path.isEmpty())
            places += {path, {start - m_begin, m_at - start}};
    }

private:
    bool isEnd() const { return m_at == m_end; }

    void skipSpace()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r'))
            ++m_at;
    }

    bool take(char c)
    {
        skipSpace();
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        skipSpace();
        return true;
    }

    void next() { take(','); }

    QByteArrayView string()
    {
        const char* const start = m_at;
        for (++m_at; m_at != m_end && *m_at != '"'; ++m_at) {
            if (*m_at == '\\' && m_at + 1 != m_end)
                ++m_at;
        }
        if (m_at != m_end)
            ++m_at;
        return {start, m_at - start};
    }

    QString name()
    {
        skipSpace();
        const QString key = textOf(string());
        take(':');
        return key;
    }

    // Past a value, whatever its depth.
    JsonSpan value()
    {
        skipSpace();
        const char* const start = m_at;
        for (int depth = 0; m_at != m_end;) {
            const char c = *m_at;
            if (c == '"') {
                string();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
                continue;
            } else if (c == '}' || c == ']') {
                --depth;
                ++m_at;
            } else if (depth > 0) {
                ++m_at;
                continue;
            } else {
                while (m_at != m_end && !QByteArrayView(" \t\r\n,}]").contains(*m_at))
                    ++m_at;
            }
            if (depth <= 0)
                break;
        }
        return {start - m_begin, m_at - start};
    }

    const char* m_at;
    const char* const m_begin;
    const char* const m_end;
};
} // namespace

QVector<JsonSpan> valuesAt(const QByteArray& json, const QStringList& path)
{
    QVector<JsonSpan> found;
    Walker(json).find(path, 0, 0, found);
    return found;
}

QVector<JsonPlace> placesIn(const QByteArray& json, int depth)
{
    QVector<JsonPlace> places;
    Walker walker(json);
    if (json.trimmed().startsWith('{'))
        walker.list({}, depth, places);
    if (places.size() == 1 && places.first().path.isEmpty())
        places.clear(); // names that cannot be told: the payload as a whole only
    return places;
}

QString jsonValueText(QByteArrayView value)
{
    return value.startsWith('"') && value.size() > 1 ? textOf(value) : QString::fromUtf8(value);
}

} // namespace queuedeck::domain
