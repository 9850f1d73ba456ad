// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filtertimes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
std::optional<TimeSpan> parseOne(const QString& text)
{
    static const QRegularExpression kForm(
        u"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(\\.[0-9]{1,3})?Z?)?$"_s);
    const auto match = kForm.match(text);
    if (!match.hasMatch() || (match.hasCaptured(4) && !match.hasCaptured(3)))
        return std::nullopt;
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    if (!date.isValid())
        return std::nullopt;
    if (!match.hasCaptured(2)) {
        const QDateTime start(date, QTime(0, 0), Qt::UTC);
        return TimeSpan{start, start.addDays(1)};
    }
    const QTime time = QTime::fromString(
        match.captured(2) + (match.hasCaptured(3) ? match.captured(3) : u":00"_s), u"HH:mm:ss"_s);
    if (!time.isValid())
        return std::nullopt;
    const QDateTime start(date, time, Qt::UTC);
    if (match.hasCaptured(4)) {
        const int msecs = match.captured(4).mid(1).leftJustified(3, u'0').toInt();
        return TimeSpan{start.addMSecs(msecs), start.addMSecs(msecs + 1)};
    }
    return TimeSpan{start, start.addSecs(match.hasCaptured(3) ? 1 : 60)};
}

std::optional<qint64> msecsOf(const QString& unit)
{
    constexpr qint64 kSecond = 1000;
    if (unit == "s"_L1)
        return kSecond;
    if (unit == "min"_L1 || unit == "m"_L1)
        return 60 * kSecond;
    if (unit == "h"_L1)
        return 3600 * kSecond;
    if (unit == "d"_L1)
        return 24 * 3600 * kSecond;
    if (unit == "w"_L1)
        return 7 * 24 * 3600 * kSecond;
    return std::nullopt;
}
} // namespace

std::optional<TimeSpan> parseTimeSpan(const QString& text, bool mayBeRange)
{
    const qsizetype dots = mayBeRange ? text.indexOf(".."_L1) : -1;
    if (dots < 0)
        return parseOne(text);
    const QString first = text.left(dots);
    const QString last = text.mid(dots + 2);
    const auto from = parseOne(first);
    const auto to = parseOne(last);
    if ((!from && !first.isEmpty()) || (!to && !last.isEmpty()) || (!from && !to))
        return std::nullopt;
    return TimeSpan{from ? from->from : QDateTime(), to ? to->to : QDateTime()};
}

std::optional<std::chrono::milliseconds> parseAge(const QString& text)
{
    constexpr qint64 kLongest = 100LL * 366 * 24 * 3600 * 1000;
    static const QRegularExpression kForm(u"^(?:[0-9]{1,9}(?:s|min|m|h|d|w))+$"_s);
    static const QRegularExpression kPart(u"([0-9]+)(min|[smhdw])"_s);
    if (!kForm.match(text).hasMatch())
        return std::nullopt;
    qint64 sum = 0;
    for (auto parts = kPart.globalMatch(text); parts.hasNext();) {
        const auto part = parts.next();
        sum += part.captured(1).toLongLong() * msecsOf(part.captured(2)).value_or(0);
        if (sum > kLongest)
            return std::nullopt;
    }
    return std::chrono::milliseconds(sum);
}

} // namespace queuedeck::domain
