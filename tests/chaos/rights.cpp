// SPDX-License-Identifier: GPL-3.0-or-later
// A random privilege of the engines' user is revoked for a while, and sometimes their connections
// are ended as well, so that they are reopened without it.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

void rights(Testbed& testbed)
{
    static const QString kRights[]{
        u"UPDATE ON \"Job\""_s,
        u"SELECT ON \"Job\""_s,
        u"INSERT ON queuedeck.attempt"_s,
        u"INSERT ON queuedeck.lease"_s,
        u"UPDATE ON queuedeck.lease"_s,
        u"DELETE ON queuedeck.lease"_s,
        u"ALL ON ALL TABLES IN SCHEMA queuedeck"_s,
        u"USAGE ON SCHEMA queuedeck"_s,
    };
    int next = 0;
    throughOutages(testbed, [&testbed, &next] {
        const QString right = kRights[(next++ + testbed.dice(2)) % int(std::size(kRights))];
        return Outage{
            [&testbed, right] {
                testbed.alter(u"REVOKE %1 FROM %2"_s.arg(right, kWorker));
                if (testbed.dice(2) == 0)
                    endSessions(testbed);
            },
            [&testbed, right] { testbed.alter(u"GRANT %1 TO %2"_s.arg(right, kWorker)); }};
    });
}

} // namespace queuedeck::chaos
