// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace queuedeck::bench {

/// What a report on a million jobs costs, each with an attempt in the history, created over thirty
/// days: over one week and over all of them, on SQLite and on PostgreSQL; in seconds.
QJsonObject report();

} // namespace queuedeck::bench
