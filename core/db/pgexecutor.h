// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/pgwire.h"

#include <QHash>

namespace queuedeck::db {

/// Executes on PostgreSQL through libpq on the handle of QtSql's driver: parameters without a
/// prepared statement, so that it works behind a transaction pooler, and a deadline on every call,
/// after which the server is told to stop. A lost connection is made again on its next use, unless
/// a transaction was lost with it.
///
/// Behind a pooler nothing may be kept in the session. What a direct connection sets once when it
/// connects (schema, read-only) is there set in the transaction of each statement.
class PgExecutor final : public Executor
{
public:
    static base::Result<std::unique_ptr<Executor>>
    open(const DatabaseUrl& url, OpenMode mode, const QString& name, QSqlDatabase& database);

    base::Result<Rows> execute(const QString& sql, const Params& params, const Table* given,
                               std::chrono::milliseconds deadline) override;
    base::Status copyIn(const QString& sql, const RowSource& next,
                        std::chrono::milliseconds deadline) override;
    base::Result<bool> waitForNotice(const QString& channel,
                                     std::chrono::milliseconds patience) override;
    void interrupt() override { m_wire.interrupt(); }

private:
    PgExecutor(const DatabaseUrl& url, QSqlDatabase database, pg_conn* handle, QString prologue);

    base::Status ensureConnected(const QDeadlineTimer& deadline);
    base::Status setUpSession(const QDeadlineTimer& deadline);
    const NamedSql& parsed(const QString& sql);
    base::Status listen(const QDeadlineTimer& deadline);
    bool takeNotices();

    const QString m_where;
    QSqlDatabase m_database; // closes the handle
    pg_conn* const m_handle;
    PgWire m_wire;
    const QString m_prologue; ///< statements that open each transaction behind a pooler
    const bool m_pooled;
    QHash<QString, NamedSql> m_statements;
    QString m_channel;              ///< that notices are waited for on; empty: none
    bool m_mayHaveMissed = false;   ///< notices, before the server began to send them
    bool m_transactionLost = false; ///< until somebody rolls back
};

} // namespace queuedeck::db
