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
    case JobColumn::Error: return a.error != b.error;
    case JobColumn::Count: break;
    }
    return false;
}

} // namespace

void JobRows::setRowCount(int count)
{
    m_rowCount = count;
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
    m_ends.erase(m_ends.lowerBound(firstGone), m_ends.end());
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
    auto it = m_ends.lowerBound(page); // the first at or after it
    if (it == m_ends.constBegin())
        return {{}, qint64(page) * kPageSize};
    --it;
    return {it.value(), qint64(page - it.key() - 1) * kPageSize};
}

QVector<JobRows::Change> JobRows::replacePage(int page, const QVector<Job>& jobs,
                                              const QVector<domain::Keyset>& keys)
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

    const domain::Keyset end =
        jobs.size() == kPageSize ? keys.value(kPageSize - 1) : domain::Keyset();
    if (m_ends.value(page) != end) {
        m_ends.erase(m_ends.lowerBound(page), m_ends.end());
        for (auto it = m_pages.begin(); it != m_pages.end(); ++it) {
            if (it.key() > page)
                it->isStale = true;
        }
        if (!end.isTop())
            m_ends.insert(page, end);
    }
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
