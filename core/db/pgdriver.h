// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/pgconnect.h"

#include <QSqlDriver>

namespace queuedeck::db {

/// Qt SQL's driver for PostgreSQL, in our own making: Qt's sets the session to its liking when it
/// connects, and so that of a pooler's next client. This one runs nothing that it is not told to,
/// and takes the whole address: several hosts, sockets, channel binding.
class PgDriver final : public QSqlDriver
{
public:
    PgDriver(DatabaseUrl url, const PgSession& session);
    ~PgDriver() override;

    /// Why open() failed.
    const base::Error& error() const { return m_error; }

    /// The arguments are not looked at: the address says all.
    bool open(const QString& database, const QString& user, const QString& password,
              const QString& host, int port, const QString& options) override;
    void close() override;
    /// A pg_conn*, which stays the driver's.
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
