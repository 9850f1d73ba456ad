// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace queuedeck::domain {

/// The time named, as a half-open range in UTC. An invalid edge is open.
struct TimeSpan
{
    QDateTime from; ///< inclusive
    QDateTime to;   ///< exclusive
};

/// Reads `2026-11-01`, `2026-11-01T14:30`, `…:05` or `….250`, with or without Z: the whole day,
/// minute, second or millisecond. With `mayBeRange` also `a..b`, `a..` and `..b`, where b is
/// included as a whole. Nothing if it is not such a time.
std::optional<TimeSpan> parseTimeSpan(const QString& text, bool mayBeRange);

/// Reads `90s`, `15min` (or `15m`), `2h`, `3d`, `1w` and sums such as `1h30min`; at most 100 years.
std::optional<std::chrono::milliseconds> parseAge(const QString& text);

} // namespace queuedeck::domain
