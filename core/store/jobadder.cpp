// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobadder.h"

#include "core/db/transaction.h"
#include "core/store/journalnote.h"
#include "core/store/sqltext.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;

namespace {
// Rows per chunk: one chunk is built while the server takes in the one before.
constexpr qsizetype kRowsAtOnce = 64;
} // namespace

JobAdder::JobAdder(db::Connection& connection, const TableShape& shape, const base::Clock& clock)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Result<domain::JobIds> JobAdder::enqueue(const QVector<domain::NewJob>& jobs,
                                               const domain::Actor& actor)
{
    if (!m_shape.enqueueOff.isEmpty())
        return base::fail(ErrorKind::Unsupported,
                          m_shape.enqueueOff +
                              Sentence::tr(" Nothing was added; use the web application."));
    const QDateTime now = m_clock.now();
    db::Params params = journalParams(
        {u"enqueue"_s,
         u"%1 × %2"_s.arg(jobs.size()).arg(jobs.isEmpty() ? QString() : jobs.back().type), actor},
        {domain::newUuid(now.toMSecsSinceEpoch())}, now.toMSecsSinceEpoch());
    params.insert({u"count"_s, qint64(jobs.size())});
    params.insert({u"createdAt"_s, m_shape.createdAt(now)});
    if (m_shape.dialect == db::Dialect::Sqlite)
        return addTable(jobs, now, params);
    return jobs.size() == 1 ? addOne(jobs.front(), now, std::move(params))
                            : copyRows(jobs, now, params);
}

base::Result<domain::JobIds> JobAdder::copyRows(const QVector<domain::NewJob>& jobs,
                                                const QDateTime& now, const db::Params& params)
{
    domain::JobIds ids;
    ids.reserve(jobs.size());
    const QByteArray rest = "\tpending\t0\t" + db::timeText(now).toUtf8() + '\n';
    const auto next = [&] {
        QByteArray rows;
        const qsizetype end = std::min(jobs.size(), ids.size() + kRowsAtOnce);
        while (ids.size() < end) {
            const domain::NewJob& job = jobs[ids.size()];
            ids.push_back({domain::newUuid(now.toMSecsSinceEpoch())});
            rows += ids.back().value.toLatin1() + '\t';
            db::appendCopyField(rows, job.type.toUtf8());
            rows += '\t';
            db::appendCopyField(rows, job.payload);
            rows += rest;
        }
        return rows;
    };
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    if (const base::Status done = m_connection.copyIn(m_sql.atOnce->copyJobs.text(), next); !done)
        return done.error();
    const Sql& note = m_sql.companion ? m_sql.companion->noteAdded : m_sql.atOnce->announce;
    if (const auto noted = m_connection.run(note.text(), params); !noted)
        return noted.error();
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return ids;
}

base::Result<domain::JobIds> JobAdder::addOne(const domain::NewJob& job, const QDateTime& now,
                                              db::Params params)
{
    const domain::JobId id{domain::newUuid(now.toMSecsSinceEpoch())};
    params.insert({{u"id"_s, id.value},
                   {u"type"_s, job.type},
                   {u"payload"_s, QString::fromUtf8(job.payload)}});
    if (const auto added = m_connection.run(m_sql.changing.enqueue.text(), params); !added)
        return added.error();
    return domain::JobIds{id};
}

base::Result<domain::JobIds> JobAdder::addTable(const QVector<domain::NewJob>& jobs,
                                                const QDateTime& now, const db::Params& params)
{
    domain::JobIds ids;
    db::Table table{u"queuedeck_adding"_s, {u"id"_s, u"type"_s, u"payload"_s}};
    table.reserve(size_t(jobs.size()));
    for (const domain::NewJob& job : jobs) {
        ids.push_back({domain::newUuid(now.toMSecsSinceEpoch())});
        table.addRow(ids.back().value, job.type, QString::fromUtf8(job.payload));
    }
    if (const auto added = m_connection.run(m_sql.changing.enqueue.text(), params, table); !added)
        return added.error();
    return ids;
}

base::Status JobAdder::import(const QVector<domain::JobDetail>& jobs)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    for (const domain::JobDetail& detail : jobs) {
        const domain::Job& job = detail.job;
        const auto added =
            m_connection.run(m_sql.changing.importJob.text(),
                             {{u"id"_s, job.id.value},
                              {u"type"_s, job.type},
                              {u"payload"_s, QString::fromUtf8(detail.payload)},
                              {u"status"_s, job.rawStatus},
                              {u"attempts"_s, job.attempts ? QVariant(*job.attempts) : QVariant()},
                              {u"error"_s, job.error},
                              {u"createdAt"_s, m_shape.createdAt(job.createdAt)},
                              {u"completedAt"_s, m_shape.completedAt(job.completedAt)}});
        if (!added)
            return added.error();
        for (const domain::Attempt& attempt :
             m_sql.companion ? detail.history : QVector<domain::Attempt>()) {
            const auto noted = m_connection.run(
                m_sql.companion->importAttempt.text(),
                {{u"id"_s, job.id.value},
                 {u"token"_s, domain::newUuid(attempt.endedAt.toMSecsSinceEpoch())},
                 {u"attempt"_s, attempt.number},
                 {u"engine"_s, attempt.engine},
                 {u"startedAt"_s, attempt.startedAt.toMSecsSinceEpoch()},
                 {u"endedAt"_s, attempt.endedAt.toMSecsSinceEpoch()},
                 {u"outcome"_s, attempt.outcome},
                 {u"error"_s, attempt.error},
                 {u"result"_s,
                  attempt.result.isEmpty() ? QVariant() : QString::fromUtf8(attempt.result)}});
            if (!noted)
                return noted.error();
        }
    }
    return transaction->commit();
}

} // namespace queuedeck::store
