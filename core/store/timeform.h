// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QVariant>

namespace queuedeck::store {

/// How a SQLite file writes its times. SQLite has no type for them, so each program has a form of
/// its own, and several of them may write to one file.
enum class TimeForm {
    Ours,         ///< 2026-11-23T13:52:59.119+00:00, as Prisma's texts
    Zulu,         ///< 2026-11-23T13:52:59.119Z, JavaScript's
    Blank,        ///< 2026-11-23 13:52:59, SQLite's own datetime()
    Milliseconds, ///< since 1970, as Prisma's numbers
    Seconds,      ///< since 1970
};

QVariant timeValue(TimeForm form, const QDateTime& time);

/// The form of a value that is stored; none if it cannot be read as a time.
std::optional<TimeForm> timeFormOf(const QVariant& value);

/// An SQL expression that gives `column` in our form, whatever form it has; NULL if it cannot be
/// read as a time. Two of these compare as the instants do.
QString timeExpression(const QString& column);
/// One that names the form: "seconds", "a text with T", … or "unreadable".
QString timeFormExpression(const QString& column);
/// A pattern for GLOB that texts of our form match.
QString ourTimePattern();

} // namespace queuedeck::store
