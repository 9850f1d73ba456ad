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
void throughOutages(Testbed& testbed, const std::function<Outage()>& next);

/// Ends the engines' sessions on the server.
void endSessions(Testbed& testbed);

// The scenarios, each in a file of the same name.
void failover(Testbed& testbed);
void login(Testbed& testbed);
void rename(Testbed& testbed);
void rights(Testbed& testbed);
void conflicts(Testbed& testbed);
void clocksteps(Testbed& testbed);
void windowends(Testbed& testbed);

} // namespace queuedeck::chaos
