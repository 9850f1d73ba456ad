// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// The engine compared with the bare SQL floor, on private servers, in one run: drain as guest, own
/// and beside, batch sizes, several engines, the guide's naive loop, enqueue, latency, an idle
/// engine and a claim among rows of one createdAt. `jobs` per drain; every figure is the median of
/// `rounds`. `part` is one of drain, enqueue, waiting, ties, sqlite, or empty for all.
QJsonObject engine(const QString& part, int jobs, int rounds);

} // namespace queuedeck::bench
