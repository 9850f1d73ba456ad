// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/counted.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace queuedeck::ui {

enum class TimeZone { Utc, Local };

/// The zone times are shown in; program-wide, set by the main window, UTC at first.
TimeZone timeZone();
void setTimeZone(TimeZone zone);

/// "42 s", "12 min", "1 h 04", "5 d 3 h"; a negative one counts as 0.
QString formatDuration(std::chrono::milliseconds duration);
/// A duration that was measured: "4.2 s", "60 s", "3 min 20 s", "212 ms".
QString formatRunTime(std::chrono::milliseconds duration);
/// The age of `at` as seen from `now`: as formatDuration, from 14 days the date, "in 3 min" for a
/// future time, and "not known" for an invalid one.
QString formatAge(const QDateTime& at, const QDateTime& now);
/// "2026-11-23 14:42:07" in the shown zone, "not known" if invalid.
QString formatTime(const QDateTime& at);
/// "14:42:07" in the shown zone.
QString formatClock(const QDateTime& at);
/// Two lines, full UTC and local, for tooltips.
QString formatBothTimes(const QDateTime& at);

using base::formatCount;
QString formatBytes(qint64 bytes);           ///< "214 bytes", "1.9 MB"
QString formatConfidence(double confidence); ///< "0.97", never rounded up to 1

/// Makes every invisible character visible: control characters as their pictures, and as U+FFFD
/// those that change the direction of text, join, tag or fill without taking room.
QString showControls(const QString& text);
/// The first line with anything in it, with showControls.
QString firstLine(const QString& text);
/// An id as lists show it: its first 8 characters, or, of a time-ordered uuid, its last 8.
QString shortId(const QString& id);

} // namespace queuedeck::ui
