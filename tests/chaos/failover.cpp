// SPDX-License-Identifier: GPL-3.0-or-later
// A server that fails over: it goes down or drops every session, comes back read-only for a while,
// and becomes writable again, with or without the previous sessions.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

void failover(Testbed& testbed)
{
    const QString database = testbed.url().database;
    throughOutages(testbed, [&testbed, database] {
        return Outage{
            [&testbed, database] {
                testbed.command(
                    u"ALTER DATABASE %1 SET default_transaction_read_only = on"_s.arg(database));
                testbed.disconnect(); // our own session must not remain read-only
                if (testbed.dice(2) == 0)
                    return endSessions(testbed);
                testbed.cluster().crash();
                if (!testbed.cluster().startAgain())
                    qFatal("chaos: %s", qPrintable(testbed.cluster().error()));
            },
            [&testbed, database] {
                testbed.command(
                    u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(database));
                testbed.disconnect();
                if (testbed.dice(2) == 0)
                    endSessions(testbed);
            }};
    });
}

} // namespace queuedeck::chaos
