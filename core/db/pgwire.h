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

/// The conversation with a PostgreSQL server: questions go out, answers come in, and each ends at
/// its deadline or when another thread interrupts it. Then the server is told to stop; one that
/// does not confirm leaves the connection unusable until it is made again. Blocks; everything but
/// `interrupt` on one thread. The handle belongs to the caller.
class PgWire
{
public:
    PgWire(pg_conn* handle, QString where);
    ~PgWire();

    /// Before each piece of work: forgets earlier interruptions. The deadline goes to what follows.
    QDeadlineTimer begin(std::chrono::milliseconds deadline);
    void goOn() { m_interrupted = false; }
    /// From any thread.
    void interrupt();

    /// The SQLSTATE of the last answer; empty where it was none of an error.
    const QString& state() const { return m_state; }
    /// Has the connection made anew before its next use.
    void giveUp() { m_broken = true; }
    /// As far as is known without asking.
    bool isUsable() const;
    /// The same after what the server has said or closed meanwhile.
    bool isAlive();
    base::Status reconnect(const QDeadlineTimer& deadline);

    /// Several statements without parameters; the answer of the last one that has rows.
    base::Result<PgResult> simple(const QString& sql, const QDeadlineTimer& deadline);
    base::Result<PgResult> statement(const NamedSql& sql, const Params& params,
                                     const QDeadlineTimer& deadline);
    /// From now on statements that come again are prepared on the server. For a session of one's
    /// own only; one that turns out to be shared goes back to sending them whole.
    base::Status prepareStatements(const QDeadlineTimer& deadline);
    /// `sql` is a COPY FROM STDIN, `rows` its text.
    base::Status copyIn(const QString& sql, const RowSource& next, const QDeadlineTimer& deadline);
    /// Waits for something unasked; false when it was interrupted or the deadline has passed.
    base::Result<bool> listenOnce(const QDeadlineTimer& deadline);
    base::Error connectionLost() const;

private:
    /// Why a wait ended before the server had answered.
    enum class Stop { None, Interrupted, TimedOut };

    base::Result<PgResult> answer(const QDeadlineTimer& deadline);
    base::Result<PgResult> sendWhole(const NamedSql& sql, const PgParams& values,
                                     const QDeadlineTimer& deadline);
    base::Result<PgResult> sendPrepared(const NamedSql& sql, const PgParams& values,
                                        const QDeadlineTimer& deadline);
    bool sendRows(const QByteArray& rows, const QDeadlineTimer& deadline);
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
    bool m_broken = false; ///< an answer never came: the connection must not be used on
};

} // namespace queuedeck::db
