// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// The maximum length of a shortId(), in characters.
inline constexpr qsizetype kMostOfShortId = 12;

/// An id short enough for a column that still distinguishes its row from its neighbours: ids made
/// one after the other begin alike, and their random part is elsewhere.
///     6ba7b810-9dad-41d1-80b4-00c04fd430c8  6ba7b810          a random uuid: its first block
///     019aa1f2-7c1f-7909-be00-5d2a7c9e1b11  019a…9e1b11       by time: beginning and end
///     01JDX5Z8W3N4Q6R7S8T9V0W1X2 (ULID)     01JD…V0W1X2       any other long one: the same
///     1000000001                            1000000001        a short one: all of it
/// Control characters are kept.
QString shortId(const QString& id);

} // namespace queuedeck::domain
