// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobbyjob.h"

#include "core/db/transaction.h"
#include "core/store/jobrow.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
QVariant orNull(const QString& text)
{
    return text.isNull() ? QVariant() : QVariant(text);
}

base::Status each(db::Connection& connection, const Sql& sql, const db::Params& known,
                  const db::Table& table)
{
    if (table.rows.empty())
        return {};
    const auto done = connection.runEach(sql.text(), known, table);
    if (!done)
        return done.error();
    return {};
}
} // namespace

base::Result<QVector<ClaimedJob>> claimJobByJob(db::Connection& connection, db::Params known)
{
    const JobByJobSql& sql = jobByJobSql();
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
    const auto rows = connection.run(sql.pick.text(), known);
    if (!rows)
        return rows.error();
    QVector<ClaimedJob> jobs;
    db::Table table{{u"id"_s, u"attempt"_s}, {}};
    bool anyWaits = false;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        jobs += claimedFromRow(row);
        table.rows.push_back({row.value(0), row.value(3)});
        anyWaits = anyWaits || row.boolean(6);
    }
    if (jobs.isEmpty())
        return jobs;
    const auto opened = connection.run(sql.open.text(), known);
    if (!opened)
        return opened.error();
    known[u"claim"_s] = (*opened)[0].integer(0);
    for (const Sql* step : {&sql.take, &sql.lease}) {
        if (const base::Status done = each(connection, *step, known, table); !done)
            return done.error();
    }
    if (anyWaits) {
        if (const auto done = connection.run(sql.unwait.text(), known); !done)
            return done.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return jobs;
}

base::Result<domain::JobIds> settleJobByJob(db::Connection& connection, const QString& token,
                                            const QVector<Settlement>& results,
                                            const QDateTime& now)
{
    const JobByJobSql& sql = jobByJobSql();
    db::Params known{{u"token"_s, token},
                     {u"now"_s, now.toMSecsSinceEpoch()},
                     {u"nowText"_s, db::timeText(now)}};
    db::Table all{{u"id"_s, u"status"_s, u"refund"_s, u"error"_s, u"outcome"_s, u"startedAt"_s,
                   u"retryIn"_s, u"scanId"_s, u"scanData"_s},
                  {}};
    for (const Settlement& result : results) {
        all.rows.push_back(
            {result.id.value, domain::statusText(result.status), result.refund ? 1 : 0,
             orNull(result.error), result.outcome,
             result.startedAt.isValid() ? QVariant(result.startedAt.toMSecsSinceEpoch())
                                        : QVariant(),
             qint64(result.retryIn.count()), orNull(result.scan.value),
             result.extractedData
                 ? QVariant(QString::fromUtf8(
                       QJsonDocument(*result.extractedData).toJson(QJsonDocument::Compact)))
                 : QVariant()});
    }
    auto transaction = db::Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
    const auto held = connection.run(sql.held.text(), known);
    if (!held)
        return held.error();
    if (held->isEmpty())
        return domain::JobIds();
    known[u"claim"_s] = (*held)[0].integer(0);
    const auto changed = connection.runEach(sql.write.text(), known, all);
    if (!changed)
        return changed.error();
    db::Table accepted{all.columns, {}}, deferred{all.columns, {}}, scans{all.columns, {}};
    domain::JobIds ids;
    for (qsizetype i = 0; i < results.size(); ++i) {
        if ((*changed)[size_t(i)] == 0)
            continue;
        const std::vector<QVariant>& row = all.rows[size_t(i)];
        ids += results[i].id;
        accepted.rows.push_back(row);
        if (results[i].retryIn.count() > 0)
            deferred.rows.push_back(row);
        if (!results[i].scan.isEmpty())
            scans.rows.push_back(row);
    }
    for (const auto& [step, table] :
         {std::pair{&sql.remember, &accepted}, std::pair{&sql.defer, &deferred},
          std::pair{&sql.writeScan, &scans}, std::pair{&sql.release, &all}}) {
        if (const base::Status done = each(connection, *step, known, *table); !done)
            return done.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return ids;
}

} // namespace queuedeck::store
