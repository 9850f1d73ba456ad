// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/quiethours.h"

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

namespace {
using Days = QuietHours::Days;

constexpr std::array kDays{std::pair{Days::Every, "every-day"},
                           std::pair{Days::Workdays, "workdays"},
                           std::pair{Days::Weekend, "weekend"}};

bool beginsOn(QuietHours::Days days, const QDate& date)
{
    const bool isWeekend = date.dayOfWeek() >= Qt::Saturday;
    return days == Days::Every || isWeekend == (days == Days::Weekend);
}
} // namespace

bool QuietHours::isQuiet(const QDateTime& moment, const QTimeZone& zone) const
{
    if (!isOn || !from.isValid() || !to.isValid())
        return false;
    const QDateTime there = moment.toTimeZone(zone);
    const QTime time = there.time();
    if (from < to)
        return time >= from && time < to && beginsOn(days, there.date());
    return (time >= from && beginsOn(days, there.date())) ||
           (time < to && beginsOn(days, there.date().addDays(-1)));
}

QString daysWord(QuietHours::Days days)
{
    for (const auto& [known, word] : kDays) {
        if (known == days)
            return QLatin1String(word);
    }
    return {};
}

std::optional<QuietHours::Days> daysFromWord(const QString& word)
{
    for (const auto& [days, known] : kDays) {
        if (word == QLatin1String(known))
            return days;
    }
    return {};
}

} // namespace queuedeck::alerts
