// SPDX-License-Identifier: GPL-3.0-or-later
// The database has a different name for a while.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
const QString kElsewhere = u"elsewhere"_s;

// A rename needs a database without sessions, and engines reconnect at once.
void move(Testbed& testbed, const QString& from, const QString& to)
{
    const QString shut = u"ALTER DATABASE %1 ALLOW_CONNECTIONS %2"_s;
    testbed.disconnect();
    testbed.command(shut.arg(from, u"false"_s));
    testbed.command(u"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                    "WHERE datname = '%1'"_s.arg(from));
    testbed.command(u"ALTER DATABASE %1 RENAME TO %2"_s.arg(from, to));
    testbed.command(shut.arg(to, u"true"_s));
}
} // namespace

void rename(Testbed& testbed)
{
    const QString name = testbed.url().database;
    throughOutages(testbed, [&testbed, name] {
        return Outage{[&testbed, name] { move(testbed, name, kElsewhere); },
                      [&testbed, name] { move(testbed, kElsewhere, name); }};
    });
}

} // namespace queuedeck::chaos
