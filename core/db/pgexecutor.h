// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/pgsession.h"
#include "core/db/pgwire.h"
#include "core/db/registered.h"

#include <QHash>

namespace queuedeck::db {

/// Executes on PostgreSQL through the handle of the driver (see PgDriver): parameters without a
/// prepared statement, so that it works behind a transaction pooler, and a deadline on every call,
/// after which the server is told to stop. A lost connection is made again on its next use, unless
/// a transaction was lost with it.
///
/// Behind a pooler nothing may be kept in the session. What a direct connection sets once when it
/// connects (schema, zone, read-only) is there set in the transaction of each statement. Which of
/// the two it is, is found out at each connect, and whether what was set holds: see PgSession.
class PgExecutor final : public Executor
{
public:
    static base::Result<std::unique_ptr<Executor>> open(const DatabaseUrl& url, OpenMode mode);

    base::Status begin(TransactionKind kind, std::chrono::milliseconds deadline) override;
    base::Status commit(std::chrono::milliseconds deadline) override;
    void rollback(std::chrono::milliseconds deadline) override;
    base::Result<Rows> execute(const QString& sql, const Params& params, const Table* given,
                               std::chrono::milliseconds deadline) override;
    base::Status copyIn(const QString& sql, const RowSource& next,
                        std::chrono::milliseconds deadline) override;
    base::Result<bool> waitForNotice(const QString& channel,
                                     std::chrono::milliseconds patience) override;
    void interrupt() override { m_wire.interrupt(); }
    bool isPooled() const override { return !m_isOurs; }

private:
    PgExecutor(const DatabaseUrl& url, OpenMode mode, std::unique_ptr<PgSession> session,
               Registered database);

    base::Status open(const QString& begin, const QDeadlineTimer& deadline);
    base::Status close(const QString& end);
    bool isOpen() const;
    base::Status checkTransaction() const;
    base::Status ensureConnected(const QDeadlineTimer& deadline);
    base::Status setUpSession(const QDeadlineTimer& deadline);
    base::Result<PgSession::Finding> ask(const QDeadlineTimer& deadline);
    base::Status checkPrologue(const QDeadlineTimer& deadline);
    const NamedSql& parsed(const QString& sql);
    base::Status listen(const QDeadlineTimer& deadline);
    bool takeNotices();

    const QString m_where;
    const bool m_isSaidToBeShared; ///< by the address
    const bool m_wantsWriter;
    const std::unique_ptr<const PgSession> m_session; ///< the driver refers to it
    const Registered m_database;
    pg_conn* const m_handle; ///< owned by the driver
    PgWire m_wire;
    QString m_prologue;    ///< opens each transaction; empty where the session has what we need
    bool m_isOurs = false; ///< the session: nobody else is given it, before or after
    bool m_isReady = false;
    QHash<QString, NamedSql> m_statements;
    QString m_channel;            ///< that notices are waited for on; empty: none
    bool m_mayHaveMissed = false; ///< notices, before the server began to send them
    bool m_inTransaction = false; ///< begun, neither committed nor rolled back
};

} // namespace queuedeck::db
