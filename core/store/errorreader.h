// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/errorgroups.h"
#include "core/domain/frozenjobs.h"
#include "core/domain/jobfilter.h"

#include <functional>
#include <stop_token>

namespace queuedeck::store {

class JobQuery;
class JobStore;

/// Reads the errors of the jobs that match a filter, newest first, part by part: at no time more
/// than some thousand rows, and none of their payloads. Every call blocks; it lives on the thread
/// of its store. Errors: those of the database, or Cancelled once `stop` is requested.
class ErrorReader
{
public:
    /// `store` must outlive it.
    ErrorReader(JobStore& store, domain::JobFilter filter, std::stop_token stop = {});

    /// The next part, of about `rows` rows that may match: those created before `before` (empty:
    /// the newest). It is the last one if its span has no bound in the past.
    base::Result<domain::ErrorSlice> next(const QString& before, int rows);
    /// A part that was read before, as it is now.
    base::Result<domain::ErrorSlice> again(const domain::ErrorSlice& slice);
    /// All jobs with errors of this signature, at one moment.
    base::Result<domain::FrozenJobs> freeze(const QString& signature);

private:
    using Take = std::function<void(const domain::Job&)>;
    base::Result<JobQuery> query();
    base::Status read(const domain::ErrorSpan& span, const Take& take);
    base::Result<std::shared_ptr<const domain::ErrorTally>> tally(const domain::ErrorSpan& span);

    JobStore& m_store;
    const domain::JobFilter m_filter;
    const std::stop_token m_stop;
};

} // namespace queuedeck::store
