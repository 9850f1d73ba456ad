// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs with all they hold, as they are exported: some hundreds at a time, in bounded memory.
#include "core/store/jobreader.h"
#include "core/store/jobrow.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
constexpr int kMostAtOnce = 1'000;
constexpr int kMostLookedAt = 200'000;
constexpr int kFirst = 8; // columns of {content_columns}: error, payload, whether they are too long
} // namespace

// A step looks at the rows of one span of time, so that each status is read as far as the others;
// of a filter that few rows match, the spans become longer.
base::Result<domain::ExportedPage> JobReader::exported(const domain::PageRequest& request,
                                                       bool withAttempts)
{
    const auto composed = query(request.filter);
    if (!composed)
        return composed.error();
    domain::PageRequest step = request;
    step.limit = kMostAtOnce;
    const int window = request.budget ? request.budget->window : kMostAtOnce;
    const JobQuery::Statement end = composed->boundary(step, window);
    const auto boundary = m_connection.run(end.sql, end.params);
    if (!boundary)
        return boundary.error();
    step.since = boundary->isEmpty() ? QString() : (*boundary)[0].text(0);
    const JobQuery::Statement statement = composed->contents(step);
    const auto rows = m_connection.run(statement.sql, statement.params);
    if (!rows)
        return rows.error();

    domain::ExportedPage page;
    page.jobs.reserve(qsizetype(rows->size()));
    QVector<qsizetype> longOnes;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        domain::ExportedJob job{jobFromRow(row), row.bytes(kFirst)};
        job.job.error = row.text(kFirst - 1);
        if (row.boolean(kFirst + 1))
            longOnes += page.jobs.size();
        page.jobs.push_back(std::move(job));
    }
    if (const base::Status done = addLong(page.jobs, longOnes); !done)
        return done.error();
    if (withAttempts) {
        if (const base::Status done = addAttempts(page.jobs); !done)
            return done.error();
    }

    domain::PageRequest next;
    next.filter = request.filter;
    if (rows->size() == size_t(kMostAtOnce)) { // there may be more within this span
        const db::Rows::Row last = (*rows)[rows->size() - 1];
        next.after = {last.text(kFirst + 2), last.text(0)};
    } else if (step.since.isEmpty()) {
        return page;
    } else {
        next.before = step.since;
    }
    const bool areFew = page.jobs.size() < kMostAtOnce / 4;
    next.budget = domain::SearchBudget{
        {}, areFew ? std::min(2 * window, kMostLookedAt) : std::max(window / 2, kMostAtOnce)};
    page.next = next;
    return page;
}

// One after the other: a payload may take as much memory as all others together.
base::Status JobReader::addLong(QVector<domain::ExportedJob>& jobs,
                                const QVector<qsizetype>& places)
{
    for (auto place = places.crbegin(); place != places.crend(); ++place) {
        domain::ExportedJob& job = jobs[*place];
        const auto whole = contents({job.job.id});
        if (!whole)
            return whole.error();
        const auto found = whole->constFind(job.job.id);
        if (found == whole->cend()) {
            jobs.removeAt(*place); // deleted in between
            continue;
        }
        job.job.error = found->job.error;
        job.payload = found->payload;
    }
    return {};
}

base::Status JobReader::addAttempts(QVector<domain::ExportedJob>& jobs)
{
    if (!m_sql.companion || jobs.isEmpty())
        return {};
    domain::JobIds ids;
    QHash<domain::JobId, qsizetype> places;
    for (qsizetype i = 0; i < jobs.size(); ++i) {
        ids += jobs[i].job.id;
        places.insert(jobs[i].job.id, i);
    }
    const auto rows = runOnIds(m_sql.companion->lastAttempts, ids);
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        domain::ExportedJob& job = jobs[places.value({row.text(0)})];
        job.startedAt = row.time(1);
        job.endedAt = row.time(2);
    }
    return {};
}

base::Result<QVector<domain::ExportedJob>> JobReader::exported(const domain::JobIds& ids,
                                                               bool withAttempts)
{
    const auto found = contents(ids);
    if (!found)
        return found.error();
    QVector<domain::ExportedJob> jobs;
    for (const domain::JobId& id : ids) {
        const auto content = found->constFind(id);
        if (content != found->cend())
            jobs.push_back({content->job, content->payload});
    }
    if (withAttempts) {
        if (const base::Status done = addAttempts(jobs); !done)
            return done.error();
    }
    return jobs;
}

} // namespace queuedeck::store
