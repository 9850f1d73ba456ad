// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/errorreader.h"

#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/jobquery.h"
#include "core/store/jobstore.h"
#include "core/store/sqltext.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
constexpr int kRowsAtOnce = 2000;
constexpr int kRowsOfAStep = 20'000; // of freezing

// A failed job without an error is one of a group, too; any other is none.
bool counts(const domain::Job& job)
{
    return job.status == domain::JobStatus::Failed || !job.error.isEmpty();
}

// As far as the rules for actions go, so that few parts come about.
domain::FrozenJobs::State stateOf(const domain::Job& job)
{
    domain::FrozenJobs::State state{true, job.status, job.attempts};
    if (state.attempts)
        state.attempts = *state.attempts < domain::kMaxAttempts ? 0 : domain::kMaxAttempts;
    return state;
}
} // namespace

ErrorReader::ErrorReader(JobStore& store, domain::JobFilter filter, std::stop_token stop)
    : m_store(store)
    , m_filter(std::move(filter))
    , m_stop(std::move(stop))
{
}

base::Result<JobQuery> ErrorReader::query()
{
    const TableShape& shape = m_store.shape();
    const SqlText& sql = sqlText(shape.dialect, shape.isGuest());
    const auto rows = m_store.connection().run(sql.reading.statuses.text());
    if (!rows)
        return rows.error();
    QStringList statuses;
    for (size_t i = 0; i < rows->size(); ++i)
        statuses += (*rows)[i].text(0);
    return JobQuery(
        m_filter, shape,
        {statuses, base::Clock::system().now(), domain::kMaxAttempts, sql.reading.isStuck.text()});
}

// Page by page, as many may have been created at the same moment.
base::Status ErrorReader::read(const domain::ErrorSpan& span, const Take& take)
{
    domain::PageRequest request;
    request.filter = m_filter;
    request.limit = kRowsAtOnce;
    request.since = span.since;
    request.before = span.before;
    while (true) {
        if (m_stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, base::Sentence::tr("Stopped."));
        const auto page = m_store.jobs.page(request);
        if (!page)
            return page.error();
        for (const domain::Job& job : page->jobs) {
            if (counts(job))
                take(job);
        }
        if (page->isLast)
            return {};
        request.after = page->keys.last();
    }
}

base::Result<std::shared_ptr<const domain::ErrorTally>>
ErrorReader::tally(const domain::ErrorSpan& span)
{
    auto counted = std::make_shared<domain::ErrorTally>();
    const base::Status done = read(span, [&](const domain::Job& job) { counted->add(job); });
    if (!done)
        return done.error();
    return std::shared_ptr<const domain::ErrorTally>(std::move(counted));
}

base::Result<domain::ErrorSlice> ErrorReader::next(const QString& before, int rows)
{
    const auto composed = query();
    if (!composed)
        return composed.error();
    domain::PageRequest step;
    step.before = before;
    const JobQuery::Statement edge = composed->boundary(step, rows);
    const auto boundary = m_store.connection().run(edge.sql, edge.params);
    if (!boundary)
        return boundary.error();
    domain::ErrorSlice slice;
    slice.span.before = before;
    if (!boundary->isEmpty()) {
        slice.span.since = (*boundary)[0].text(0);
        slice.since = (*boundary)[0].time(0);
    }
    return again(slice);
}

base::Result<domain::ErrorSlice> ErrorReader::again(const domain::ErrorSlice& slice)
{
    auto counted = tally(slice.span);
    if (!counted)
        return counted.error();
    return domain::ErrorSlice{slice.span, slice.since, std::move(*counted)};
}

base::Result<domain::FrozenJobs> ErrorReader::freeze(const QString& signature)
{
    auto transaction =
        db::Transaction::begin(m_store.connection(), db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    const auto composed = query();
    if (!composed)
        return composed.error();
    domain::FrozenJobs frozen;
    domain::PageRequest step;
    do {
        step.since.clear();
        const JobQuery::Statement edge = composed->boundary(step, kRowsOfAStep);
        const auto boundary = m_store.connection().run(edge.sql, edge.params);
        if (!boundary)
            return boundary.error();
        step.since = boundary->isEmpty() ? QString() : (*boundary)[0].text(0);
        std::vector<std::pair<domain::FrozenJobs::State, domain::JobIds>> found;
        const base::Status done = read({step.since, step.before}, [&](const domain::Job& job) {
            if (domain::signatureOf(job.error).text != signature)
                return;
            const auto state = stateOf(job);
            const auto same = std::find_if(found.begin(), found.end(),
                                           [&](const auto& one) { return one.first == state; });
            if (same == found.end())
                found.emplace_back(state, domain::JobIds{job.id});
            else
                same->second += job.id;
        });
        if (!done)
            return done.error();
        for (const auto& [state, ids] : found)
            frozen.add(state, ids);
        step.before = step.since;
    } while (!step.since.isEmpty());
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return frozen;
}

} // namespace queuedeck::store
