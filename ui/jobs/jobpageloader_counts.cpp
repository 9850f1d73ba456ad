// SPDX-License-Identifier: GPL-3.0-or-later
// How many jobs match, and how many newer ones there are above the list.
#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobtablemodel.h"

namespace queuedeck::ui {

using async::deliver;
using base::Result;
using domain::JobPage;
using domain::MatchCount;

namespace {
constexpr int kPage = JobRows::kPageSize;
} // namespace

void JobPageLoader::requestNewer()
{
    m_newerDue = false;
    begin();
    domain::PageRequest request;
    request.filter = m_filter;
    request.since = m_anchor.createdAt;
    request.limit = kPage;
    deliver(m_jobs.page(request), this,
            [this, generation = m_generation](const Result<JobPage>& answer) {
                if (takeAnswer(generation, answer ? nullptr : &answer.error())) {
                    int newer = 0;
                    for (const domain::Keyset& key : answer->keys) {
                        if (key == m_anchor || key.createdAt < m_anchor.createdAt ||
                            (key.createdAt == m_anchor.createdAt && key.id < m_anchor.id))
                            break;
                        ++newer;
                    }
                    setNewer(newer);
                }
                next();
            });
}

void JobPageLoader::requestCount()
{
    m_countDue = false;
    begin();
    deliver(m_jobs.count(m_filter), this,
            [this, generation = m_generation](const Result<MatchCount>& answer) {
                // The rows are there; only how many more there are stays unknown.
                const bool isRefused = !answer && answer.error().kind == base::ErrorKind::Timeout;
                if (takeAnswer(generation, answer || isRefused ? nullptr : &answer.error())) {
                    if (isRefused)
                        m_isCountRefused = true;
                    else
                        applyCount(*answer);
                }
                next();
            });
}

void JobPageLoader::applyCount(MatchCount counted)
{
    m_counted = counted;
    if (!counted.isExact && m_knownCount && *m_knownCount >= counted.count)
        counted = {*m_knownCount, true};
    setMatches(counted);
    if (m_end && rowsNow() == *m_end)
        return;                          // the list's own end is more reliable
    constexpr qint64 kMost = 30'000'000; // what a view can scroll
    const qint64 count = counted.about.value_or(counted.count);
    const auto rows = int(qBound<qint64>(0, count - m_newer, kMost));
    if (counted.isExact || counted.about)
        m_model.setRowCount(rows, true);
    else
        m_model.setRowCount(qMax(rows, m_model.rows().rowCount()));
}

void JobPageLoader::setMatches(const MatchCount& matches)
{
    m_matches = matches; // reported even if equal: it is for another filter, or newer
    Q_EMIT matchesChanged();
}

void JobPageLoader::setNewer(int newer)
{
    if (newer == m_newer)
        return;
    m_newer = newer;
    Q_EMIT newerChanged();
}

} // namespace queuedeck::ui
