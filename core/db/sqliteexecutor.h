// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSqlQuery>

#include <atomic>
#include <memory>

struct sqlite3;

namespace queuedeck::db {

/// Executes on SQLite through QSqlQuery; statements are prepared once and kept.
class SqliteExecutor final : public Executor
{
public:
    /// Opens `database` (QSQLITE, connection `name`) with WAL, synchronous=FULL, foreign keys and
    /// a busy timeout of 5 s, and checks that the file really is a database.
    static base::Result<std::unique_ptr<Executor>> open(const DatabaseUrl& url, OpenMode mode,
                                                        const QString& name, QSqlDatabase& database);
    ~SqliteExecutor() override;

    base::Result<Rows> execute(const QString& sql, const Params& params,
                               std::chrono::milliseconds deadline) override;
    base::Status copyIn(const QString& sql, const QByteArray& rows,
                        std::chrono::milliseconds deadline) override;
    base::Result<bool> waitForNotice(const QString& channel,
                                     std::chrono::milliseconds patience) override;
    void interrupt() override;

private:
    struct Prepared
    {
        QSqlQuery query;
        QStringList names;
    };

    SqliteExecutor(QString path, QSqlDatabase database, sqlite3* handle);
    base::Result<Prepared*> prepared(const QString& sql);
    base::Error lastError() const;
    static int onProgress(void* self);

    const QString m_path;
    QSqlDatabase m_database;
    sqlite3* const m_handle; // owned by the driver
    QHash<QString, std::shared_ptr<Prepared>> m_statements;
    QElapsedTimer m_running;
    qint64 m_deadline = 0;
    bool m_timedOut = false;
    std::atomic<bool> m_interrupted = false;
};

} // namespace queuedeck::db
