// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace queuedeck::chaos {

/// Leases as short as possible, so that thousands of them expire in a run of minutes.
constexpr std::chrono::milliseconds kTtl{1000};

/// The environment variables that give a chaos process its job (an address contains a password,
/// which must not be in an argument).
inline const QString kAddress = QStringLiteral("QUEUEDECK_CHAOS_ADDRESS");
inline const QString kLedger = QStringLiteral("QUEUEDECK_CHAOS_LEDGER");
inline const QString kQuarantine = QStringLiteral("QUEUEDECK_CHAOS_QUARANTINE_MS");
inline const QString kSeed = QStringLiteral("QUEUEDECK_CHAOS_SEED");

/// A real engine in a process of its own; until SIGTERM. Its handler takes 0 to 30 ms, fails now
/// and then, and records each start and end in the ledger.
int runWorker();

/// A processor like the web application's: reads the oldest pending row with a plain SELECT and
/// marks it by its id alone a moment later, without a lock; completes it by its id alone. Until
/// SIGTERM.
int runForeign();

} // namespace queuedeck::chaos
