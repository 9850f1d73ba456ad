// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/namedsql.h"
#include "core/db/pgparams.h"
#include "core/db/pgprepared.h"
#include "core/db/rows.h"

#include <QDeadlineTimer>

#include <atomic>
#include <memory>

struct pg_conn;
struct pg_result;

namespace queuedeck::db {

struct PgResultDeleter
{
    void operator()(pg_result* result) const;
};
using PgResult = std::unique_ptr<pg_result, PgResultDeleter>;

/// The exchange with a PostgreSQL server: queries go out, results come in, and each ends at its
/// deadline or when another thread interrupts it. Then the server is asked to cancel; if it does
/// not confirm, the connection is unusable until reopened. Blocks; everything but `interrupt` on
/// one thread. The handle belongs to the caller.
class PgWire
{
public:
    PgWire(pg_conn* handle, QString where);
    ~PgWire();

    /// Call before each operation: forgets earlier interruptions. Pass the result to the others.
    QDeadlineTimer begin(std::chrono::milliseconds deadline);
    void goOn() { m_interrupted = false; }
    /// From any thread.
    void interrupt();

    /// The SQLSTATE of the last result; empty if it was no error.
    const QString& state() const { return m_state; }
    /// Has the connection reopened before its next use.
    void giveUp() { m_broken = true; }
    /// As far as known without I/O.
    bool isUsable() const;
    /// The same, after reading what the server has sent or closed meanwhile.
    bool isAlive();
    base::Status reconnect(const QDeadlineTimer& deadline);

    /// Runs several statements without parameters; returns the result of the last one with rows.
    base::Result<PgResult> simple(const QString& sql, const QDeadlineTimer& deadline);
    base::Result<PgResult> statement(const NamedSql& sql, const Params& params,
                                     const QDeadlineTimer& deadline);
    /// From now on, frequent statements are prepared on the server. For unshared sessions only; one
    /// that turns out to be shared goes back to sending full text.
    base::Status prepareStatements(const QDeadlineTimer& deadline);
    /// `sql` is a COPY FROM STDIN, `rows` its text.
    base::Status copyIn(const QString& sql, const RowSource& next, const QDeadlineTimer& deadline);
    /// Waits for unsolicited input; false if interrupted or the deadline has passed.
    base::Result<bool> listenOnce(const QDeadlineTimer& deadline);
    base::Error connectionLost() const;

private:
    /// Why a wait ended before the result arrived.
    enum class Stop { None, Interrupted, TimedOut };

    base::Result<PgResult> answer(const QDeadlineTimer& deadline);
    base::Result<PgResult> sendWhole(const NamedSql& sql, const PgParams& values,
                                     const QDeadlineTimer& deadline);
    base::Result<PgResult> sendPrepared(const NamedSql& sql, const PgParams& values,
                                        const QDeadlineTimer& deadline);
    bool sendRows(const QByteArray& rows, const QDeadlineTimer& deadline);
    /// For poll(); rounded up, so that the last millisecond does not spin.
    static int pollTime(const QDeadlineTimer& deadline);
    Stop waitForAnswer(const QDeadlineTimer& deadline);
    bool cancelOnServer();
    base::Result<PgResult> judged(PgResult result, Stop stop);

    pg_conn* const m_handle;
    const QString m_where;
    const int m_wake; ///< an eventfd: ends poll() when another thread interrupts
    std::atomic<bool> m_interrupted = false;
    qint64 m_deadlineMs = 0;
    PgPrepared m_prepared;
    QString m_state;       ///< the SQLSTATE of the last error
    bool m_broken = false; ///< a result never came: the connection must not be reused
};

} // namespace queuedeck::db
