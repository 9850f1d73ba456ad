// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

#include <QCoreApplication>

namespace queuedeck::diagnosis {

namespace {
// clang-format off
constexpr Check kChecks[] = {
    {"answer", QT_TRANSLATE_NOOP("Sentence", "Database reachable"), false, checkAnswer},
    {"rights", QT_TRANSLATE_NOOP("Sentence", "Rights of this user"), false, checkRights},
    {"row-security", QT_TRANSLATE_NOOP("Sentence", "Row level security"), false, checkRowSecurity},
    {"blockers", QT_TRANSLATE_NOOP("Sentence", "Blockers"), false, checkBlockers},
    {"long-transactions", QT_TRANSLATE_NOOP("Sentence", "Long transactions"), false, checkLongTransactions},
    {"connections", QT_TRANSLATE_NOOP("Sentence", "Connections"), false, checkConnections},
    {"pooler", QT_TRANSLATE_NOOP("Sentence", "Pooler"), false, checkPooler},
    {"busy", QT_TRANSLATE_NOOP("Sentence", "Other programs at the file"), false, checkBusy},
    {"disk", QT_TRANSLATE_NOOP("Sentence", "Free disk space"), false, checkDisk},
    {"wal", QT_TRANSLATE_NOOP("Sentence", "Write-ahead log"), false, checkWal},
    {"clock", QT_TRANSLATE_NOOP("Sentence", "Clocks and time zone"), true, checkClock},
    {"claim-index", QT_TRANSLATE_NOOP("Sentence", "Index of the claim"), true, checkClaimIndex},
    {"table", QT_TRANSLATE_NOOP("Sentence", "Dead rows and vacuum"), false, checkTableHealth},
    {"keys", QT_TRANSLATE_NOOP("Sentence", "Keys of the handlers"), true, checkKeys},
    {"handlers", QT_TRANSLATE_NOOP("Sentence", "Types with a handler here"), true, checkHandlers},
    {"dead-pending", QT_TRANSLATE_NOOP("Sentence", "Pending jobs that cannot run"), true, checkDeadPending},
    {"status", QT_TRANSLATE_NOOP("Sentence", "Rows with an unknown status"), true, checkOddStatus},
    {"stuck", QT_TRANSLATE_NOOP("Sentence", "Running jobs that nothing runs"), true, checkStuck},
    {"overlaps", QT_TRANSLATE_NOOP("Sentence", "Jobs run twice at once"), true, checkOverlaps},
    {"payloads", QT_TRANSLATE_NOOP("Sentence", "Payloads of pending jobs"), true, checkPayloads},
    {"failures", QT_TRANSLATE_NOOP("Sentence", "Failures of late"), true, checkFailures},
    {"engines", QT_TRANSLATE_NOOP("Sentence", "Engines"), false, checkEngines},
    {"schedules", QT_TRANSLATE_NOOP("Sentence", "Schedules"), false, checkSchedules},
    {"scans", QT_TRANSLATE_NOOP("Sentence", "Scans beside finished jobs"), false, checkScans},
    {"no-retry", QT_TRANSLATE_NOOP("Sentence", "Failed jobs with attempts left"), true, checkNoRetry},
    {"no-code", QT_TRANSLATE_NOOP("Sentence", "Completed jobs that did nothing"), true, checkNoCode},
    {"imports", QT_TRANSLATE_NOOP("Sentence", "Imports without a batch"), true, checkImports},
    {"stale-errors", QT_TRANSLATE_NOOP("Sentence", "Completed jobs with an error"), true, checkStaleErrors},
    {"endpoint", QT_TRANSLATE_NOOP("Sentence", "Endpoint"), false, checkEndpoint},
    {"throughput", QT_TRANSLATE_NOOP("Sentence", "Jobs are processed"), true, checkThroughput},
    {"admin-routes", QT_TRANSLATE_NOOP("Sentence", "Admin routes of the web application"), false, checkAdminRoutes},
};
// clang-format on
} // namespace

std::span<const Check> allChecks()
{
    return kChecks;
}

} // namespace queuedeck::diagnosis
