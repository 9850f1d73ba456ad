// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/cleanup.h"
#include "core/domain/engineseen.h"
#include "core/domain/frozenjobs.h"
#include "core/domain/jobcontent.h"
#include "core/domain/jobexport.h"
#include "core/domain/page.h"
#include "core/domain/snapshot.h"
#include "core/store/effects/effects.h"
#include "core/store/jobquery.h"
#include "core/store/tableshape.h"

#include <QHash>
#include <QJsonObject>

#include <stop_token>

namespace queuedeck::store {

/// Reads jobs. Every call blocks; it lives on the thread of its connection.
class JobReader
{
public:
    JobReader(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
              const Effects& effects);

    base::Result<domain::JobPage> page(const domain::PageRequest& request);
    base::Result<domain::MatchCount> count(const domain::JobFilter& filter, qint64 limit);
    /// All that match at one moment, newest first within each state. Looks at the table in steps,
    /// each within the connection's deadline, until `stop`.
    base::Result<domain::FrozenJobs> freeze(const domain::JobFilter& filter,
                                            const std::stop_token& stop = {});
    /// The named jobs, as they are at one moment; those that are not there as such.
    base::Result<domain::FrozenJobs> freeze(const domain::JobIds& ids);
    /// NotFound when there is no such job.
    base::Result<domain::JobDetail> job(const domain::JobId& id);
    /// Status and attempts of these jobs; those that are not there are left out.
    base::Result<QHash<domain::JobId, domain::Job>> statesOf(const domain::JobIds& ids);
    /// These rows with whole errors and payloads. Rows that are gone are left out.
    base::Result<QHash<domain::JobId, domain::JobContent>> contents(const domain::JobIds& ids);
    /// The next jobs that match, newest first, with whole errors and payloads, and where to go on:
    /// some hundreds, fewer if they are large, none where many rows match nothing. `withAttempts`:
    /// also when the last attempt began and ended. In steps, each bounded whatever the table's
    /// size.
    base::Result<domain::ExportedPage> exported(const domain::PageRequest& request,
                                                bool withAttempts);
    /// The same of named jobs, in this order; those that are gone are left out.
    base::Result<QVector<domain::ExportedJob>> exported(const domain::JobIds& ids,
                                                        bool withAttempts);
    /// Every column of these rows, whatever the application has added: texts as the database writes
    /// them, numbers and NULL as such, bytes as {"base64": …}. Rows that are gone are left out.
    base::Result<QHash<domain::JobId, QJsonObject>> wholeRows(const domain::JobIds& ids);
    /// All figures from one database snapshot.
    base::Result<domain::QueueSnapshot> snapshot();
    /// How many jobs can still run, and the `limit` oldest of them, from one database snapshot.
    base::Result<domain::WaitingJobs> waiting(int limit);
    base::Result<domain::CleanUpPreview> previewCleanUp(const domain::CleanUp& request,
                                                        const std::stop_token& stop = {});
    /// Engines, most recently seen first; none for a guest.
    base::Result<QVector<domain::EngineSeen>> engines();
    /// Differs from the previous value after any change by another connection.
    base::Result<qint64> changeMark();

private:
    base::Result<domain::JobPage> page(const JobQuery& query, const domain::PageRequest& request);
    base::Result<domain::JobPage> search(const JobQuery& query, const domain::PageRequest& request);
    base::Status addLong(QVector<domain::ExportedJob>& jobs, const QVector<qsizetype>& places);
    base::Status addAttempts(QVector<domain::ExportedJob>& jobs);
    base::Result<db::Rows> runOnIds(const Sql& sql, domain::JobIds ids);
    base::Result<std::optional<domain::ScanId>> scanOf(const domain::JobDetail& detail);
    base::Status addProgress(domain::Job* jobs, qsizetype count);
    base::Result<domain::FrozenJobs> freeze(const JobQuery& query, const std::stop_token& stop);
    base::Status addSamples(const domain::JobFilter& filter, domain::CleanUpPreview& preview);
    base::Status checkTimes(const db::Params& params);
    base::Result<JobQuery> query(const domain::JobFilter& filter);

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
    const Effects& m_effects;
};

} // namespace queuedeck::store
