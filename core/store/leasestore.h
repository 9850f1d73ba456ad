// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/job.h"
#include "core/domain/picturereach.h"
#include "core/domain/preflight.h"
#include "core/domain/progress.h"
#include "core/store/effects/effects.h"
#include "core/store/untouchedclaims.h"

#include <QHash>

#include <chrono>
#include <map>
#include <optional>

namespace queuedeck::store {

struct ClaimedJob
{
    domain::JobId id;
    QString type;
    QByteArray payload; ///< as stored; not checked yet
    int attempt = 1;
    QVariant version = {}; ///< of the row as we left it: any write changes it
    QVariant address = {}; ///< physical location of the row, a hint to find it faster
    qint64 createdAt = 0;  ///< ms since 1970; 0 if it cannot be read
};

/// From the columns of AtOnceSql::claim.
ClaimedJob claimedFromRow(const db::Rows::Row& row);

/// A job that an engine holds, as passed to a heartbeat.
struct HeldJob
{
    QString token;
    domain::JobId id;
    QVariant version;
};

/// A job that the database did not let us change, and why.
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
    QVector<Refused> refused = {}; ///< put off for an hour: the database rejects the claim

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
    QVariant version;                     ///< of the row, as the claim returned it
    QVariant address;                     ///< likewise
    QDateTime startedAt;                  ///< UTC
    std::chrono::milliseconds retryIn{0}; ///< > 0: back-off before the next attempt
    QVector<domain::Effect> effects;      ///< written with the job; if empty, by its payload
    QString type;                         ///< of the job, as its claim returned it
    QByteArray payload;                   ///< likewise
    QByteArray result = {};               ///< a JSON object for the history; empty: none
};

/// Results of one claim.
struct Results
{
    QString token;
    QVector<Settlement> settlements;
};

/// What became of results. Jobs in neither list were overtaken: cancelled, rescued or changed by
/// another program.
struct Settled
{
    domain::JobIds accepted;
    QVector<Refused> refused;
};

/// What one step settled and claimed.
struct SettledAndClaimed
{
    std::vector<Settled> settled; ///< one for each Results
    Claim claim;
};

/// How far the running jobs of one claim are; jobs that say nothing are left out.
struct ClaimProgress
{
    QString token;
    QHash<domain::JobId, domain::Progress> jobs;
};

/// A job whose lease was kept by a heartbeat.
struct KeptJob
{
    QString token;
    domain::JobId id;
    bool cancelled = false; ///< by a person: stop the handler, discard its result
};

struct EngineSign
{
    QString id;
    QString host;
    qint64 pid = 0;
    QString state; ///< running, stopping
};

/// The engine's side of the queue: claim, heartbeat, settle, rescue. Each is one atomic step. Every
/// call blocks; it lives on the thread of its connection.
class LeaseStore
{
public:
    LeaseStore(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
               const Effects& effects);

    /// Which pictures may be read by those who claim here; at first only those in the database.
    /// Jobs with others are left alone by everything that claims or counts what can be claimed.
    void setPictureReach(const domain::PictureReach& reach) { m_reach = reach; }
    /// Takes up to `limit` pending jobs of these types: expedited ones first, then oldest first.
    base::Result<Claim> claim(const QString& engine, const QStringList& types, int limit,
                              std::chrono::milliseconds ttl);
    /// Whether a claim would find something now / whether anything is left, backing off or not.
    base::Result<bool> hasClaimable(const QStringList& types);
    base::Result<bool> hasPending(const QStringList& types);
    /// What an engine that runs these types would find, and how much of it would fail its schema.
    /// Changes nothing.
    base::Result<domain::Preflight> preflight(const QStringList& types);
    /// Extends the leases; jobs that are not returned are lost.
    base::Result<QVector<KeptJob>> heartbeat(const QVector<HeldJob>& held,
                                             std::chrono::milliseconds ttl);
    /// Shows everybody how far the jobs of these claims are, in place of what was said before.
    /// Where no tables of ours exist, this does nothing: only this program can tell there.
    base::Status noteProgress(const QVector<ClaimProgress>& claims);
    /// Writes the results of jobs that are still ours, and their effects. Results that the database
    /// rejects are reported and do not hold up the others.
    base::Result<Settled> settle(const Results& results);
    /// Both in one transaction, where the database has one writer at a time: half as many commits.
    /// Nothing is written on an error. Unsupported elsewhere: two connections are faster there.
    base::Result<SettledAndClaimed> settleAndClaim(const std::vector<Results>& results,
                                                   const QString& engine, const QStringList& types,
                                                   int limit, std::chrono::milliseconds ttl);
    bool hasOneWriter() const { return m_shape.dialect == db::Dialect::Sqlite; }
    /// Frees jobs whose lease has expired; returns their ids. A job that the database does not let
    /// us free loses its lease all the same, so that it shows as stuck and holds up no other.
    base::Result<domain::JobIds> rescue();
    /// The engines whose jobs `rescue` would free now; empty unless this computer's clock decides.
    base::Result<QStringList> enginesOfLost();
    /// Records which 'processing' rows no lease covers, and since when they have not changed: the
    /// evidence that another processor died while running them.
    base::Status watch();
    /// Frees rows that have been in that state for `grace`; returns their ids.
    base::Result<domain::JobIds> freeOrphans(std::chrono::milliseconds grace);
    /// Waits at most `patience` for a notification of new work; true if one came (and the first
    /// time, since earlier ones are not known). Unsupported where there are no notifications:
    /// SQLite, and PostgreSQL behind a pooler. Connection::interrupt ends the wait.
    base::Result<bool> waitForJobs(std::chrono::milliseconds patience);
    base::Status engineSeen(const EngineSign& sign);
    base::Status engineGone(const QString& id);

private:
    base::Status mayClaim() const;
    db::Params known(const QString& token, const QString& engine, const QStringList& types,
                     int limit, std::chrono::milliseconds ttl, qint64 now);
    QString list(const QStringList& texts) const;
    QString pictures() const;
    QString deferred(qint64 now, bool withBackOffs);
    void defer(const QVector<Settlement>& results);
    base::Result<Claim> claimOnce(const QString& engine, const QStringList& types, int limit,
                                  std::chrono::milliseconds ttl);
    base::Result<std::optional<Refused>> putOffNext(const QStringList& types,
                                                    const base::Error& why);
    base::Result<SettledAndClaimed> settleAndClaimOnce(const std::vector<Results>& results,
                                                       const QString& engine,
                                                       const QStringList& types, int limit,
                                                       std::chrono::milliseconds ttl);
    base::Result<bool> exists(const Sql& query, const QStringList& types, bool withBackOffs);
    base::Status settleTogether(const Results& results, domain::JobIds& accepted);
    base::Status writeResults(const Results& results, domain::JobIds& accepted,
                              bool isUntouched = false);
    base::Status followSettled(const Results& results, const domain::JobIds& accepted);
    EffectPlace effectPlace() const;

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
    const Effects& m_effects;
    domain::PictureReach m_reach;
    /// A guest has no table for back-offs: this engine remembers its own, in ms since 1970.
    std::map<domain::JobId, qint64> m_notBefore;
    /// Likewise until when jobs are put off that the database does not let us take.
    std::map<domain::JobId, qint64> m_putOff;
    /// On SQLite, where no other program's triggers can change what we write.
    std::optional<UntouchedClaims> m_untouched;
};

} // namespace queuedeck::store
