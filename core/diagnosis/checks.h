// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/ground.h"

#include <span>

namespace queuedeck::diagnosis {

/// One thing to look at. It only reads, and what it says is about the database as it is now.
struct Check
{
    const char* id;
    const char* name; ///< for people, untranslated; context "Sentence"
    bool readsRows;   ///< of the application's table
    base::Result<Verdict> (*look)(Ground&);
};

/// All of them, in the order in which they are carried out: what others follow from comes first.
std::span<const Check> allChecks();

// The database.
base::Result<Verdict> checkAnswer(Ground& ground);
base::Result<Verdict> checkRights(Ground& ground);
base::Result<Verdict> checkRowSecurity(Ground& ground);
base::Result<Verdict> checkBlockers(Ground& ground);
base::Result<Verdict> checkLongTransactions(Ground& ground);
base::Result<Verdict> checkConnections(Ground& ground);
base::Result<Verdict> checkPooler(Ground& ground);
base::Result<Verdict> checkClock(Ground& ground);
base::Result<Verdict> checkTableHealth(Ground& ground);
base::Result<Verdict> checkBusy(Ground& ground);
base::Result<Verdict> checkWal(Ground& ground);
base::Result<Verdict> checkDisk(Ground& ground);
base::Result<Verdict> checkClaimIndex(Ground& ground);
// Who processes.
base::Result<Verdict> checkHandlers(Ground& ground);
base::Result<Verdict> checkKeys(Ground& ground);
base::Result<Verdict> checkEngines(Ground& ground);
base::Result<Verdict> checkSchedules(Ground& ground);
base::Result<Verdict> checkEndpoint(Ground& ground);
base::Result<Verdict> checkThroughput(Ground& ground);
base::Result<Verdict> checkAdminRoutes(Ground& ground);
// The jobs.
base::Result<Verdict> checkDeadPending(Ground& ground);
base::Result<Verdict> checkOddStatus(Ground& ground);
base::Result<Verdict> checkStuck(Ground& ground);
base::Result<Verdict> checkOverlaps(Ground& ground);
base::Result<Verdict> checkScans(Ground& ground);
base::Result<Verdict> checkPayloads(Ground& ground);
base::Result<Verdict> checkFailures(Ground& ground);
base::Result<Verdict> checkNoRetry(Ground& ground);
base::Result<Verdict> checkNoCode(Ground& ground);
base::Result<Verdict> checkImports(Ground& ground);
base::Result<Verdict> checkStaleErrors(Ground& ground);

} // namespace queuedeck::diagnosis
