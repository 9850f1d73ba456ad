// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"

#include "core/db/transaction.h"
#include "core/store/jobrow.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
QVariant orNull(const QString& text)
{
    return text.isNull() ? QVariant() : QVariant(text);
}

base::Result<std::vector<qint64>> each(db::Connection& connection, const Sql& sql,
                                       const db::Params& known, const db::Table& table,
                                       const db::RowNumbers& rows)
{
    if (rows.empty())
        return std::vector<qint64>();
    return connection.runEach(sql.text(), known, table, rows);
}

db::RowNumbers allOf(const db::Table& table)
{
    db::RowNumbers rows(table.size());
    std::iota(rows.begin(), rows.end(), size_t(0));
    return rows;
}

// Parts rows by what a statement changed: one, or nothing.
std::pair<db::RowNumbers, db::RowNumbers> part(const db::RowNumbers& rows,
                                               const std::vector<qint64>& changed)
{
    std::pair<db::RowNumbers, db::RowNumbers> parts;
    for (size_t i = 0; i < rows.size(); ++i)
        (changed[i] > 0 ? parts.first : parts.second).push_back(rows[i]);
    return parts;
}

// A text in JSON. Ids are almost never such that they need its rules.
QString quoted(const QString& text)
{
    const bool isPlain =
        std::ranges::none_of(text, [](QChar c) { return c < u' ' || c == u'"' || c == u'\\'; });
    return isPlain ? u'"' + text + u'"' : db::jsonArray({text}).sliced(1).chopped(1);
}

// {"id": attempt}
QString attemptsOf(const QVector<ClaimedJob>& jobs)
{
    QString json = u"{"_s;
    for (const ClaimedJob& job : jobs) {
        if (json.size() > 1)
            json += u',';
        json += quoted(job.id.value) + u':' + job.version;
    }
    return json + u'}';
}

struct Picked
{
    QVector<ClaimedJob> jobs;
    db::Table table{{u"id"_s, u"attempt"_s, u"address"_s}, {}}; ///< of the same jobs
    bool anyWaits = false;                                      ///< some were deferred or hastened
};

// Adds to `picked` and takes what `pick` finds, as long as there is room.
base::Status takeSome(db::Connection& connection, const Sql& pick, const db::Params& known,
                      Picked& picked)
{
    const qsizetype before = picked.jobs.size();
    const qint64 room = known.at(u"limit"_s).toLongLong() - before;
    if (room <= 0)
        return {};
    db::Params asked = known;
    asked[u"limit"_s] = room;
    const auto rows = connection.run(pick.text(), asked);
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        const int attempt = int(row.integer(3));
        picked.jobs.push_back({{row.text(0)},
                               row.text(1),
                               row.bytes(2),
                               attempt,
                               QString::number(attempt),
                               row.text(4)});
        picked.table.addRow(row.value(0), row.value(3), row.value(4));
        picked.anyWaits = picked.anyWaits || row.boolean(5);
    }
    db::RowNumbers fresh(rows->size());
    std::iota(fresh.begin(), fresh.end(), size_t(before));
    if (const auto done = each(connection, jobByJobSql().take, known, picked.table, fresh); !done)
        return done.error();
    return {};
}

db::Table tableOf(const QVector<Settlement>& results)
{
    db::Table table{{u"id"_s, u"address"_s, u"attempt"_s, u"status"_s, u"refund"_s, u"error"_s,
                     u"outcome"_s, u"startedAt"_s, u"retryIn"_s, u"scanId"_s, u"scanData"_s},
                    {}};
    table.cells.reserve(size_t(results.size() * table.columns.size()));
    for (const Settlement& result : results) {
        table.addRow(result.id.value, result.address, result.version.toInt(),
                     domain::statusText(result.status), result.refund ? 1 : 0, orNull(result.error),
                     result.outcome,
                     result.startedAt.isValid() ? QVariant(result.startedAt.toMSecsSinceEpoch())
                                                : QVariant(),
                     qint64(result.retryIn.count()), orNull(result.scan.value),
                     result.extractedData
                         ? QVariant(QString::fromUtf8(
                               QJsonDocument(*result.extractedData).toJson(QJsonDocument::Compact)))
                         : QVariant());
    }
    return table;
}

// Parts rows by whether the claim has lost their jobs.
base::Result<std::pair<db::RowNumbers, db::RowNumbers>>
partLost(db::Connection& connection, const db::Params& known, const db::Table& table)
{
    const auto found = connection.run(jobByJobSql().lost.text(), known);
    if (!found)
        return found.error();
    std::pair<db::RowNumbers, db::RowNumbers> parts{allOf(table), {}};
    if (found->isEmpty())
        return parts;
    const domain::JobIds ids = idsFromRows(*found);
    const QSet<domain::JobId> lost(ids.cbegin(), ids.cend());
    std::vector<qint64> isHeld;
    for (size_t row = 0; row < table.size(); ++row)
        isHeld.push_back(
            lost.contains({table.cells[row * size_t(table.columns.size())].toString()}) ? 0 : 1);
    return part(parts.first, isHeld);
}

