// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/scenarios.h"

#include "tests/chaos/outages.h"
#include "tests/chaos/worker.h"

#include <QElapsedTimer>
#include <QThread>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::chaos {

namespace {
constexpr std::chrono::seconds kLongest{180}; // leaves time to report what is not done

void begin(Ground& ground)
{
    ground.enqueue(ground.plan().jobs);
    ground.startEngines(ground.plan().engines);
}

void end(Ground& ground)
{
    if (!ground.waitUntilDone(kLongest))
        qWarning("chaos: not done after %d s", int(kLongest.count()));
    QThread::msleep(ulong((kTtl + 700ms).count())); // leftovers must have expired by then
    ground.stopAll();
}

// Failures at random moments, with enough work for all of them.
void strike(Ground& ground, int mostPauseMs, const std::function<void()>& blow)
{
    begin(ground);
    for (int i = 0; i < ground.plan().blows; ++i) {
        QThread::msleep(ulong(ground.dice(mostPauseMs)));
        blow();
        if (i % 10 == 9 && ground.unfinished() == 0)
            ground.enqueue(ground.plan().jobs / 10);
        ground.keepEnginesAlive();
    }
    end(ground);
}

void kills(Ground& ground)
{
    strike(ground, 60, [&] { ground.killEngine(ground.dice(int(ground.engines()))); });
}

void crashes(Ground& ground)
{
    strike(ground, 2000, [&] {
        ground.cluster().crash();
        QThread::msleep(ulong(ground.dice(500)));
        if (!ground.cluster().startAgain())
            qFatal("chaos: %s", qPrintable(ground.cluster().error()));
    });
}

void cuts(Ground& ground)
{
    strike(ground, 300, [&] {
        (void)ground.ask(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                         "pg_backend_pid() AND backend_type = 'client backend'"_s);
    });
}

void pooler(Ground& ground)
{
    ground.usePooler();
    strike(ground, 1500, [&] {
        if (!ground.pooler().restart())
            qFatal("chaos: %s", qPrintable(ground.pooler().error()));
    });
}

// An engine that is suspended past its lease, and resumes with unsettled results.
void stalls(Ground& ground)
{
    strike(ground, 300, [&] {
        QProcess& engine = ground.engine(ground.dice(int(ground.engines())));
        engine.waitForStarted();
        ::kill(pid_t(engine.processId()), SIGSTOP);
        QThread::msleep(ulong((kTtl * 2).count()));
        ::kill(pid_t(engine.processId()), SIGCONT);
    });
}

void beside(Ground& ground)
{
    ground.workBeside(250ms);
    ground.startForeign();
    begin(ground);
    end(ground);
}
} // namespace

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> all{
        {u"kills"_s,
         u"engines end by SIGKILL at any moment"_s,
         {400, 3, 40},
         {10'000, 3, 1000},
         kills},
        {u"file"_s,
         u"the same on a SQLite file"_s,
         {400, 3, 40, 1, true},
         {5000, 3, 500, 1, true},
         kills},
        {u"crashes"_s,
         u"the database server ends at once and comes back"_s,
         {400, 3, 2},
         {4000, 3, 20},
         crashes},
        {u"cuts"_s, u"every connection is ended by the server"_s, {400, 3, 8}, {5000, 3, 50}, cuts},
        {u"pooler"_s,
         u"PgBouncer ends and comes back, one server connection for all"_s,
         {200, 2, 3},
         {2000, 3, 20},
         pooler},
        {u"stalls"_s,
         u"an engine stands still for two leases"_s,
         {300, 3, 2},
         {3000, 3, 20},
         stalls},
        {u"beside"_s,
         u"a processor without locks works on the same table"_s,
         {150, 2, 0},
         {1000, 2, 0},
         beside},
        {u"failover"_s,
         u"a server fails over and is read-only"_s,
         {200, 2, 3},
         {500, 2, 40},
         failover},
        {u"login"_s, u"engines may not log in for a while"_s, {200, 2, 3}, {500, 2, 40}, login},
        {u"rename"_s,
         u"the database has another name for a while"_s,
         {200, 2, 2},
         {500, 2, 30},
         rename},
        {u"rights"_s, u"a right is revoked for a while"_s, {200, 2, 4}, {500, 2, 48}, rights},
        {u"conflicts"_s,
         u"40001 and 40P01 at random in whatever is written"_s,
         {200, 2, 2},
         {500, 2, 40},
         conflicts},
        {u"clocksteps"_s,
         u"the clock is set by two minutes, on a SQLite file"_s,
         {200, 2, 4, 1, true},
         {500, 2, 60, 1, true},
         clocksteps},
        {u"windowends"_s,
         u"the window ends beside an engine, on a SQLite file"_s,
         {300, 1, 3, 1, true},
         {500, 2, 40, 1, true},
         windowends}};
    return all;
}

} // namespace queuedeck::chaos
