// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/payloadquery.h"

#include "core/db/namedsql.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// So many elements of a path may be keys or places; more are taken for keys.
constexpr int kMostNumbers = 3;

// A place in a list, as SQLite writes it; empty if the word is none.
QString place(const QString& word)
{
    bool isNumber = false;
    const int number = word.toInt(&isNumber);
    if (!isNumber)
        return {};
    return number < 0 ? u"[#%1]"_s.arg(number) : u"[%1]"_s.arg(number);
}

// What the path may mean: `a.0` is the key "0" or the first of a list.
QStringList sqlitePaths(const QStringList& path)
{
    QStringList all{u"$"_s};
    int numbers = 0;
    for (const QString& word : path) {
        const QString at = numbers < kMostNumbers ? place(word) : QString();
        numbers += at.isEmpty() ? 0 : 1;
        QStringList longer;
        for (const QString& before : std::as_const(all)) {
            longer += before + u".\""_s + word + u'"';
            if (!at.isEmpty())
                longer += before + at;
        }
        all = longer;
    }
    return all;
}

bool fitsIntoAPath(const QString& word)
{
    return !word.contains(u'"') && !word.contains(u'\\');
}

const QString kPayload = u"CAST(j.\"payload\" AS TEXT)"_s;

// SQLite's paths cannot name every key; this walks down one by one.
QString walkedDown(const QStringList& path, const QString& text, const Bind& bind)
{
    QString from;
    QStringList keys;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const QString parent =
            i == 0 ? kPayload
                   : u"CASE WHEN e%1.type IN ('object', 'array') THEN e%1.value END"_s.arg(i - 1);
        from += u"%1json_each(%2) e%3"_s.arg(i == 0 ? u""_s : u", "_s, parent).arg(i);
        keys += u"CAST(e%1.key AS TEXT) = %2"_s.arg(i).arg(bind(path[i]));
    }
    const QString last = u"e%1"_s.arg(path.size() - 1);
    return u"(CASE WHEN json_valid(%1) THEN EXISTS (SELECT 1 FROM %2 WHERE %3 AND "
           "CASE %4.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'text' THEN "
           "%4.value WHEN 'integer' THEN CAST(%4.value AS TEXT) WHEN 'real' THEN "
           "CAST(%4.value AS TEXT) END = %5) END)"_s.arg(kPayload, from, keys.join(u" AND "_s),
                                                         last, bind(text));
}
} // namespace

QString payloadIsOnSqlite(const QStringList& path, const QString& text, const Bind& bind)
{
    if (!std::all_of(path.cbegin(), path.cend(), fitsIntoAPath))
        return walkedDown(path, text, bind);
    const QString value = bind(text);
    QStringList any;
    for (const QString& jsonPath : sqlitePaths(path)) {
        // A number as it is written, so that 1.10 stays 1.10.
        any += u"CASE json_type(%1, %2) WHEN 'text' THEN json_extract(%1, %2) WHEN 'true' THEN "
               "'true' WHEN 'false' THEN 'false' WHEN 'integer' THEN %1 -> %2 WHEN 'real' THEN "
               "%1 -> %2 END = %3"_s.arg(kPayload, bind(jsonPath), value);
    }
    return u"(CASE WHEN json_valid(%1) THEN (%2) END)"_s.arg(kPayload, any.join(u" OR "_s));
}

QString payloadIsOnPostgres(const QStringList& path, const QString& text, const Bind& bind)
{
    const QString at = u"CAST(%1 AS text[])"_s.arg(bind(db::arrayLiteral(path)));
    return u"({payload_json} #>> %1 = %2 AND {json_typeof}({payload_json} #> %1) IN "
           "('string', 'number', 'boolean'))"_s.arg(at, bind(text));
}

QString uuidPrefix(const QString& text)
{
    const QString lower = text.toLower();
    QString digits = lower;
    digits.remove(u'-');
    const bool isHex = std::all_of(digits.cbegin(), digits.cend(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    });
    if (!isHex || digits.isEmpty() || digits.size() > 32)
        return {};
    QString uuid;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            uuid += u'-';
        uuid += digits[i];
    }
    const bool isWrittenWithout = digits == lower;
    return isWrittenWithout || (uuid + u'-').startsWith(lower) ? uuid : QString();
}

} // namespace queuedeck::store
