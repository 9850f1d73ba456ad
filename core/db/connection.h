// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"
#include "core/db/executor.h"
#include "core/db/words.h"

#include <QHash>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace queuedeck::db {

enum class OpenMode {
    ReadOnly,  ///< the database itself rejects every change
    ReadWrite, ///< the database must exist
    Create,    ///< SQLite: the file and its folder may be created
};

/// A connection to one database. It belongs to the thread that opened it and is closed there; only
/// `interrupt` may be called from other threads.
class Connection
{
public:
    /// Creates Qt's connection registry now. Static objects that may still hold a connection at
    /// exit must be constructed after this call, so that they are destroyed before the registry.
    static void makeRegistry();

    static base::Result<std::unique_ptr<Connection>> open(const DatabaseUrl& url, OpenMode mode);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const DatabaseUrl& url() const { return m_url; }
    Dialect dialect() const { return m_url.dialect; }

    /// Runs one step: a single statement, or (SQLite only) several, separated by a line with `;`,
    /// in one immediate transaction unless a Transaction is already open. Returns the rows of the
    /// last statement that has a result set, and the sum of changed rows.
    base::Result<Rows> run(const QString& step, const Params& params = {})
    {
        return run(step, params, nullptr);
    }

    /// The same, with rows that the statements read as a table of that name. SQLite only; on
    /// PostgreSQL pass arrays.
    base::Result<Rows> run(const QString& step, const Params& params, const Table& given)
    {
        return run(step, params, &given);
    }

    /// What the words in braces stand for on this database, that is what differs between the tables
    /// of different applications.
    using Words = db::Words;
    void setWords(Words words);
    const Words& words() const { return m_words; }

    /// The deadline of each call; 10 s unless set.
    std::chrono::milliseconds deadline() const { return m_deadline; }
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

    /// Streams rows into a table: `sql` is a COPY … FROM STDIN; `next` returns rows in its text
    /// format (appendCopyField) while the server reads the previous ones, and nothing at the end.
    /// PostgreSQL only, and inside a Transaction.
    base::Status copyIn(const QString& sql, const RowSource& next);

    /// Waits for a notification on this channel, at most `patience`: true if one arrived, and also
    /// on the first call, since earlier ones may have been missed. Unsupported on SQLite and behind
    /// a pooler, where none can be received. `interrupt` ends it with false.
    base::Result<bool> waitForNotice(const QString& channel, std::chrono::milliseconds patience)
    {
        return m_executor->waitForNotice(channel, patience);
    }

    /// A pooler is in between, or must be assumed: notifications cannot be received.
    bool isPooled() const { return m_executor->isPooled(); }

    /// Ends the running statement; its call returns Cancelled. From any thread.
    void interrupt() { m_executor->interrupt(); }

    /// Wraps this connection's executor in one of the caller's.
    using Wrap = std::function<std::unique_ptr<Executor>(std::unique_ptr<Executor>)>;
    void wrapExecutor(const Wrap& wrap) { m_executor = wrap(std::move(m_executor)); }

private:
    friend class Transaction;
    Connection(DatabaseUrl url, std::unique_ptr<Executor> executor);

    base::Result<Rows> run(const QString& step, const Params& params, const Table* given);
    const std::vector<QString>& statementsOf(const QString& step);

    DatabaseUrl m_url;
    std::unique_ptr<Executor> m_executor;
    Words m_words;
    QHash<QString, std::vector<QString>>
        m_steps; ///< split into statements, with the words filled in
    std::chrono::milliseconds m_deadline = std::chrono::seconds(10);
    bool m_inTransaction = false;
};

} // namespace queuedeck::db
