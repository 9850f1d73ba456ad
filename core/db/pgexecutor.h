// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/pgsession.h"
#include "core/db/pgwire.h"
#include "core/db/registered.h"

#include <QHash>

namespace queuedeck::db {

/// Executes on PostgreSQL through the driver's handle (see PgDriver), with a deadline on every
/// call, after which the server is asked to cancel. Works behind a transaction pooler: there,
/// parameters are sent without a prepared statement. A lost connection is reopened on its next use,
/// unless a transaction was lost with it.
///
/// Behind a pooler nothing may be kept in the session. What a direct connection sets once when it
/// connects (schema, time zone, read-only) is there set in each statement's transaction. Each
/// connect detects which of the two applies, and whether the settings hold: see PgSession.
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
    const bool m_isSaidToBeShared; ///< the address says so
    const bool m_wantsWriter;
    const std::unique_ptr<const PgSession> m_session; ///< the driver refers to it
    const Registered m_database;
    pg_conn* const m_handle; ///< owned by the driver
    PgWire m_wire;
    QString m_prologue; ///< opens each transaction; empty if the session already has the settings
    bool m_isOurs = false; ///< the session is never shared with another client
    bool m_isReady = false;
    QHash<QString, NamedSql> m_statements;
    QString m_channel;            ///< on which notifications are awaited; empty: none
    bool m_mayHaveMissed = false; ///< notifications, before LISTEN took effect
    bool m_inTransaction = false; ///< begun, and neither committed nor rolled back
};

} // namespace queuedeck::db
