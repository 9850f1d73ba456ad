// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobpageloader.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "ui/jobs/jobtablemodel.h"

namespace queuedeck::ui {

using async::deliver;
using base::Result;
using domain::JobPage;

namespace {
constexpr int kPage = JobRows::kPageSize;
constexpr int kGreyAfterMs = 150; ///< then the rows of the older filter give way to grey bars
constexpr int kGreyRows = 60;
constexpr int kImpatientMs = 300; ///< an outdated query that takes longer is ended
constexpr int kSlowSeconds = 2;
constexpr int kRefreshShare = 4; ///< a refresh may take a quarter of its interval
} // namespace

JobPageLoader::JobPageLoader(service::JobService& jobs, service::ChangeFeed& changes,
                             JobTableModel& model, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_changes(changes)
    , m_model(model)
{
    m_slowTimer.setInterval(std::chrono::seconds(1));
    m_greyTimer.setSingleShot(true);
    m_greyTimer.setInterval(kGreyAfterMs);
    m_backOffTimer.setSingleShot(true);
    connect(&m_slowTimer, &QTimer::timeout, this, [this] {
        const auto seconds = int(m_question.elapsed() / 1000);
        if (seconds >= kSlowSeconds)
            Q_EMIT stillReading(seconds);
    });
    connect(&m_greyTimer, &QTimer::timeout, this, [this] {
        if (m_isFresh)
            m_model.showLoading(kGreyRows);
    });
    connect(&m_backOffTimer, &QTimer::timeout, this, [this] {
        if (m_refreshDue)
            refresh();
    });
    connect(&changes, &service::ChangeFeed::changed, this, &JobPageLoader::onChanged);
}

void JobPageLoader::setFilter(const domain::JobFilter& filter)
{
    m_filter = filter;
    ++m_generation;
    m_isFresh = true;
    goOn();
    m_isRefreshing = m_refreshDue = false;
    m_anchor = {};
    m_end.reset();
    m_knownCount.reset();
    m_counted = {};
    setNewer(0);
    m_newerDue = false;
    m_searchedTo.clear();
    m_searchedToTime = {};
    m_moreDue = false;
    m_search.start();
    m_isCountRefused = false;
    m_countDue = true;
    m_greyTimer.start();
    if (m_matches) {
        m_matches.reset();
        Q_EMIT matchesChanged();
    }
    if (isReading() && m_question.elapsed() > kImpatientMs)
        m_jobs.stopReading();
    next();
}

void JobPageLoader::setVisibleRows(int first, int last)
{
    if (first == m_first && last == m_last) {
        next();
        return;
    }
    m_first = first;
    m_last = last;
    if (m_state != State::Refused || !m_isFresh) // else only the grey rows have gone
        goOn();
    next();
}

void JobPageLoader::setKnownCount(qint64 count)
{
    m_knownCount = count;
    if (!m_isFresh && !m_counted.isExact)
        applyCount(m_counted);
}

void JobPageLoader::setActive(bool active)
{
    m_isActive = active;
    if (!active)
        return;
    if (m_refreshDue)
        refresh();
    next();
}

/// The user wants to see something: an earlier stop or failure is over.
void JobPageLoader::goOn()
{
    if (m_state == State::Stopping)
        m_state = State::Reading;
    else if (!isReading())
        m_state = State::Idle;
}

void JobPageLoader::readAgain()
{
    goOn();
    m_isCountRefused = false;
    refresh();
}

void JobPageLoader::showNewest()
{
    m_anchor = {};
    m_first = 0;
    setNewer(0);
    readAgain();
}

void JobPageLoader::stop()
{
    if (!isReading())
        return;
    m_state = State::Stopping;
    m_jobs.stopReading();
}

void JobPageLoader::onChanged()
{
    if (m_state == State::Failed)
        m_state = State::Idle;
    const bool isStopped = m_state == State::Stopped || m_state == State::Stopping;
    if (!m_isActive || isStopped || m_backOffTimer.isActive() || m_isRefreshing) {
        m_refreshDue = true;
        return;
    }
    refresh();
}

void JobPageLoader::refresh()
{
    m_refreshDue = false;
    m_isRefreshing = true;
    m_refresh.start();
    m_model.markAllStale();
    m_countDue = !m_isCountRefused && m_searchedTo.isEmpty();
    m_newerDue = true;
    next();
}

void JobPageLoader::endRefresh()
{
    m_isRefreshing = false;
    const qint64 took = m_refresh.elapsed();
    if (took * kRefreshShare > m_changes.interval().count())
        m_backOffTimer.start(int(qMin<qint64>(took * kRefreshShare, 60'000)));
    else if (m_refreshDue && m_isActive)
        refresh();
}

JobPageLoader::Request JobPageLoader::wanted(int& page) const
{
    page = 0;
    if (m_isFresh)
        return Request::Page;
    const JobRows& rows = m_model.rows();
    const int lastRow = qMin(m_last, rows.rowCount() - 1);
    const int firstPage = qMin(qMax(m_first, 0), qMax(lastRow, 0)) / kPage;
    const int lastPage = qMax(lastRow, 0) / kPage;
    for (page = firstPage; page <= lastPage; ++page) {
        if (!rows.hasPage(page) || (!rows.isWhole(page) && rows.rowCount() > 0)) {
            page = rows.firstToRead(page);
            return Request::Page;
        }
    }
    for (page = firstPage; page <= lastPage; ++page) {
        if (rows.isStale(page))
            return Request::Page;
    }
    if (m_moreDue)
        return Request::More;
    if (m_newerDue && !m_anchor.isTop())
        return Request::Newer;
    return m_countDue ? Request::Count : Request::Nothing;
}

void JobPageLoader::next()
{
    if (m_state != State::Idle || !m_isActive)
        return;
    int page = 0;
    switch (wanted(page)) {
    case Request::Page: requestPage(page); break;
    case Request::More: requestMore(); break;
    case Request::Newer: requestNewer(); break;
    case Request::Count: requestCount(); break;
    case Request::Nothing:
        if (m_isRefreshing)
            endRefresh();
    }
}

void JobPageLoader::begin()
{
    m_state = State::Reading;
    m_question.start();
    m_slowTimer.start();
}

/// The query has ended; true when its answer is still wanted.
bool JobPageLoader::takeAnswer(quint64 generation, const base::Error* error)
{
    const bool wasStopped = m_state == State::Stopping;
    m_state = State::Idle;
    m_slowTimer.stop();
    if (wasStopped) {
        m_state = State::Stopped;
        m_isRefreshing = false;
        m_greyTimer.stop();
        if (m_isFresh)
            m_model.showLoading(0); // rows of no list, which nothing could act on
        Q_EMIT stopped();
        return false;
    }
    if (error && error->kind == base::ErrorKind::Cancelled)
        return false; // the stop was meant for another query: query again
    if (generation != m_generation)
        return false;
    if (error) {
        m_state = error->kind == base::ErrorKind::Timeout ? State::Refused : State::Failed;
        m_isRefreshing = false;
        m_greyTimer.stop();
        if (m_isFresh)
            m_model.showLoading(0);
        Q_EMIT failed(*error);
        return false;
    }
    Q_EMIT recovered();
    return true;
}

void JobPageLoader::requestPage(int page)
{
    const bool mayFollow = page == 0 && (m_isFresh || m_anchor.isTop() || m_mayFollow());
    domain::PageRequest request;
    request.filter = m_filter;
    request.limit = kPage;
    request.budget = m_budget;
    request.since = m_searchedTo;
    JobRows::Place place;
    if (!mayFollow) {
        place = m_model.rows().placeOf(page);
        // The other places are below the anchor, and of two upper bounds SQLite may search by the
        // farther one.
        const bool isBelow = !place.upwards && (!place.after.isTop() || place.createdBy.isValid());
        if (!isBelow)
            request.from = place.from.isTop() ? m_anchor : place.from;
        request.after = place.after;
        request.skip = place.skip;
        request.limit = place.limit;
        request.upwards = place.upwards;
        request.createdBy = place.createdBy;
    }
    begin();
    deliver(
        m_jobs.page(request), this,
        [this, page, place, mayFollow, generation = m_generation](const Result<JobPage>& answer) {
            if (takeAnswer(generation, answer ? nullptr : &answer.error()))
                showPage(page, *answer, place, mayFollow);
            next();
        });
}

void JobPageLoader::showPage(int page, const JobPage& content, const JobRows::Place& place,
                             bool isTop)
{
    const qint64 took = m_question.elapsed();
    m_readAt = QDateTime::currentDateTimeUtc();
    if (isTop) {
        m_anchor = content.keys.isEmpty() ? domain::Keyset() : content.keys.front();
        m_newerDue = false;
        setNewer(0);
    }
    const int end = page * kPage + int(content.jobs.size());
    const bool isLast = !content.searchedTo.isEmpty() ||
                        (place.upwards ? place.after.isTop() && place.skip == 0 : content.isLast);
    if (isLast) {
        m_tailPage = page;
        m_tail = content;
    }
    if (!content.searchedTo.isEmpty())
        noteSearch(content);
    if (isLast)
        m_end = end;
    else if (m_end && *m_end <= end)
        m_end.reset();
    // At least one more follows a page that is not the last; how many is known once they are
    // counted.
    const int more = !m_isFresh && m_model.rows().isEnd() ? 1 : kPage;
    int rows = qMax(rowsNow(), isLast || place.upwards ? 0 : end + more);
    if (isLast)
        rows = end;
    const bool isWhole = isLast && page == 0;
    if (!m_searchedTo.isEmpty() ||
        isWhole) // nothing to count; the model's signals may ask for more
        m_countDue = false;
    m_greyTimer.stop();
    if (m_isFresh) {
        m_isFresh = false;
        m_model.startWith(content, rows);
    } else {
        m_model.put(page, content, place, rows);
    }
    if (!m_searchedTo.isEmpty())
        setMatches({end + m_newer + 1, false}); // so many, or more
    else if (isWhole)
        setMatches({end + m_newer, m_newer < kPage});
    Q_EMIT listRead(took);
}

/// The table's row count, as far as it is known.
int JobPageLoader::rowsNow() const
{
    if (m_isFresh)
        return 0;
    const JobRows& rows = m_model.rows();
    if (m_end && (*m_end == 0 || !rows.isStale((*m_end - 1) / kPage)))
        return *m_end;
    return rows.rowCount();
}

} // namespace queuedeck::ui
