// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/timeform.h"

#include "core/db/rows.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// As seconds this is in the year 5138, as milliseconds in 1973.
constexpr qint64 kLeastMilliseconds = 100'000'000'000;

const QString kDay = u"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"_s;

// Adds minutes and colon to zones such as +05 and +0530, which SQLite does not read.
QString withColonInZone(const QString& column)
{
    return u"CASE WHEN length(%1) > 12 AND %1 GLOB '*[+-][0-9][0-9][0-9][0-9]' "
           "THEN substr(%1, 1, length(%1) - 2) || ':' || substr(%1, -2) "
           "WHEN length(%1) > 12 AND %1 GLOB '*[+-][0-9][0-9]' THEN %1 || ':00' ELSE %1 END"_s.arg(
               column);
}

QString fromNumber(const QString& number)
{
    return u"strftime('%Y-%m-%dT%H:%M:%f+00:00', %1 / CASE WHEN abs(%1) < %2 THEN 1.0 "
           "ELSE 1000.0 END, 'unixepoch')"_s.arg(number)
               .arg(kLeastMilliseconds);
}
} // namespace

QVariant timeValue(TimeForm form, const QDateTime& time)
{
    if (!time.isValid())
        return {};
    const QDateTime utc = time.toUTC();
    switch (form) {
    case TimeForm::Ours: break;
    case TimeForm::Zulu: return utc.toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u'Z';
    case TimeForm::Blank: return utc.toString(u"yyyy-MM-dd HH:mm:ss"_s);
    case TimeForm::Milliseconds: return utc.toMSecsSinceEpoch();
    case TimeForm::Seconds: return utc.toSecsSinceEpoch();
    }
    return db::timeText(utc);
}

std::optional<TimeForm> timeFormOf(const QVariant& value)
{
    if (value.typeId() == QMetaType::LongLong || value.typeId() == QMetaType::Double)
        return qAbs(value.toDouble()) < double(kLeastMilliseconds) ? TimeForm::Seconds
                                                                   : TimeForm::Milliseconds;
    const QString text = value.toString();
    if (value.isNull() || !db::parseTime(value).isValid() || text.size() < 11)
        return {};
    if (text[10] == u' ')
        return TimeForm::Blank;
    return text.endsWith(u'Z') ? TimeForm::Zulu : TimeForm::Ours;
}

QString ourTimePattern()
{
    return u'\'' + kDay + u"T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]+00:00'"_s;
}

// SQLite turns 30 February into 2 March when it calculates, and takes a numeric text for a Julian
// day.
QString timeExpression(const QString& column)
{
    return u"(CASE typeof(%1) WHEN 'text' THEN CASE WHEN %1 GLOB '%2*' "
           "AND date(substr(%1, 1, 10), '+0 days') = substr(%1, 1, 10) "
           "THEN strftime('%Y-%m-%dT%H:%M:%f+00:00', %3) "
           "WHEN %1 <> '' AND %1 NOT GLOB '*[^0-9]*' THEN %4 END "
           "WHEN 'integer' THEN %5 WHEN 'real' THEN %5 END)"_s.arg(
               column, kDay, withColonInZone(column),
               fromNumber(u"CAST(%1 AS INTEGER)"_s.arg(column)), fromNumber(column));
}

QString timeFormExpression(const QString& column)
{
    return u"CASE WHEN %2 IS NULL THEN 'unreadable' WHEN typeof(%1) = 'text' THEN CASE "
           "WHEN %1 GLOB '%3T*' THEN 'a text with T' WHEN %1 GLOB '%3 *' THEN 'a text with a "
           "blank' "
           "WHEN %1 GLOB '%3' THEN 'a date' ELSE 'a number in a text' END "
           "WHEN abs(%1) < %4 THEN 'seconds' ELSE 'milliseconds' END"_s
               .arg(column, timeExpression(column), kDay)
               .arg(kLeastMilliseconds);
}

} // namespace queuedeck::store
