// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/programs.h"

#include <functional>

namespace queuedeck::chaos {

/// The user that engines log in as in outage scenarios: neither owner nor superuser.
inline const QString kWorker = QStringLiteral("worker");

/// What is broken, and repaired a moment later.
struct Outage
{
    std::function<void()> begin;
    std::function<void()> end;
};

/// Engines of the built program, logged in as a user with only the privileges they need, through
/// one outage after the other at random moments, with enough work for all of them.
void throughOutages(Ground& ground, const std::function<Outage()>& next);

/// Ends the engines' sessions on the server.
void endSessions(Ground& ground);

// The scenarios, each in a file of the same name.
void failover(Ground& ground);
void login(Ground& ground);
void rename(Ground& ground);
void rights(Ground& ground);
void conflicts(Ground& ground);
void clocksteps(Ground& ground);
void windowends(Ground& ground);

} // namespace queuedeck::chaos
