// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
struct Picked
{
    QVector<ClaimedJob> jobs;
    bool anyWaits = false; ///< some were deferred or hastened
};

// A text in JSON. Ids are almost never such that they need its rules.
void appendQuoted(QString& json, const QString& text)
{
    const bool isPlain =
        std::ranges::none_of(text, [](QChar c) { return c < u' ' || c == u'"' || c == u'\\'; });
    if (isPlain)
        json.append(u'"').append(text).append(u'"');
    else
        json += db::jsonArray({text}).sliced(1).chopped(1);
}

// Adds to `picked` and takes what `pick` finds, as long as there is room.
base::Status takeSome(db::Connection& connection, const Sql& pick, db::Params known, Picked& picked)
{
    const qint64 room = known.at(u"limit"_s).toLongLong() - picked.jobs.size();
    if (room <= 0)
        return {};
    known[u"limit"_s] = room;
    const auto rows = connection.run(pick.text(), known);
    if (!rows)
        return rows.error();
    picked.jobs.reserve(picked.jobs.size() + qsizetype(rows->size()));
    QString addresses = u"["_s;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        picked.jobs.push_back({{row.text(0)},
                               row.text(1),
                               row.bytes(2),
                               int(row.integer(3)),
                               row.text(3),
                               row.text(4)});
        picked.anyWaits = picked.anyWaits || row.boolean(5);
        if (i > 0)
            addresses += u',';
        appendQuoted(addresses, picked.jobs.back().address);
    }
    known[u"addresses"_s] = QString(addresses + u']');
    if (const auto done = connection.run(jobByJobSql().take.text(), known); !done)
        return done.error();
    return {};
}

// {"id": attempt}
QString attemptsOf(const QVector<ClaimedJob>& jobs)
{
    QString json = u"{"_s;
    for (const ClaimedJob& job : jobs) {
        if (json.size() > 1)
            json += u',';
        appendQuoted(json, job.id.value);
        json.append(u':').append(job.version);
    }
    return json + u'}';
}
} // namespace

base::Result<QVector<ClaimedJob>> claimJobByJob(db::Connection& connection, db::Params known)
{
    const JobByJobSql& sql = jobByJobSql();
    Picked picked;
    for (const Sql* pick : {&sql.pickHastened, &sql.pick}) {
        if (const base::Status done = takeSome(connection, *pick, known, picked); !done)
            return done.error();
    }
    if (picked.jobs.isEmpty())
        return picked.jobs;
    known[u"held"_s] = picked.jobs.size();
    const auto opened = connection.run(sql.open.text(), known);
    if (!opened)
        return opened.error();
    known[u"claim"_s] = (*opened)[0].integer(0);
    known[u"jobs"_s] = attemptsOf(picked.jobs);
    if (const auto done = connection.run(sql.lease.text(), known); !done)
        return done.error();
    if (picked.anyWaits) {
        if (const auto done = connection.run(sql.unwait.text(), known); !done)
            return done.error();
    }
    return picked.jobs;
}

} // namespace queuedeck::store
