// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/payloadquery.h"

#include "core/db/jsonpath.h"
#include "core/db/namedsql.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

QString payloadIsOnSqlite(const QStringList& path, const QString& text, const Bind& bind)
{
    return u"(CASE WHEN json_valid(CAST(j.\"payload\" AS TEXT)) THEN "
           "queuedeck_payload_is(CAST(j.\"payload\" AS TEXT), %1, %2) END)"_s.arg(
               bind(db::jsonArray(path)), bind(text));
}

// jsonb normalises numbers; json keeps them as written.
QString payloadIsOnPostgres(const QStringList& path, const QString& text, const Bind& bind)
{
    const QString at = u"CAST(%1 AS text[])"_s.arg(bind(db::arrayLiteral(path)));
    const QString value = u"({payload_json} #>> %1)"_s.arg(at);
    const QString plain = uR"(CASE WHEN length(%1) < 200 AND %1 ~
            '^(-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9][0-9]?[0-9]?|-0(\.0+)?)$'
            THEN CAST(CAST(%1 AS numeric) AS text) ELSE %1 END)"_s.arg(value);
    return u"(CASE {json_typeof}({payload_json} #> %1) WHEN 'number' THEN %2 = %3 "
           "WHEN 'string' THEN %4 = %5 WHEN 'boolean' THEN %4 = %5 END)"_s.arg(
               at, plain, bind(db::plainNumber(text)), value, bind(text));
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
