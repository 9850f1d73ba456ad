// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDateTime>

#include <optional>

namespace queuedeck::net {

/// An HTTP date in UTC, in any of its three forms:
///     Sun, 06 Nov 1994 08:49:37 GMT    Sunday, 06-Nov-94 08:49:37 GMT    Sun Nov  6 08:49:37 1994
/// Names in any case; the weekday is not checked. `now` determines the century of a two-digit year.
std::optional<QDateTime> httpDate(QByteArrayView text, const QDateTime& now);

} // namespace queuedeck::net
