// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/outages.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
constexpr int kWorkEnough = 100; // jobs, for one outage and the time before it

db::DatabaseUrl makeWorker(Ground& ground)
{
    db::DatabaseUrl url = ground.url();
    url.user = kWorker;
    url.password = u"pw"_s;
    ground.command(u"CREATE ROLE %1 LOGIN PASSWORD 'pw'"_s.arg(kWorker));
    for (const auto& schema : {u"public"_s, u"queuedeck"_s, u"audit"_s}) {
        for (const auto& rights : {u"USAGE ON SCHEMA"_s, u"ALL ON ALL TABLES IN SCHEMA"_s,
                                   u"ALL ON ALL SEQUENCES IN SCHEMA"_s})
            ground.alter(u"GRANT %1 %2 TO %3"_s.arg(rights, schema, kWorker));
    }
    return url;
}
} // namespace

void endSessions(Ground& ground)
{
    ground.command(u"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                   "WHERE usename = '%1'"_s.arg(kWorker));
}

void throughOutages(Ground& ground, const std::function<Outage()>& next)
{
    Programs programs(ground, makeWorker(ground));
    ground.enqueue(ground.plan().jobs);
    programs.start(ground.plan().engines);
    programs.waitForWork();
    for (int i = 0; i < ground.plan().blows; ++i) {
        QThread::msleep(ulong(ground.dice(1500)));
        if (ground.unfinished() < kWorkEnough)
            ground.enqueue(kWorkEnough);
        const Outage outage = next();
        outage.begin();
        QThread::msleep(ulong(200 + ground.dice(2500)));
        outage.end();
        programs.missTheGone();
    }
    finish(ground, programs);
}

} // namespace queuedeck::chaos
