// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces that several statements for SQLite share. Text only, so that the statements stay whole.
#pragma once

// A job "j" that an engine may take.
#define CLAIMABLE                                                                                  \
    "j.\"status\" = 'pending' AND j.\"attempts\" < :max "                                          \
    "AND j.\"type\" IN (SELECT value FROM json_each(:types))"

// Counts attempts that ended, by the second; where none did, nothing is written.
#define TALLY(at, outcome, count)                                                                  \
    "INSERT INTO queuedeck_tally (at, outcome, attempts) "                                         \
    "SELECT " at " - " at " % 1000, " outcome ", " count " WHERE " count " > 0 "                   \
    "ON CONFLICT (at, outcome) DO UPDATE SET attempts = attempts + excluded.attempts"
