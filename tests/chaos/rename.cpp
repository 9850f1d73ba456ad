// SPDX-License-Identifier: GPL-3.0-or-later
// The database has a different name for a while.
#include "tests/chaos/outages.h"

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
const QString kElsewhere = u"elsewhere"_s;

// A rename needs a database without sessions, and engines reconnect at once.
void move(Ground& ground, const QString& from, const QString& to)
{
    const QString shut = u"ALTER DATABASE %1 ALLOW_CONNECTIONS %2"_s;
    ground.disconnect();
    ground.command(shut.arg(from, u"false"_s));
    ground.command(u"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                   "WHERE datname = '%1'"_s.arg(from));
    ground.command(u"ALTER DATABASE %1 RENAME TO %2"_s.arg(from, to));
    ground.command(shut.arg(to, u"true"_s));
}
} // namespace

void rename(Ground& ground)
{
    const QString name = ground.url().database;
    throughOutages(ground, [&ground, name] {
        return Outage{[&ground, name] { move(ground, name, kElsewhere); },
                      [&ground, name] { move(ground, kElsewhere, name); }};
    });
}

} // namespace queuedeck::chaos
