// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/worker.h"

#include "core/engine/engine.h"
#include "tests/chaos/ledger.h"

#include <QTextStream>

#include <csignal>
#include <random>
#include <sys/prctl.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::chaos {

namespace {
std::atomic<bool> g_stop = false;

// The job to do; the worker dies with its parent.
db::DatabaseUrl begin()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGTERM, [](int) { g_stop = true; });
    const auto url = db::DatabaseUrl::parse(qEnvironmentVariable(qPrintable(kAddress)));
    if (!url)
        qFatal("chaos: %s", qPrintable(url.error().detail));
    return *url;
}

std::mt19937 dice()
{
    return std::mt19937(uint(qEnvironmentVariableIntValue(qPrintable(kSeed))));
}

class Noting final : public engine::Handler
{
public:
    Noting()
        : m_ledger(qEnvironmentVariable(qPrintable(kLedger)))
        , m_dice(dice())
    {
    }
    engine::TaskResult run(const engine::Task& task) override
    {
        m_ledger.note('S', task.id.value, task.attempt, 'o');
        std::this_thread::sleep_for(std::chrono::milliseconds(m_dice() % 31));
        // A job that failed here could legitimately be run there next.
        const bool fails = !m_isBeside && m_dice() % 40 == 0;
        m_ledger.note('F', task.id.value, task.attempt, 'o');
        return fails ? engine::TaskResult::failed(u"as the dice fell"_s)
                     : engine::TaskResult::completed();
    }

private:
    LedgerWriter m_ledger;
    std::mt19937 m_dice;
    const bool m_isBeside = qEnvironmentVariableIntValue(qPrintable(kQuarantine)) > 0;
};
} // namespace

int runWorker()
{
    const db::DatabaseUrl url = begin();
    engine::EngineConfig config;
    config.concurrency = 4;
    config.types = {u"noop"_s};
    config.maxBatch = 20;
    config.lease = {kTtl, 300ms, 500ms};
    config.poll = 50ms;
    config.grace = 5s;
    config.retry.first = 20ms;
    config.retry.longest = 100ms;
    config.quarantine =
        std::chrono::milliseconds(qEnvironmentVariableIntValue(qPrintable(kQuarantine)));
    engine::Engine engine([url] { return store::JobStore::open(url, db::OpenMode::ReadWrite); },
                          {{u"noop"_s, [] { return std::make_unique<Noting>(); }}}, config);
    std::stop_source stop;
    std::jthread watcher([&](std::stop_token ended) {
        while (!g_stop && !ended.stop_requested())
            std::this_thread::sleep_for(10ms);
        stop.request_stop();
    });
    while (!g_stop) {
        const auto report = engine.run(stop.get_token());
        if (report)
            return 0;
        std::this_thread::sleep_for(100ms); // the database is not back yet: start again
        return 3;
    }
    return 0;
}

int runForeign()
{
    const db::DatabaseUrl url = begin();
    LedgerWriter ledger(qEnvironmentVariable(qPrintable(kLedger)));
    std::mt19937 random = dice();
    std::unique_ptr<db::Connection> connection;
    const auto ask = [&](const QString& sql,
                         const db::Params& params = {}) -> base::Result<db::Rows> {
        return connection->run(sql, params);
    };
    while (!g_stop) {
        if (!connection) {
            auto opened = db::Connection::open(url, db::OpenMode::ReadWrite);
            if (!opened)
                continue;
            connection = std::move(*opened);
        }
        const auto oldest =
            ask(u"SELECT \"id\", \"attempts\" FROM \"Job\" WHERE \"status\" = 'pending' "
                "AND \"attempts\" < 3 ORDER BY \"createdAt\" LIMIT 1"_s);
        if (!oldest || oldest->isEmpty()) {
            std::this_thread::sleep_for(20ms);
            continue;
        }
        const QString id = (*oldest)[0].text(0);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 61)); // its race window
        const db::Params params{{u"id"_s, id}};
        (void)ask(u"UPDATE \"Job\" SET \"status\" = 'processing', \"attempts\" = \"attempts\" + 1 "
                  "WHERE \"id\" = :id"_s,
                  params);
        ledger.note('S', id, int((*oldest)[0].integer(1)) + 1, 'f');
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 21));
        ledger.note('F', id, int((*oldest)[0].integer(1)) + 1, 'f');
        (void)ask(
            random() % 40 == 0
                ? u"UPDATE \"Job\" SET \"status\" = 'failed', \"error\" = 'its own' WHERE \"id\" = :id"_s
                : u"UPDATE \"Job\" SET \"status\" = 'completed', \"completedAt\" = now() WHERE "
                  "\"id\" = :id"_s,
            params);
    }
    return 0;
}

} // namespace queuedeck::chaos
