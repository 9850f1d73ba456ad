// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/db/giventables.h"
#include "core/db/registered.h"

#include <QElapsedTimer>
#include <QHash>

#include <atomic>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace queuedeck::db {

/// Executes on SQLite through the driver's handle; statements are prepared once and kept.
/// QSqlQuery would look up every name for every row and copy every text twice.
class SqliteExecutor final : public Executor
{
public:
    /// Opens with synchronous=FULL, foreign keys and a busy timeout of 5 s, and a file it creates
    /// with a write-ahead log; checks that the file really is a database.
    static base::Result<std::unique_ptr<Executor>> open(const DatabaseUrl& url, OpenMode mode);
    ~SqliteExecutor() override;

    base::Status begin(TransactionKind kind, std::chrono::milliseconds deadline) override;
    base::Status commit(std::chrono::milliseconds deadline) override;
    void rollback(std::chrono::milliseconds deadline) override;
    base::Result<Rows> execute(const QString& sql, const Params& params, const Table* given,
                               std::chrono::milliseconds deadline) override;
    base::Status copyIn(const QString& sql, const RowSource& next,
                        std::chrono::milliseconds deadline) override;
    base::Result<bool> waitForNotice(const QString& channel,
                                     std::chrono::milliseconds patience) override;
    void interrupt() override;

private:
    SqliteExecutor(QString path, Registered database, sqlite3* handle);
    struct Prepared
    {
        sqlite3_stmt* statement = nullptr; ///< ours to finalize
        size_t cells = 0;                  ///< how many it returned last time
    };

    base::Status adjust(const QString& pragma);
    base::Status plain(const QString& sql, std::chrono::milliseconds deadline);
    base::Result<Prepared*> start(const QString& sql, std::chrono::milliseconds deadline);
    base::Result<Prepared*> prepared(const QString& sql);
    void forgetStatements();
    base::Error lastError() const;
    static int onProgress(void* self);

    const QString m_path;
    const Registered m_database;
    sqlite3* const m_handle; // owned by the driver
    GivenTables m_given;
    QHash<QString, Prepared> m_statements;
    QElapsedTimer m_running;
    qint64 m_deadline = 0;
    bool m_timedOut = false;
    std::atomic<bool> m_interrupted = false;
};

} // namespace queuedeck::db
