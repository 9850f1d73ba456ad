// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces that several statements for SQLite share. Text only, so that the statements stay whole.
#pragma once

// A job "j" that an engine may take.
#define CLAIMABLE                                                                                  \
    "j.\"status\" = 'pending' AND j.\"attempts\" < :max "                                          \
    "AND j.\"type\" IN (SELECT value FROM json_each(:types))"
