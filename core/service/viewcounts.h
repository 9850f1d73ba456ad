// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/page.h"
#include "core/domain/savedview.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace queuedeck::service {

class JobService;
class SnapshotFeed;

/// How many jobs each view matches, counted after each snapshot, one after the other and behind all
/// other figures. Counting takes at most a tenth of the time; a view that the database could not
/// count in two seconds is left alone for minutes. Lives on the GUI thread.
class ViewCounts : public QObject
{
    Q_OBJECT

public:
    ViewCounts(JobService& jobs, const SnapshotFeed& snapshots, QObject* parent = nullptr);

    void setViews(const domain::SavedViewList& views);
    /// While nobody sees the counts, nothing is counted.
    void setActive(bool isActive);

    /// None: not known, or not any more.
    std::optional<domain::MatchCount> count(const QString& viewId) const;
    /// The last count took too long.
    bool isTooSlow(const QString& viewId) const;

Q_SIGNALS:
    void changed();

private:
    struct Known
    {
        QString query;
        std::optional<domain::MatchCount> count;
        QElapsedTimer slow; ///< valid: since it took too long
    };

    void begin();
    void countNext();
    void finish();

    JobService& m_jobs;
    const SnapshotFeed& m_snapshots;
    domain::SavedViewList m_views;
    QHash<QString, Known> m_known;
    QVector<domain::SavedView> m_left;
    QTimer m_next{this};
    QElapsedTimer m_round;
    qint64 m_took = 0;
    bool m_isActive = false;
    bool m_isCounting = false;
    bool m_again = false;
};

} // namespace queuedeck::service
