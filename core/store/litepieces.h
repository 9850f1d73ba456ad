// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces that several statements for SQLite share. Text only, so that the statements stay whole.
#pragma once

// A job "j" that an engine may take.
#define CLAIMABLE                                                                                  \
    "j.\"status\" = 'pending' AND j.\"attempts\" < :max "                                          \
    "AND j.\"type\" IN (SELECT value FROM json_each(:types))"

// Counts attempts that end now, by the second.
#define TALLY(outcome, count)                                                                      \
    "INSERT INTO queuedeck_tally (at, outcome, attempts) "                                         \
    "SELECT :now - :now % 1000, " outcome ", " count " WHERE true "                                 \
    "ON CONFLICT (at, outcome) DO UPDATE SET attempts = attempts + excluded.attempts"
