// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QVariant>

namespace queuedeck::store {

/// How a SQLite file stores its times. SQLite has no type for them, so each program uses its own
/// form, and several programs may write to one file.
enum class TimeForm {
    Ours,         ///< 2026-11-23T13:52:59.119+00:00, Prisma's as text
    Zulu,         ///< 2026-11-23T13:52:59.119Z, JavaScript's
    Blank,        ///< 2026-11-23 13:52:59, SQLite's own datetime()
    Milliseconds, ///< since 1970, Prisma's as number
    Seconds,      ///< since 1970
};

QVariant timeValue(TimeForm form, const QDateTime& time);

/// The form of a stored value; none if it cannot be read as a time.
std::optional<TimeForm> timeFormOf(const QVariant& value);

/// An SQL expression for `column` in our form, whatever form it has; NULL if it cannot be read as a
/// time. Two of these compare as the instants do.
QString timeExpression(const QString& column);
/// One that names the form: "seconds", "a text with T", … or "unreadable".
QString timeFormExpression(const QString& column);
/// A GLOB pattern that texts of our form match.
QString ourTimePattern();

} // namespace queuedeck::store
