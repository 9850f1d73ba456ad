// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/attempttally.h"

#include "core/base/logging.h"

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {
// While the database does not answer, minutes add up; the oldest are given up beyond a day.
constexpr size_t kMostMinutes = 24 * 60;
} // namespace

AttemptTally::Adding::Adding(AttemptTally& tally, qint64 minute)
    : m_lock(tally.m_mutex)
    , m_minute(tally.m_minutes[minute])
{
    while (tally.m_minutes.size() > kMostMinutes && tally.m_minutes.begin()->first != minute)
        tally.m_minutes.erase(tally.m_minutes.begin());
}

void AttemptTally::Adding::add(const store::Settlement& settlement, const store::ClaimedJob& job,
                               std::chrono::nanoseconds ran)
{
    if (settlement.refund) // handed back: no attempt
        return;
    if (!m_figures || m_type != settlement.type) {
        m_type = settlement.type;
        m_figures = &m_minute[domain::historyRow(m_type, m_minute)];
    }
    if (settlement.outcome == "completed"_L1)
        ++m_figures->completed;
    else if (settlement.outcome == "failed"_L1)
        ++m_figures->failed;
    else
        ++m_figures->retried;
    m_figures->run.add(duration_cast<microseconds>(ran));
    if (job.attempt == 1 && job.createdAt > 0 && settlement.startedAt.isValid())
        m_figures->wait.add(milliseconds(settlement.startedAt.toMSecsSinceEpoch() - job.createdAt));
}

AttemptTally::Adding AttemptTally::adding(const QDateTime& now)
{
    return Adding(*this, domain::beginOf(domain::HistoryStep::Minute, now.toMSecsSinceEpoch()));
}

domain::HistoryBatch AttemptTally::take(const QString& engine)
{
    const std::lock_guard lock(m_mutex);
    if (!m_taken.parts.empty()) // not known to have arrived
        return m_taken;
    m_taken.engine = engine;
    m_taken.number = ++m_number;
    for (const auto& [minute, types] : m_minutes) {
        for (auto type = types.cbegin(); type != types.cend(); ++type)
            m_taken.parts.push_back({minute, type.key(), type.value()});
    }
    m_minutes.clear();
    return m_taken;
}

bool AttemptTally::hasAny()
{
    const std::lock_guard lock(m_mutex);
    return !m_taken.parts.empty() || !m_minutes.empty();
}

void AttemptTally::noted(qint64 number)
{
    const std::lock_guard lock(m_mutex);
    if (m_taken.number == number)
        m_taken.parts.clear();
    m_problem.clear();
}

bool AttemptTally::isNews(const QString& problem)
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_problem, problem) != problem;
}

void noteAttempts(store::JobStore& store, const QString& engine, AttemptTally& tally)
{
    const domain::HistoryBatch batch = tally.take(engine);
    if (batch.parts.empty())
        return;
    const base::Status noted = store.history.note(batch);
    if (noted)
        tally.noted(batch.number);
    else if (noted.error().kind != base::ErrorKind::Cancelled && tally.isNews(noted.error().detail))
        qCWarning(lcEngine).noquote() << "history:" << noted.error().detail;
}

} // namespace queuedeck::engine
