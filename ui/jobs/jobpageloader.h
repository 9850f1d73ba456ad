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
    /// For how long a search looks at rows before it shows what it has, and for how long it goes on
    /// by itself; 0.3 s and 5 s unless set.
    void setSearchBudget(const domain::SearchBudget& budget, std::chrono::milliseconds goOnFor)
    {
        m_budget = budget;
        m_goOnFor = goOnFor;
    }
    /// Called before each reading of the top: may new rows enter?
    void setMayFollow(std::function<bool()> mayFollow) { m_mayFollow = std::move(mayFollow); }
    /// A hidden page sends no queries; shown again, it catches up.
    void setActive(bool active);
    void readAgain();  ///< by the user, so even when paused
    void showNewest(); ///< lets the new rows in; the view goes to the top itself
    void searchOn();   ///< among older rows than searchedTo()
    void stop();       ///< ends the query

    bool isReading() const { return m_state == State::Reading || m_state == State::Stopping; }
    bool isStopped() const { return m_state == State::Stopped; }
    bool hasAnswer() const { return !m_isFresh; } ///< for this filter
    /// None until they are counted for this filter.
    const std::optional<domain::MatchCount>& matches() const { return m_matches; }
    int newer() const { return m_newer; } ///< rows above the first shown; kPageSize: or more
    const QDateTime& readAt() const { return m_readAt; }
    /// How far back a search has come that is not done: rows older than that were not looked at.
    const QDateTime& searchedTo() const { return m_searchedToTime; }

Q_SIGNALS:
    void listRead(qint64 milliseconds); ///< a page arrived
    void matchesChanged();
    void newerChanged();
    void failed(const queuedeck::base::Error& error);
    void recovered();
    void stillReading(int seconds); ///< every second from 2 s on
    void stopped();

private:
    enum class Request { Nothing, Page, More, Newer, Count };
    enum class State {
        Idle,
        Reading,
        Stopping, ///< the query was told to end, but has not yet
        Stopped,  ///< by the user, until the next request
        Failed,   ///< likewise, or until the database has changed
        Refused,  ///< it took too long, so only a person asks that again
    };

    void next();
    Request wanted(int& page) const;
    bool isAutomatic() const;
    void requestPage(int page);
    void requestMore();
    void requestNewer();
    void requestCount();
    void goOn();
    void begin();
    bool takeAnswer(quint64 generation, const base::Error* error);
    void showMore(const domain::JobPage& found);
    void noteSearch(const domain::JobPage& content);
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
    domain::SearchBudget m_budget{std::chrono::milliseconds(300)};
    std::chrono::milliseconds m_goOnFor = std::chrono::seconds(5);
    QElapsedTimer m_search;  ///< since a person asked for it
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
    QString m_searchedTo; ///< the list ends there for now; empty: it is whole
    QDateTime m_searchedToTime;
    bool m_moreDue = false;
    int m_tailPage = 0;            ///< the last page, while the search is not done
    domain::JobPage m_tail;        ///< and its rows
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