// The claim no longer holds so many; with the last one its batch goes.
base::Status release(db::Connection& connection, db::Params known, size_t count)
{
    known[u"count"_s] = qint64(count);
    const auto left = connection.run(jobByJobSql().release.text(), known);
    if (!left)
        return left.error();
    if (!left->isEmpty() && (*left)[0].integer(0) <= 0) {
        if (const auto done = connection.run(jobByJobSql().close.text(), known); !done)
            return done.error();
    }
    return {};
}

// The guard. Writes the history and the rows of what is still ours, and gives those.
base::Result<db::RowNumbers> letThrough(db::Connection& connection, const db::Params& known,
                                        const db::Table& table)
{
    const JobByJobSql& sql = jobByJobSql();
    const auto parts = partLost(connection, known, table);
    if (!parts)
        return parts.error();
    auto [held, lost] = *parts;
    const auto remembered = each(connection, sql.remember, known, table, held);
    if (!remembered)
        return remembered.error();
    const db::RowNumbers ours = part(held, *remembered).first;
    const auto written = each(connection, sql.write, known, table, ours);
    if (!written)
        return written.error();
    auto [accepted, missed] = part(ours, *written);
    const auto moved = each(connection, sql.writeMoved, known, table, missed);
    if (!moved)
        return moved.error();
    const auto [found, overtaken] = part(missed, *moved);
    accepted.insert(accepted.end(), found.begin(), found.end());
    if (const auto done = each(connection, sql.forget, known, table, overtaken); !done)
        return done.error();
    lost.insert(lost.end(), overtaken.begin(), overtaken.end());
    const auto gone = each(connection, sql.lose, known, table, lost);
    if (!gone)
        return gone.error();
    const size_t left = accepted.size() + part(lost, *gone).first.size();
    if (const base::Status done = release(connection, known, left); !done)
        return done.error();
    return accepted;
}

// What goes with the rows that the guard let through.
base::Status noteSettled(db::Connection& connection, db::Params known, const db::Table& table,
                         const db::RowNumbers& rows, const QVector<Settlement>& results)
{
    const JobByJobSql& sql = jobByJobSql();
    db::RowNumbers deferred, scans;
    std::map<QString, int> outcomes;
    for (const size_t row : rows) {
        const Settlement& result = results[qsizetype(row)];
        ++outcomes[result.outcome];
        if (result.retryIn.count() > 0)
            deferred.push_back(row);
        if (!result.scan.isEmpty())
            scans.push_back(row);
    }
    for (const auto& [step, some] :
         {std::pair<const Sql*, const db::RowNumbers*>{&sql.defer, &deferred},
          {&sql.writeScan, &scans}}) {
        if (const auto done = each(connection, *step, known, table, *some); !done)
            return done.error();
    }
    for (const auto& [outcome, count] : outcomes) {
        known[u"outcome"_s] = outcome;
        known[u"count"_s] = count;
        if (const auto done = connection.run(sql.tally.text(), known); !done)
            return done.error();
    }
    return {};
}
} // namespace

base::Result<QVector<ClaimedJob>> claimJobByJob(db::Connection& connection, db::Params known)
{
    const JobByJobSql& sql = jobByJobSql();
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
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
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return picked.jobs;
}

base::Result<domain::JobIds> settleJobByJob(db::Connection& connection, const QString& token,
                                            const QVector<Settlement>& results,
                                            const QDateTime& now)
{
    const JobByJobSql& sql = jobByJobSql();
    db::Params known{{u"token"_s, token},
                     {u"now"_s, now.toMSecsSinceEpoch()},
                     {u"nowText"_s, db::timeText(now)}};
    const db::Table table = tableOf(results);
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
    const auto held = connection.run(sql.held.text(), known);
    if (!held)
        return held.error();
    if (held->isEmpty())
        return domain::JobIds();
    known[u"claim"_s] = (*held)[0].integer(0);
    const auto accepted = letThrough(connection, known, table);
    if (!accepted)
        return accepted.error();
    if (const base::Status done = noteSettled(connection, known, table, *accepted, results); !done)
        return done.error();
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    domain::JobIds ids;
    ids.reserve(qsizetype(accepted->size()));
    for (const size_t row : *accepted)
        ids += results[qsizetype(row)].id;
    return ids;
}

} // namespace queuedeck::store
