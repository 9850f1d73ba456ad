// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/pgconnect.h"

#include <QSqlDriver>

namespace queuedeck::db {

/// Our own PostgreSQL driver for Qt SQL: Qt's changes session settings when it connects, which a
/// pooler's next client then inherits. This one runs only what it is asked to, and supports the
/// whole address: several hosts, sockets, channel binding.
class PgDriver final : public QSqlDriver
{
public:
    PgDriver(DatabaseUrl url, const PgSession& session);
    ~PgDriver() override;

    /// Why open() failed.
    const base::Error& error() const { return m_error; }

    /// The arguments are ignored: the address says everything.
    bool open(const QString& database, const QString& user, const QString& password,
              const QString& host, int port, const QString& options) override;
    void close() override;
    /// A pg_conn*, owned by the driver.
    QVariant handle() const override;
    bool hasFeature(DriverFeature feature) const override;
    QSqlResult* createResult() const override;
    bool beginTransaction() override { return run("BEGIN"); }
    bool commitTransaction() override { return run("COMMIT"); }
    bool rollbackTransaction() override { return run("ROLLBACK"); }

private:
    bool run(const char* statement);

    const DatabaseUrl m_url;
    const PgSession& m_session;
    PgHandle m_handle;
    base::Error m_error;
};

} // namespace queuedeck::db

Q_DECLARE_OPAQUE_POINTER(pg_conn*)
Q_DECLARE_METATYPE(pg_conn*)
