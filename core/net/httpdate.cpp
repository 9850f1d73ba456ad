// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpdate.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
constexpr int kYearsAhead = 50; ///< RFC 9110: anything further ahead is in the past

int monthOf(const QString& name)
{
    static const QString kNames = u"janfebmaraprmayjunjulaugsepoctnovdec"_s;
    const qsizetype at = kNames.indexOf(name.toLower());
    return at < 0 || at % 3 != 0 ? 0 : int(at / 3) + 1;
}

int yearOf(const QString& digits, const QDateTime& now)
{
    const int year = digits.toInt();
    if (digits.size() > 2)
        return year;
    const int thisYear = now.toUTC().date().year();
    const int full = thisYear - thisYear % 100 + year;
    return full > thisYear + kYearsAhead ? full - 100 : full;
}
} // namespace

std::optional<QDateTime> httpDate(QByteArrayView text, const QDateTime& now)
{
    static const QRegularExpression kUsual(
        u"^\\s*(?:[a-z]{3,9},?\\s+)?(?<day>\\d{1,2})[ -](?<month>[a-z]{3})[ -]"
        "(?<year>\\d{4}|\\d{2})\\s+(?<time>\\d{1,2}:\\d{2}:\\d{2})\\s*(?:GMT|UTC|Z|[+-]0000)?\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kOfC(
        u"^\\s*[a-z]{3}\\s+(?<month>[a-z]{3})\\s+(?<day>\\d{1,2})\\s+"
        "(?<time>\\d{1,2}:\\d{2}:\\d{2})\\s+(?<year>\\d{4})\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString line = QString::fromLatin1(text);
    auto match = kUsual.match(line);
    if (!match.hasMatch())
        match = kOfC.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate day(yearOf(match.captured(u"year"_s), now), monthOf(match.captured(u"month"_s)),
                    match.captured(u"day"_s).toInt());
    const QStringList clock = match.captured(u"time"_s).split(u':');
    const int second = clock[2] == "60"_L1 ? 59 : clock[2].toInt(); // a leap second
    const QTime time(clock[0].toInt(), clock[1].toInt(), second);
    if (!day.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(day, time, Qt::UTC);
}

} // namespace queuedeck::net
