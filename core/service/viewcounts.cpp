// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/viewcounts.h"

#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "core/service/snapshotfeed.h"

namespace queuedeck::service {

namespace {
constexpr qint64 kLimit = 10'000;
constexpr std::chrono::seconds kPatience(2);
constexpr qint64 kLeftAloneMs = 5 * 60 * 1000;
constexpr qint64 kShare = 10; // counting takes at most one part in so many
} // namespace

ViewCounts::ViewCounts(JobService& jobs, const SnapshotFeed& snapshots, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_snapshots(snapshots)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ViewCounts::begin);
    connect(&snapshots, &SnapshotFeed::read, this, [this] {
        if (m_isCounting)
            m_again = true;
        else if (!m_next.isActive())
            m_next.start(int(
                m_round.isValid() ? std::max<qint64>(m_took * kShare - m_round.elapsed(), 0) : 0));
    });
}

void ViewCounts::setViews(const domain::SavedViewList& views)
{
    m_views = views;
    for (auto it = m_known.begin(); it != m_known.end();) {
        const bool isKept = std::any_of(views.cbegin(), views.cend(), [&it](const auto& view) {
            return view.id == it.key() && view.query == it->query;
        });
        it = isKept ? std::next(it) : m_known.erase(it);
    }
    if (m_snapshots.current().takenAt.isValid())
        begin();
}

void ViewCounts::setActive(bool isActive)
{
    const bool begins = isActive && !m_isActive;
    m_isActive = isActive;
    if (begins && m_snapshots.current().takenAt.isValid())
        begin();
}

std::optional<domain::MatchCount> ViewCounts::count(const QString& viewId) const
{
    const auto known = m_known.constFind(viewId);
    return known == m_known.cend() ? std::nullopt : known->count;
}

bool ViewCounts::isTooSlow(const QString& viewId) const
{
    const auto known = m_known.constFind(viewId);
    return known != m_known.cend() && known->slow.isValid();
}

void ViewCounts::begin()
{
    if (!m_isActive)
        return;
    if (m_isCounting) {
        m_again = true;
        return;
    }
    m_again = false;
    m_round.start();
    m_left.clear();
    for (const domain::SavedView& view : std::as_const(m_views)) {
        const auto known = m_known.constFind(view.id);
        const bool isLeftAlone = known != m_known.cend() && known->slow.isValid() &&
                                 !known->slow.hasExpired(kLeftAloneMs);
        if (view.isCounted && !isLeftAlone)
            m_left += view;
    }
    countNext();
}

void ViewCounts::countNext()
{
    while (!m_left.isEmpty()) {
        const domain::SavedView view = m_left.takeFirst();
        const auto filter = domain::JobFilter::parse(view.query);
        if (!filter)
            continue;
        m_isCounting = true;
        async::deliver(m_jobs.countLater(*filter, kLimit, kPatience), this,
                       [this, view](const base::Result<domain::MatchCount>& count) {
                           m_isCounting = false;
                           Known& known = m_known[view.id];
                           known.query = view.query;
                           // An old figure would pass for one of now.
                           known.count =
                               count ? std::optional<domain::MatchCount>(*count) : std::nullopt;
                           known.slow.invalidate();
                           if (!count && count.error().kind == base::ErrorKind::Timeout)
                               known.slow.start();
                           countNext();
                       });
        return;
    }
    finish();
}

void ViewCounts::finish()
{
    m_took = m_round.isValid() ? m_round.elapsed() : 0;
    Q_EMIT changed();
    if (m_again)
        m_next.start(int(m_took * kShare));
}

} // namespace queuedeck::service
