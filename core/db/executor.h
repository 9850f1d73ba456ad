// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/namedsql.h"
#include "core/db/rows.h"
#include "core/db/table.h"

#include <chrono>

namespace queuedeck::db {

enum class TransactionKind {
    Write,
    Snapshot, ///< reads only, all from the same snapshot
};

/// The only code that executes SQL, one implementation per kind of database. Used on its
/// connection's thread only, except for `interrupt`.
class Executor
{
public:
    virtual ~Executor() = default;

    /// Opens a transaction; none may be open. On SQLite a writing one is immediate.
    virtual base::Status begin(TransactionKind kind, std::chrono::milliseconds deadline) = 0;
    /// Fails with Conflict if the database rolled back instead. After any failure the transaction
    /// must still be rolled back.
    virtual base::Status commit(std::chrono::milliseconds deadline) = 0;
    /// If this fails, the connection is lost and the database rolls back by itself.
    virtual void rollback(std::chrono::milliseconds deadline) = 0;

    /// Runs one statement and reads all its rows. Fails with Timeout once `deadline` has passed
    /// and with Cancelled after `interrupt`; on PostgreSQL the server is asked to cancel as well.
    /// `given`: see Connection::run; nullptr for none.
    virtual base::Result<Rows> execute(const QString& sql, const Params& params, const Table* given,
                                       std::chrono::milliseconds deadline) = 0;

    /// See Connection::copyIn.
    virtual base::Status copyIn(const QString& sql, const RowSource& next,
                                std::chrono::milliseconds deadline) = 0;

    /// See Connection::waitForNotice.
    virtual base::Result<bool> waitForNotice(const QString& channel,
                                             std::chrono::milliseconds patience) = 0;

    /// See Connection::isPooled.
    virtual bool isPooled() const { return false; }

    /// Ends the running statement, if any. From any thread.
    virtual void interrupt() = 0;
};

} // namespace queuedeck::db
