// SPDX-License-Identifier: GPL-3.0-or-later
// What matches a filter: a page of it, and how much.
#include "core/domain/jobrules.h"
#include "core/store/jobreader.h"
#include "core/store/jobrow.h"

#include <QElapsedTimer>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

base::Result<JobQuery> JobReader::query(const domain::JobFilter& filter)
{
    const auto rows = m_connection.run(m_sql.reading.statuses.text());
    if (!rows)
        return rows.error();
    QStringList statuses;
    for (size_t i = 0; i < rows->size(); ++i)
        statuses += (*rows)[i].text(0);
    return JobQuery(filter, m_shape,
                    {statuses, m_clock.now(), domain::kMaxAttempts, m_sql.reading.isStuck.text()});
}

base::Result<domain::JobPage> JobReader::page(const domain::PageRequest& request)
{
    const auto composed = query(request.filter);
    if (!composed)
        return composed.error();
    const bool isStepwise = request.budget && composed->isSearch() && !request.upwards &&
                            request.skip == 0 && request.since.isEmpty();
    auto page = isStepwise ? search(*composed, request) : this->page(*composed, request);
    if (page) {
        if (const base::Status done = addProgress(page->jobs.data(), page->jobs.size()); !done)
            return done.error();
    }
    return page;
}

base::Result<domain::JobPage> JobReader::page(const JobQuery& query,
                                              const domain::PageRequest& request)
{
    const JobQuery::Statement statement = query.page(request);
    const auto rows = m_connection.run(statement.sql, statement.params);
    if (!rows)
        return rows.error();
    domain::JobPage page;
    page.jobs.reserve(qsizetype(rows->size()));
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        page.jobs.push_back(jobFromRow(row));
        page.jobs.back().isStuck = row.boolean(7);
        page.keys.push_back({row.text(8), row.text(0)});
    }
    page.isLast = page.jobs.size() < request.limit;
    if (request.upwards) {
        std::reverse(page.jobs.begin(), page.jobs.end());
        std::reverse(page.keys.begin(), page.keys.end());
    }
    return page;
}

// Step by step, newest first, so that the first hits are there long before all rows were looked at.
base::Result<domain::JobPage> JobReader::search(const JobQuery& query,
                                                const domain::PageRequest& request)
{
    constexpr int kQuickMs = 500;
    constexpr int kMostRows = 500'000'000;
    QElapsedTimer clock;
    clock.start();
    domain::JobPage found;
    domain::PageRequest step = request;
    int window = request.budget->window;
    while (true) {
        const qint64 begun = clock.elapsed();
        step.since.clear();
        const JobQuery::Statement statement = query.boundary(step, window);
        const auto boundary = m_connection.run(statement.sql, statement.params);
        if (!boundary)
            return boundary.error();
        step.since = boundary->isEmpty() ? QString() : (*boundary)[0].text(0);
        const auto rows = page(query, step);
        if (!rows)
            return rows.error();
        found.jobs += rows->jobs;
        found.keys += rows->keys;
        step.limit -= int(rows->jobs.size());
        found.isLast = step.since.isEmpty() && step.limit > 0;
        if (step.limit == 0 || found.isLast)
            return found;
        if (clock.elapsed() - begun < kQuickMs && window < kMostRows)
            window *= 2;
        if (clock.elapsed() > request.budget->time.count()) {
            found.searchedTo = step.since;
            found.searchedToTime = (*boundary)[0].time(0);
            found.window = window;
            return found;
        }
        step.before = step.since;
        step.after = {}; // which is within what was searched
        step.from = {};
        step.createdBy = {};
    }
}

namespace {
// A number, or a plan: [{"Plan": {"Plan Rows": 9850321, …}}].
qint64 estimatedRows(const db::Rows::Row& row)
{
    const QJsonDocument plan = QJsonDocument::fromJson(row.text(0).toUtf8());
    if (!plan.isArray())
        return row.integer(0);
    return plan[0][u"Plan"_s][u"Plan Rows"_s].toInteger();
}
} // namespace

base::Result<domain::MatchCount> JobReader::count(const domain::JobFilter& filter, qint64 limit)
{
    const auto composed = query(filter);
    if (!composed)
        return composed.error();
    const JobQuery::Statement statement = composed->count(limit + 1);
    const auto rows = m_connection.run(statement.sql, statement.params);
    if (!rows)
        return rows.error();
    domain::MatchCount matches;
    matches.count = std::min((*rows)[0].integer(0), limit);
    matches.isExact = (*rows)[0].integer(0) <= limit;
    if (matches.isExact)
        return matches;
    // Nothing depends on it, so that its failure is none of the count's.
    if (const auto estimate = composed->estimate()) {
        const auto said = m_connection.run(estimate->sql, estimate->params);
        if (said && !said->isEmpty() && !(*said)[0].isNull(0))
            matches.about = std::max(matches.count, estimatedRows((*said)[0]));
    }
    return matches;
}

} // namespace queuedeck::store
