// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/historyrow.h"
#include "core/store/stepwise.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
const QString kTaking = u"queuedeck_taking"_s;
const QStringList kColumns{u"id"_s, u"address"_s, u"attempt"_s};

struct Picked
{
    QVector<ClaimedJob> jobs;
    db::Table table{kTaking, kColumns};
    bool anyWaits = false; ///< some were deferred or expedited
};

// Takes the jobs that `pick` finds, up to the limit, and adds them to `picked`.
base::Status takeSome(db::Connection& connection, const Sql& pick, const Sql& take,
                      db::Params known, Picked& picked)
{
    const qint64 room = known.at(u"limit"_s).toLongLong() - picked.jobs.size();
    if (room <= 0)
        return {};
    known[u"limit"_s] = room;
    const auto rows = connection.run(pick.text(), known);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return {};
    picked.jobs.reserve(picked.jobs.size() + qsizetype(rows->size()));
    db::Table table{kTaking, kColumns};
    table.reserve(rows->size());
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        const int attempt = int(row.integer(3));
        picked.jobs.push_back({{row.text(0)},
                               row.text(1),
                               row.bytes(2),
                               attempt,
                               row.value(3),
                               row.value(4),
                               createdMs(row.value(6))});
        picked.anyWaits = picked.anyWaits || row.boolean(5);
        table.addRow(picked.jobs.back().id.value, db::Cell(row.value(4)), attempt);
    }
    if (const auto done = connection.run(take.text(), known, table); !done)
        return done.error();
    if (picked.table.isEmpty())
        picked.table = std::move(table);
    else
        picked.table.cells.insert(picked.table.cells.end(), table.cells.begin(), table.cells.end());
    return {};
}
} // namespace

base::Result<QVector<ClaimedJob>> claimStepwise(db::Connection& connection, const StepwiseSql& sql,
                                                db::Params known, bool isShared)
{
    Picked picked;
    for (const Sql* pick : {&sql.pickHastened, &sql.pick}) {
        if (const base::Status done = takeSome(connection, *pick, sql.take, known, picked); !done)
            return done.error();
    }
    if (picked.jobs.isEmpty())
        return picked.jobs;
    known[u"held"_s] = picked.jobs.size();
    const auto opened = connection.run(sql.open.text(), known);
    if (!opened)
        return opened.error();
    known[u"claim"_s] = (*opened)[0].integer(0);
    if (const auto done = connection.run(sql.lease.text(), known, picked.table); !done)
        return done.error();
    std::vector<const Sql*> rest;
    if (picked.anyWaits)
        rest.push_back(&sql.unwait);
    if (isShared)
        rest.push_back(&sql.oust);
    for (const Sql* step : rest) {
        if (const auto done = connection.run(step->text(), known, picked.table); !done)
            return done.error();
    }
    return std::move(picked.jobs);
}

} // namespace queuedeck::store
