// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/snapshot.h"

#include <deque>
#include <map>

namespace queuedeck::service {

/// What finished lately, by what the counts of finished jobs have risen: so at least that. For
/// queues where other processors work too, whose runs no history of ours records. A value.
class FinishTally
{
public:
    struct Finished
    {
        qint64 completed = 0;
        qint64 failed = 0;

        qint64 all() const { return completed + failed; }
    };

    void add(const domain::QueueSnapshot& snapshot);
    /// In the last `window`, of a type or (empty) of all; none before it was watched for so long.
    std::optional<Finished> within(std::chrono::seconds window, const QString& type) const;

private:
    struct Step
    {
        QDateTime at;
        std::map<QString, Finished> byType;
    };

    std::deque<Step> m_steps;
    QMap<QString, domain::TypeCounts> m_last;
    QDateTime m_begun;
    QDateTime m_at;
};

} // namespace queuedeck::service
