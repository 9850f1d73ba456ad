// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/console.h"
#include "core/domain/history.h"

#include <QJsonObject>

namespace queuedeck::ctl {

/// Adds to the JSON of stats what the history knows: "period", "wait", "run", "finished" for all
/// and in each type, "comePerMinute", "finishPerMinute", "drain", "history" with its buckets.
void addHistory(QJsonObject& stats, const domain::History& history, qint64 pending);

/// The same for people.
void printHistory(Console& console, const domain::History& history, qint64 pending);

} // namespace queuedeck::ctl
