// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/surroundings.h"
#include "core/domain/finding.h"
#include "core/domain/jobfilter.h"
#include "core/store/jobstore.h"
#include "core/store/sqltext.h"

#include <array>

namespace queuedeck::diagnosis {

/// What a check came to.
struct Verdict
{
    domain::CheckOutcome::State state = domain::CheckOutcome::State::Good;
    base::Sentence note = {};
    QVector<domain::Finding> findings = {};
};

Verdict good(const base::Sentence& note);
Verdict advice(const base::Sentence& note);
Verdict notAllowed(const base::Sentence& note);
/// `note`: the findings in a few words.
Verdict found(const domain::Finding& finding, const base::Sentence& note);

/// The pending jobs that can still run.
struct Waiting
{
    static constexpr int kMost = 10'000; ///< so many are looked at, the oldest

    struct Type
    {
        qint64 jobs = 0;
        QDateTime oldest;
    };
    qint64 jobs = 0;
    bool isExact = true;
    QDateTime oldest; ///< createdAt; invalid if there are none
    QMap<QString, Type> types;
};

/// A job that ended.
struct FinishedJob
{
    bool isFailed = false;
    QString type;
    QString error;
    QDateTime createdAt;
    QDateTime completedAt;
};

/// What a check stands on: the database, with the deadline of the check, and what several of them
/// need, read once. Blocks; lives on the thread of its connection for one diagnosis.
class Ground
{
public:
    Ground(store::JobStore& store, const Surroundings& around, const Limits& limits);

    store::JobStore& store() { return m_store; }
    const store::TableShape& shape() const { return m_store.shape(); }
    const Surroundings& around() const { return m_around; }
    const Limits& limits() const { return m_limits; }
    bool isPostgres() const { return shape().dialect == db::Dialect::Postgres; }
    /// The web application's processor works here too.
    bool isShared() const { return shape().mode != domain::QueueMode::Own; }
    QDateTime now() const { return m_around.clock->now(); }
    /// "Job", as the table is called here.
    QString table() const { return shape().jobName; }
    /// As it is written in SQL.
    QString quotedTable() const;

    const store::DiagnosisSql& sql() const { return m_sql.diagnosis; }
    const store::ServerSql& server() const { return *m_sql.server; }
    base::Result<db::Rows> ask(const store::Sql& sql, const db::Params& params = {});
    /// As it runs here, for people.
    QString filled(const store::Sql& sql);
    /// Up to kMost jobs.
    base::Result<domain::MatchCount> count(const QString& filter);
    static constexpr int kMost = 1'000;

    base::Result<Waiting> waiting();
    static constexpr int kFinished = 500;
    /// The newest completed and the newest failed jobs, kFinished each.
    base::Result<QVector<FinishedJob>> finished();
    /// Of the newest kNewest completed jobs: all, with an error, run by no code, imports without a
    /// batch, run too often.
    using Oddities = std::array<qint64, 5>;
    static constexpr int kNewest = 20'000;
    base::Result<Oddities> oddities();
    /// When an attempt of Queuedeck's ended last; none if unknown.
    base::Result<std::optional<QDateTime>> lastEnded();

    /// The table is locked even for readers, so that no check of its rows can succeed.
    bool isLocked() const { return m_isLocked; }
    void setLocked() { m_isLocked = true; }

private:
    store::JobStore& m_store;
    const Surroundings& m_around;
    const Limits& m_limits;
    const store::SqlText& m_sql;
    std::optional<base::Result<Waiting>> m_waiting;
    std::optional<base::Result<QVector<FinishedJob>>> m_finished;
    std::optional<base::Result<Oddities>> m_oddities;
    bool m_isLocked = false;
};

/// "12", or "at least 1,000".
base::Sentence amount(qint64 count, bool isExact = true);
/// "At least 12 jobs …" where not all were counted; `sentence` begins with the number.
base::Sentence atLeast(const base::Sentence& sentence, bool isExact);
/// "3 s", "12 min", "5 h", "9 days".
base::Sentence span(std::chrono::seconds time);
base::Sentence since(const QDateTime& from, const QDateTime& to);
/// "09:15 UTC", with the date unless it is that of `now`.
base::Sentence moment(const QDateTime& time, const QDateTime& now);
/// "12 KB", "3.4 GB".
base::Sentence bytes(qint64 count);

} // namespace queuedeck::diagnosis
