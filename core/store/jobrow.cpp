// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobrow.h"

#include "core/db/namedsql.h"

namespace queuedeck::store {

domain::Job jobFromRow(const db::Rows::Row& row, int first)
{
    domain::Job job;
    job.id.value = row.text(first);
    job.type = row.text(first + 1);
    job.rawStatus = row.text(first + 2);
    job.status = domain::statusFromText(job.rawStatus);
    job.attempts = row.optionalInteger(first + 3);
    job.error = row.text(first + 4);
    job.createdAt = row.time(first + 5);
    job.completedAt = row.time(first + 6);
    return job;
}

domain::JobIds idsFromRows(const db::Rows& rows)
{
    domain::JobIds ids;
    ids.reserve(qsizetype(rows.size()));
    for (size_t i = 0; i < rows.size(); ++i)
        ids.push_back({rows[i].text(0)});
    return ids;
}

QString idArray(const domain::JobIds& ids, qsizetype from, qsizetype count)
{
    QStringList texts;
    const qsizetype end = count < 0 ? ids.size() : std::min(ids.size(), from + count);
    for (qsizetype i = from; i < end; ++i)
        texts += ids[i].value;
    return db::jsonArray(texts);
}

} // namespace queuedeck::store
