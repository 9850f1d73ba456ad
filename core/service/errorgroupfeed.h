// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/service/errorgroupservice.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace queuedeck::service {

class ChangeFeed;

/// The error groups of the jobs that match a filter, kept up to date. The newest jobs are there at
/// once, and older ones are added part by part. After a change, only the newest part and one of the
/// others are counted again, so that all of them are before long; if jobs are gone from a part, all
/// others are counted soon. It asks at most a quarter of the time, and nothing while nobody looks.
/// GUI thread.
class ErrorGroupFeed : public QObject
{
    Q_OBJECT

public:
    ErrorGroupFeed(ErrorGroupService& groups, ChangeFeed& changes, QObject* parent = nullptr);
    ~ErrorGroupFeed() override;

    void setFilter(const domain::JobFilter& filter);
    const domain::JobFilter& filter() const { return m_filter; }
    /// Whether somebody looks; at first, nobody does.
    void setActive(bool isActive);
    /// A person's Stop: what was read stays, older jobs are not looked at until goOn().
    void stop();
    void goOn();
    /// Everything from the beginning.
    void readAgain();

    const domain::ErrorGroups& current() const { return m_current; }
    /// Something was read for this filter.
    bool hasAnswer() const { return m_readAt.isValid(); }
    QDateTime readAt() const { return m_readAt; } ///< UTC
    /// Older jobs are still being read.
    bool isReading() const { return !m_isWhole && !m_isStopped && !m_failure; }
    bool isStopped() const { return m_isStopped; }
    /// Why the last reading failed; none: it did not.
    const std::optional<base::Error>& failure() const { return m_failure; }
    /// Until all were read for the first time.
    std::chrono::milliseconds took() const { return m_took; }

Q_SIGNALS:
    void read();
    void stateChanged(); ///< it was stopped, goes on, or failed

private:
    void begin();
    void changed();
    void schedule();
    void ask();
    void askNext();
    void askAgain(int index);
    void take(const base::Result<ErrorReading>& reading, int index);
    void fail(const base::Error& error);
    ErrorGroupService::Tallies talliesWithout(int index) const;

    ErrorGroupService& m_groups;
    domain::JobFilter m_filter = ErrorGroupService::failedJobs();
    QVector<domain::ErrorSlice> m_slices; ///< newest first
    QVector<int> m_todo;                  ///< parts to be counted again
    domain::ErrorGroups m_current;
    QDateTime m_readAt;
    std::optional<base::Error> m_failure;
    std::stop_source m_stop;
    QTimer m_next{this};
    QElapsedTimer m_asked;
    QElapsedTimer m_begun;
    std::chrono::milliseconds m_lastTook{0};
    std::chrono::milliseconds m_took{0};
    quint64 m_generation = 0;
    int m_turn = 0; ///< the part that is counted again with the newest one
    bool m_isActive = false;
    bool m_isWhole = false;
    bool m_isStopped = false;
    bool m_isAsking = false;
    bool m_isSweeping = false;  ///< all parts are counted again
    bool m_isReplacing = false; ///< the parts are cut anew, while what was read stays visible
};

} // namespace queuedeck::service
