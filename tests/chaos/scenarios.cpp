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

void begin(Testbed& testbed)
{
    testbed.enqueue(testbed.plan().jobs);
    testbed.startEngines(testbed.plan().engines);
}

void end(Testbed& testbed)
{
    if (!testbed.waitUntilDone(kLongest))
        qWarning("chaos: not done after %d s", int(kLongest.count()));
    QThread::msleep(ulong((kTtl + 700ms).count())); // leftovers must have expired by then
    testbed.stopAll();
}

// Failures at random moments, with enough work for all of them.
void strike(Testbed& testbed, int mostPauseMs, const std::function<void()>& blow)
{
    begin(testbed);
    for (int i = 0; i < testbed.plan().blows; ++i) {
        QThread::msleep(ulong(testbed.dice(mostPauseMs)));
        blow();
        if (i % 10 == 9 && testbed.unfinished() == 0)
            testbed.enqueue(testbed.plan().jobs / 10);
        testbed.keepEnginesAlive();
    }
    end(testbed);
}

void kills(Testbed& testbed)
{
    strike(testbed, 60, [&] { testbed.killEngine(testbed.dice(int(testbed.engines()))); });
}

void crashes(Testbed& testbed)
{
    strike(testbed, 2000, [&] {
        testbed.cluster().crash();
        QThread::msleep(ulong(testbed.dice(500)));
        if (!testbed.cluster().startAgain())
            qFatal("chaos: %s", qPrintable(testbed.cluster().error()));
    });
}

void cuts(Testbed& testbed)
{
    strike(testbed, 300, [&] {
        (void)testbed.ask(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                          "pg_backend_pid() AND backend_type = 'client backend'"_s);
    });
}

void pooler(Testbed& testbed)
{
    testbed.usePooler();
    strike(testbed, 1500, [&] {
        if (!testbed.pooler().restart())
            qFatal("chaos: %s", qPrintable(testbed.pooler().error()));
    });
}

// An engine that is suspended past its lease, and resumes with unsettled results.
void stalls(Testbed& testbed)
{
    strike(testbed, 300, [&] {
        QProcess& engine = testbed.engine(testbed.dice(int(testbed.engines())));
        engine.waitForStarted();
        ::kill(pid_t(engine.processId()), SIGSTOP);
        QThread::msleep(ulong((kTtl * 2).count()));
        ::kill(pid_t(engine.processId()), SIGCONT);
    });
}

void beside(Testbed& testbed)
{
    testbed.workBeside(250ms);
    testbed.startForeign();
    begin(testbed);
    end(testbed);
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
