// SPDX-License-Identifier: GPL-3.0-or-later
// A server that fails over: it goes down or drops every session, comes back read-only for a while,
// and becomes writable again, with or without the previous sessions.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

void failover(Ground& ground)
{
    const QString database = ground.url().database;
    throughOutages(ground, [&ground, database] {
        return Outage{
            [&ground, database] {
                ground.command(
                    u"ALTER DATABASE %1 SET default_transaction_read_only = on"_s.arg(database));
                ground.disconnect(); // our own session must not remain read-only
                if (ground.dice(2) == 0)
                    return endSessions(ground);
                ground.cluster().crash();
                if (!ground.cluster().startAgain())
                    qFatal("chaos: %s", qPrintable(ground.cluster().error()));
            },
            [&ground, database] {
                ground.command(
                    u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(database));
                ground.disconnect();
                if (ground.dice(2) == 0)
                    endSessions(ground);
            }};
    });
}

} // namespace queuedeck::chaos
