// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/errorgroups.h"
#include "core/domain/frozenjobs.h"
#include "core/domain/jobfilter.h"

#include <QFuture>

#include <functional>
#include <memory>
#include <stop_token>

namespace queuedeck::service {

class SessionThreads;

/// A part of the jobs as it was read, and what all parts come to.
struct ErrorReading
{
    domain::ErrorSlice slice;
    domain::ErrorGroups groups; ///< of this part and the others that were given
};

/// A filter that lists the jobs of a group.
struct GroupJobs
{
    domain::JobFilter filter;
    qint64 count = 0;  ///< of the group
    qint64 others = 0; ///< jobs that the filter matches as well
};

/// Groups jobs by their errors, on a thread and a connection of its own that only reads, so that
/// nobody waits behind it. From any thread. Errors are those of the database.
class ErrorGroupService
{
public:
    using Tallies = QVector<std::shared_ptr<const domain::ErrorTally>>;

    explicit ErrorGroupService(std::shared_ptr<SessionThreads> threads);
    ~ErrorGroupService();

    /// The next part: about `rows` jobs created before `before` (empty: the newest ones), added to
    /// `others`.
    QFuture<base::Result<ErrorReading>> next(const domain::JobFilter& filter, const QString& before,
                                             int rows, const Tallies& others,
                                             const std::stop_token& stop = {});
    /// A part that was read before as it is now, added to `others`.
    QFuture<base::Result<ErrorReading>> again(const domain::JobFilter& filter,
                                              const domain::ErrorSlice& slice,
                                              const Tallies& others,
                                              const std::stop_token& stop = {});
    /// All parts, one after the other. `progress` is called on that thread.
    QFuture<base::Result<domain::ErrorGroups>>
    all(const domain::JobFilter& filter, const std::stop_token& stop = {},
        std::function<void(const domain::ErrorGroups&)> progress = {});
    /// Exactly the jobs of a group, at one moment: the scope of a change.
    QFuture<base::Result<domain::FrozenJobs>> freeze(const domain::JobFilter& filter,
                                                     const QString& signature,
                                                     const std::stop_token& stop = {});
    /// How to list the jobs of a group: by a filter of its words where that matches exactly them,
    /// by their ids where they are few, else by the filter that matches the fewest others.
    QFuture<base::Result<GroupJobs>> jobsOf(const domain::JobFilter& filter,
                                            const domain::ErrorGroup& group,
                                            const std::vector<domain::ErrorGroup>& all,
                                            const std::stop_token& stop = {});
    /// Ends what is being read for groups.
    void stopReading();

    /// The jobs that are grouped if nobody chose others.
    static domain::JobFilter failedJobs();

private:
    std::shared_ptr<SessionThreads> m_threads;
};

} // namespace queuedeck::service
