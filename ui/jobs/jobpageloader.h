// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/page.h"
#include "ui/jobs/jobrows.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace queuedeck::service {
class ChangeFeed;
class JobService;
} // namespace queuedeck::service

namespace queuedeck::ui {

class JobTableModel;

/// Fills a JobTableModel: one query at a time, for what is visible now, so that the latest request
/// wins; an answer to an older filter is dropped by its generation. When the database has changed,
/// it reads the visible pages again. While the list may not follow (scrolled, or something is
/// selected), rows above its first are kept out by a bound and only counted. GUI thread.
class JobPageLoader : public QObject
{
    Q_OBJECT

public:
    JobPageLoader(service::JobService& jobs, service::ChangeFeed& changes, JobTableModel& model,
                  QObject* parent = nullptr);

    void setFilter(const domain::JobFilter& filter);
    const domain::JobFilter& filter() const { return m_filter; }
    void setVisibleRows(int first, int last);
    /// How many match, if known beyond the limit of counting; call after setFilter().
    void setKnownCount(qint64 count);
    /// Called before each reading of the top: may new rows enter?
    void setMayFollow(std::function<bool()> mayFollow) { m_mayFollow = std::move(mayFollow); }
    /// A hidden page sends no queries; shown again, it catches up.
    void setActive(bool active);
    void readAgain();  ///< by the user, so even when paused
    void showNewest(); ///< lets the new rows in; the view goes to the top itself
    void stop();       ///< ends the query

    bool isReading() const { return m_state == State::Reading || m_state == State::Stopping; }
    bool isStopped() const { return m_state == State::Stopped; }
    bool hasAnswer() const { return !m_isFresh; } ///< for this filter
    /// None until they are counted for this filter.
    const std::optional<domain::MatchCount>& matches() const { return m_matches; }
    int newer() const { return m_newer; } ///< rows above the first shown; kPageSize: or more
    const QDateTime& readAt() const { return m_readAt; }

Q_SIGNALS:
    void listRead(qint64 milliseconds); ///< a page arrived
    void matchesChanged();
    void newerChanged();
    void failed(const queuedeck::base::Error& error);
    void recovered();
    void stillReading(int seconds); ///< every second from 2 s on
    void stopped();

private:
    enum class Ask { Nothing, Page, Newer, Count };
    enum class State {
        Idle,
        Reading,
        Stopping, ///< the query was told to end, but has not yet
        Stopped,  ///< by the user, until the next request
        Failed,   ///< likewise, or until the database has changed
        Refused,  ///< it took too long, so only a person asks that again
    };

    void next();
    Ask wanted(int& page) const;
    bool isAutomatic() const;
    void askPage(int page);
    void askNewer();
    void askCount();
    void goOn();
    void begin();
    bool takeAnswer(quint64 generation, const base::Error* error);
    void showPage(int page, const domain::JobPage& content, const JobRows::Place& place,
                  bool isTop);
    int rowsNow() const;
    void applyCount(domain::MatchCount counted);
    void setMatches(const domain::MatchCount& matches);
    void setNewer(int newer);
    void onChanged();
    void refresh();
    void endRefresh();

    service::JobService& m_jobs;
    service::ChangeFeed& m_changes;
    JobTableModel& m_model;
    std::function<bool()> m_mayFollow = [] { return true; };
    domain::JobFilter m_filter;
    domain::Keyset m_anchor; ///< the newest row shown; top: no bound
    std::optional<domain::MatchCount> m_matches;
    domain::MatchCount m_counted; ///< as the database answered
    std::optional<qint64> m_knownCount;
    std::optional<int> m_end; ///< row count, known from the last page
    int m_newer = 0;
    int m_first = 0;
    int m_last = 0;
    quint64 m_generation = 0;
    bool m_isFresh = true; ///< the first page of this filter has not come yet
    State m_state = State::Idle;
    bool m_isActive = true;
    bool m_newerDue = false;
    bool m_countDue = false;
    bool m_isCountRefused = false; ///< it took too long for this filter
    bool m_refreshDue = false;     ///< a change came while hidden, or too early
    bool m_isRefreshing = false;
    QDateTime m_readAt;
    QElapsedTimer m_question;
    QElapsedTimer m_refresh;
    QTimer m_slowTimer;
    QTimer m_greyTimer;
    QTimer m_backOffTimer;
};

} // namespace queuedeck::ui
