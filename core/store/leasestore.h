// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/job.h"
#include "core/domain/preflight.h"
#include "core/store/effects/effects.h"

#include <chrono>
#include <map>

namespace queuedeck::store {

struct ClaimedJob
{
    domain::JobId id;
    QString type;
    QByteArray payload; ///< as stored; not checked yet
    int attempt = 1;
    QVariant version = {}; ///< of the row as we left it: any write by anybody changes it
    QVariant address = {}; ///< where the row lies, a hint that finds it quicker
};

/// From the columns of AtOnceSql::claim.
ClaimedJob claimedFromRow(const db::Rows::Row& row);

/// A job that an engine holds, as it asks a heartbeat for it.
struct HeldJob
{
    QString token;
    domain::JobId id;
    QVariant version;
};

/// A job that the database did not let us change, and what it said.
struct Refused
{
    domain::JobId id;
    QString reason;
};

/// A batch of jobs that are ours until the lease ends. Empty when there was nothing to do.
struct Claim
{
    QString token;
    QVector<ClaimedJob> jobs;
    QVector<Refused> refused = {}; ///< put off for an hour: the database does not let them be taken

    QVector<HeldJob> held() const;
};

/// The result of one attempt, to be written.
struct Settlement
{
    domain::JobId id;
    domain::JobStatus status = domain::JobStatus::Completed; ///< Completed, Failed or Pending
    bool refund = false;                  ///< the attempt is not counted (handed back)
    QString error;                        ///< null clears the column
    QString outcome;                      ///< for the history: completed, failed, retried, released
    QVariant version;                     ///< of the row, as the claim gave it
    QVariant address;                     ///< likewise
    QDateTime startedAt;                  ///< UTC
    std::chrono::milliseconds retryIn{0}; ///< > 0: not before this back-off is over
    QVector<domain::Effect> effects;      ///< written beside the job; else its payload tells
    QString type;                         ///< of the job, as its claim gave it
    QByteArray payload;                   ///< likewise
};

/// Results of one claim.
struct Results
{
    QString token;
    QVector<Settlement> settlements;
};

/// What became of results. Those in neither list were overtaken: cancelled, rescued or changed by
/// somebody else.
struct Settled
{
    domain::JobIds accepted;
    QVector<Refused> refused;
};

/// What one step settled and claimed.
struct Turn
{
    std::vector<Settled> settled; ///< of each claim's results
    Claim claim;
};

/// A job whose lease was kept by a heartbeat.
struct KeptJob
{
    QString token;
    domain::JobId id;
    bool cancelled = false; ///< a person cancelled it: stop the handler, forget its result
};

struct EngineSign
{
    QString id;
    QString host;
    qint64 pid = 0;
    QString state; ///< running, stopping
};

/// The engine's side of the queue: claim, heartbeat, settle, rescue. Each is one step that either
/// happens or does not. Every call blocks; it lives on the thread of its connection.
class LeaseStore
{
public:
    LeaseStore(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
               const Effects& effects);

    /// Takes up to `limit` pending jobs of these types, oldest first, expedited ones before.
    base::Result<Claim> claim(const QString& engine, const QStringList& types, int limit,
                              std::chrono::milliseconds ttl);
    /// Whether a claim would find something now / whether anything is left at all (back-off).
    base::Result<bool> hasClaimable(const QStringList& types);
    base::Result<bool> hasPending(const QStringList& types);
    /// What an engine would find that runs these types, and how much of it would fail by its
    /// schema. Changes nothing.
    base::Result<domain::Preflight> preflight(const QStringList& types);
    /// Extends the leases; those that do not come back are lost.
    base::Result<QVector<KeptJob>> heartbeat(const QVector<HeldJob>& held,
                                             std::chrono::milliseconds ttl);
    /// Writes results and their effects under the guard. What the database refuses is told and
    /// keeps no other back.
    base::Result<Settled> settle(const Results& results);
    /// Both in one transaction, where the database has one writer at a time: half as many commits.
    /// Nothing is done on an error. Unsupported elsewhere: two connections are quicker there.
    base::Result<Turn> settleAndClaim(const std::vector<Results>& results, const QString& engine,
                                      const QStringList& types, int limit,
                                      std::chrono::milliseconds ttl);
    bool hasOneWriter() const { return m_shape.dialect == db::Dialect::Sqlite; }
    /// Frees jobs whose lease has expired; gives their ids. One that the database does not let be
    /// freed loses its lease all the same, so that it shows as stuck and keeps no other back.
    base::Result<domain::JobIds> rescue();
    /// The engines whose jobs `rescue` would free now, as far as this computer's clock decides.
    base::Result<QStringList> enginesOfLost();
    /// Notes which 'processing' rows nobody's lease covers, and since when they have not changed:
    /// the evidence that another processor died over them.
    base::Status watch();
    /// Frees those that have been so for `grace`; gives their ids.
    base::Result<domain::JobIds> freeOrphans(std::chrono::milliseconds grace);
    /// Waits until somebody announces new work, at most `patience`; true when somebody did (and the
    /// first time, since what came before is not known). Unsupported where nobody can be heard:
    /// SQLite, and PostgreSQL behind a pooler. Ended by Connection::interrupt.
    base::Result<bool> waitForJobs(std::chrono::milliseconds patience);
    base::Status engineSeen(const EngineSign& sign);
    base::Status engineGone(const QString& id);

private:
    base::Status mayClaim() const;
    db::Params known(const QString& token, const QString& engine, const QStringList& types,
                     int limit, std::chrono::milliseconds ttl, qint64 now);
    QString list(const QStringList& texts) const;
    QString deferred(qint64 now, bool withBackOffs);
    void defer(const QVector<Settlement>& results);
    base::Result<Claim> claimOnce(const QString& engine, const QStringList& types, int limit,
                                  std::chrono::milliseconds ttl);
    base::Result<std::optional<Refused>> putOffNext(const QStringList& types,
                                                    const base::Error& why);
    base::Result<Turn> turnOnce(const std::vector<Results>& results, const QString& engine,
                                const QStringList& types, int limit, std::chrono::milliseconds ttl);
    base::Result<bool> exists(const Sql& query, const QStringList& types, bool withBackOffs);
    base::Status settleTogether(const Results& results, domain::JobIds& accepted);
    base::Status writeResults(const Results& results, domain::JobIds& accepted);
    base::Status followSettled(const Results& results, const domain::JobIds& accepted);
    EffectPlace effectPlace() const;

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
    const Effects& m_effects;
    /// A guest has no table for back-offs: this engine remembers its own, in ms since 1970.
    std::map<domain::JobId, qint64> m_notBefore;
    /// Likewise until when a job is put off that the database does not let be taken.
    std::map<domain::JobId, qint64> m_putOff;
};

} // namespace queuedeck::store
