// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace queuedeck::chaos {

/// Leases as short as they can be, so that a run of minutes sees thousands of them end.
constexpr std::chrono::milliseconds kTtl{1000};

/// The environment that a process of the chaos is told its task by (an address holds a password,
/// which no argument may).
inline const QString kAddress = QStringLiteral("QUEUEDECK_CHAOS_ADDRESS");
inline const QString kLedger = QStringLiteral("QUEUEDECK_CHAOS_LEDGER");
inline const QString kQuarantine = QStringLiteral("QUEUEDECK_CHAOS_QUARANTINE_MS");
inline const QString kSeed = QStringLiteral("QUEUEDECK_CHAOS_SEED");

/// A real engine in a process of its own; until SIGTERM. Its handler takes 0 to 30 ms, fails now
/// and then, and notes each start and each end in the ledger.
int runWorker();

/// A processor as the web application's: takes the oldest pending row by a plain SELECT and marks
/// it by its id alone a moment later, without a lock; ends it by its id alone. Until SIGTERM.
int runForeign();

} // namespace queuedeck::chaos
