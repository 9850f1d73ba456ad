// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <optional>

namespace queuedeck::alerts {

/// A time of the day, on this computer's clock, in which nobody is disturbed.
struct QuietHours
{
    enum class Days { Every, Workdays, Weekend };

    bool isOn = false;
    QTime from = QTime(22, 0);
    QTime to = QTime(7, 0);  ///< before `from`: on the next day; the same: all day
    Days days = Days::Every; ///< the days on which it begins

    /// `moment` in any time spec. By the wall clock of `zone`, so that a change of the clock moves
    /// nothing.
    bool isQuiet(const QDateTime& moment, const QTimeZone& zone) const;

    bool operator==(const QuietHours&) const = default;
};

QString daysWord(QuietHours::Days days); ///< "every-day", "workdays", "weekend"
std::optional<QuietHours::Days> daysFromWord(const QString& word);

} // namespace queuedeck::alerts
