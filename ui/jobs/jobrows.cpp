// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobrows.h"

#include "core/domain/jobrules.h"

namespace queuedeck::ui {

using domain::Job;

namespace {

bool differs(const Job& a, const Job& b, JobColumn column)
{
    switch (column) {
    case JobColumn::Status:
        return a.status != b.status || a.rawStatus != b.rawStatus || a.isStuck != b.isStuck ||
               domain::isDead(a) != domain::isDead(b);
    case JobColumn::Type: return a.type != b.type;
    case JobColumn::Id: return a.id != b.id;
    case JobColumn::Tries: return a.attempts != b.attempts;
    case JobColumn::Created: return a.createdAt != b.createdAt;
    case JobColumn::Finished: return a.completedAt != b.completedAt;
    case JobColumn::Error: return a.error != b.error || a.progress != b.progress;
    case JobColumn::Count: break;
    }
    return false;
}

constexpr qint64 rowsUpTo(int page)
{
    return qint64(page) * JobRows::kPageSize;
}

} // namespace

void JobRows::setRowCount(int count, bool isEnd)
{
    m_rowCount = count;
    m_isEnd = isEnd;
    const int firstGone = (count + kPageSize - 1) / kPageSize;
    for (const int page : m_pages.keys()) {
        if (page >= firstGone) {
            drop(page);
        } else if (page == firstGone - 1 && m_pages[page].jobs.size() > count - page * kPageSize) {
            Rows& rows = m_pages[page];
            while (rows.jobs.size() > count - page * kPageSize) {
                const int row = page * kPageSize + int(rows.jobs.size()) - 1;
                const auto it = m_rowOfId.constFind(rows.jobs.back().id.value);
                if (it != m_rowOfId.constEnd() && *it == row)
                    m_rowOfId.erase(it);
                rows.jobs.removeLast();
            }
        }
    }
    m_edges.erase(m_edges.lowerBound(firstGone), m_edges.end());
}

void JobRows::clear()
{
    *this = {};
}

const Job* JobRows::job(int row) const
{
    if (row < 0 || row >= m_rowCount)
        return nullptr;
    const auto page = m_pages.constFind(row / kPageSize);
    if (page == m_pages.constEnd() || row % kPageSize >= page->jobs.size())
        return nullptr;
    page->lastUse = ++m_use;
    return &page->jobs[row % kPageSize];
}

int JobRows::rowOf(const domain::JobId& id) const
{
    const int row = m_rowOfId.value(id.value, -1);
    if (row >= 0)
        return row < m_rowCount ? row : -1;
    // While pages are stale, a job may be in two of them, and the index knew only one.
    for (auto page = m_pages.constBegin(); page != m_pages.constEnd(); ++page) {
        for (int i = 0; i < page->jobs.size(); ++i) {
            if (page->jobs[i].id == id)
                return page.key() * kPageSize + i;
        }
    }
    return -1;
}

bool JobRows::isWhole(int page) const
{
    const auto it = m_pages.constFind(page);
    return it != m_pages.constEnd() &&
           it->jobs.size() >= qMin(kPageSize, m_rowCount - page * kPageSize);
}

bool JobRows::isStale(int page) const
{
    const auto it = m_pages.constFind(page);
    return it == m_pages.constEnd() || it->isStale;
}

void JobRows::markAllStale()
{
    for (Rows& rows : m_pages)
        rows.isStale = true;
}

JobRows::Place JobRows::placeOf(int page) const
{
    Place best{{}, rowsUpTo(page)};
    auto next = m_edges.lowerBound(page); // the first at or after it
    if (next != m_edges.constBegin()) {
        const auto before = std::prev(next);
        if (!before->end.isTop())
            best = {before->end, rowsUpTo(page - before.key() - 1)};
    }
    if (best.skip == 0)
        return best;

    const bool isSeen = next != m_edges.constEnd() && next.key() == page;
    const domain::Keyset ownStart = isSeen ? next->start : domain::Keyset();
    if (isSeen)
        ++next;
    if (next != m_edges.constEnd()) {
        const qint64 skip = rowsUpTo(next.key() - page - 1);
        if (skip < best.skip)
            best = {next->start, skip, true};
    }
    if (m_isEnd) {
        const qint64 below = qMax<qint64>(0, m_rowCount - rowsUpTo(page + 1));
        if (below < best.skip)
            best = {{}, below, true, int(qMin<qint64>(kPageSize, m_rowCount - rowsUpTo(page)))};
    }
    if (best.skip <= kFarRows)
        return best;
    if (isSeen)
        return {{}, 0, false, kPageSize, ownStart};
    return byTime(page).value_or(best);
}

int JobRows::firstToRead(int page) const
{
    const int last = (m_rowCount - 1) / kPageSize;
    return m_isEnd && !m_edges.contains(last) && placeOf(page).skip > kFarRows ? last : page;
}

// As if jobs were created evenly between the nearest known rows above and below.
std::optional<JobRows::Place> JobRows::byTime(int page) const
{
    const auto below = m_edges.upperBound(page);
    if (below == m_edges.constEnd() || below == m_edges.constBegin())
        return std::nullopt;
    const auto above = std::prev(below);
    if (!above->endTime.isValid() || !below->startTime.isValid())
        return std::nullopt;
    const int first = above.key() + 1;
    const double part = double(page - first) / (below.key() - first);
    const auto back = qint64(double(below->startTime.msecsTo(above->endTime)) * part);
    return Place{{}, 0, false, kPageSize, {}, above->endTime.addMSecs(-back)};
}

// The rows after `page` are not where they were: pages near it are found from it anew.
void JobRows::forgetAfter(int page)
{
    for (auto it = m_pages.begin(); it != m_pages.end(); ++it) {
        if (it.key() > page)
            it->isStale = true;
    }
    int nearest = page;
    for (auto it = m_edges.upperBound(page);
         it != m_edges.end() && rowsUpTo(it.key() - nearest) <= kFarRows;) {
        nearest = it.key();
        it = m_edges.erase(it);
    }
}

QVector<JobRows::Change> JobRows::replacePage(int page, const QVector<Job>& jobs,
                                              const QVector<domain::Keyset>& keys,
                                              const Place& place)
{
    const QVector<Job> before = m_pages.value(page).jobs;
    QHash<QString, Job> known;
    for (const Job& job : jobs) {
        const int row = m_rowOfId.value(job.id.value, -1);
        if (row < 0)
            continue;
        const auto it = m_pages.constFind(row / kPageSize);
        if (it != m_pages.constEnd() && row % kPageSize < it->jobs.size())
            known.insert(job.id.value, it->jobs[row % kPageSize]);
    }
    QVector<Change> changes;
    const auto rows = int(qMax(jobs.size(), before.size()));
    for (int i = 0; i < rows; ++i) {
        for (int c = 0; c < int(JobColumn::Count); ++c) {
            const auto column = static_cast<JobColumn>(c);
            if (i >= jobs.size()) {
                changes.append({page * kPageSize + i, column, false});
                continue;
            }
            const auto old = known.constFind(jobs[i].id.value);
            const bool hasChanged = old != known.constEnd() && differs(*old, jobs[i], column);
            if (hasChanged || i >= before.size() || differs(before[i], jobs[i], column))
                changes.append({page * kPageSize + i, column, hasChanged});
        }
    }

    drop(page);
    m_pages.insert(page, {jobs, false, ++m_use});
    for (int i = 0; i < jobs.size(); ++i)
        m_rowOfId.insert(jobs[i].id.value, page * kPageSize + i);

    const bool isFull = jobs.size() == kPageSize;
    const domain::Keyset end = isFull ? keys.last() : domain::Keyset();
    const domain::Keyset oldEnd = m_edges.value(page).end;
    m_edges.remove(page);
    if (!jobs.isEmpty())
        m_edges.insert(page, {keys.first(), end, jobs.first().createdAt, jobs.last().createdAt});
    if (oldEnd != end && !place.joinsNext())
        forgetAfter(page);
    letGo(page);
    return changes;
}

void JobRows::drop(int page)
{
    const Rows rows = m_pages.take(page);
    for (int i = 0; i < rows.jobs.size(); ++i) {
        const auto it = m_rowOfId.constFind(rows.jobs[i].id.value);
        if (it != m_rowOfId.constEnd() && *it == page * kPageSize + i)
            m_rowOfId.erase(it);
    }
}

void JobRows::letGo(int keep)
{
    while (m_pages.size() > kMaxPages) {
        int oldest = -1;
        for (auto it = m_pages.constBegin(); it != m_pages.constEnd(); ++it) {
            if (it.key() != keep && (oldest < 0 || it->lastUse < m_pages[oldest].lastUse))
                oldest = it.key();
        }
        drop(oldest);
    }
}

} // namespace queuedeck::ui
