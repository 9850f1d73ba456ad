// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobrow.h"

#include "core/db/namedsql.h"

using namespace Qt::StringLiterals;

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

QString idArray(const domain::JobIds& ids)
{
    QStringList texts;
    for (const domain::JobId& id : ids)
        texts += id.value;
    return db::jsonArray(texts);
}

db::Table idTable(const domain::JobIds& ids)
{
    db::Table table{u"queuedeck_ids"_s, {u"id"_s}};
    for (const domain::JobId& id : ids)
        table.addRow(id.value);
    return table;
}

QString idList(const domain::JobIds& ids)
{
    QStringList texts;
    for (const domain::JobId& id : ids)
        texts += id.value;
    return db::arrayLiteral(texts);
}

} // namespace queuedeck::store
