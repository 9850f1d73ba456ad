// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/outages.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace queuedeck::chaos {

namespace {
constexpr int kWorkEnough = 100; // jobs, for one outage and the time before it

db::DatabaseUrl makeWorker(Testbed& testbed)
{
    db::DatabaseUrl url = testbed.url();
    url.user = kWorker;
    url.password = u"pw"_s;
    testbed.command(u"CREATE ROLE %1 LOGIN PASSWORD 'pw'"_s.arg(kWorker));
    for (const auto& schema : {u"public"_s, u"queuedeck"_s, u"audit"_s}) {
        for (const auto& rights : {u"USAGE ON SCHEMA"_s, u"ALL ON ALL TABLES IN SCHEMA"_s,
                                   u"ALL ON ALL SEQUENCES IN SCHEMA"_s})
            testbed.alter(u"GRANT %1 %2 TO %3"_s.arg(rights, schema, kWorker));
    }
    return url;
}
} // namespace

void endSessions(Testbed& testbed)
{
    testbed.command(u"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                    "WHERE usename = '%1'"_s.arg(kWorker));
}

void throughOutages(Testbed& testbed, const std::function<Outage()>& next)
{
    Programs programs(testbed, makeWorker(testbed));
    testbed.enqueue(testbed.plan().jobs);
    programs.start(testbed.plan().engines);
    programs.waitForWork();
    for (int i = 0; i < testbed.plan().blows; ++i) {
        QThread::msleep(ulong(testbed.dice(1500)));
        if (testbed.unfinished() < kWorkEnough)
            testbed.enqueue(kWorkEnough);
        const Outage outage = next();
        outage.begin();
        QThread::msleep(ulong(200 + testbed.dice(2500)));
        outage.end();
        programs.missTheGone();
    }
    finish(testbed, programs);
}

} // namespace queuedeck::chaos
