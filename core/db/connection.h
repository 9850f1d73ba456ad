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
    ReadOnly,  ///< the database itself refuses every change
    ReadWrite, ///< the database must exist
    Create,    ///< SQLite: the file and its folder may be made
};

/// A connection to one database. It belongs to the thread that opened it and is
/// closed there; only `interrupt` may be called from elsewhere.
class Connection
{
public:
    /// Makes Qt's registry of connections now. What is static and may still hold a connection when
    /// the program ends is constructed after this call, and so destroyed before the registry.
    static void makeRegistry();

    static base::Result<std::unique_ptr<Connection>> open(const DatabaseUrl& url, OpenMode mode);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const DatabaseUrl& url() const { return m_url; }
    Dialect dialect() const { return m_url.dialect; }

    /// Runs one step: a single statement, or (SQLite only) several, separated by a line with `;`,
    /// in one immediate transaction, unless a Transaction is already open. Returns the rows of the
    /// last statement that gave any, and the sum of changed rows.
    base::Result<Rows> run(const QString& step, const Params& params = {})
    {
        return run(step, params, nullptr);
    }

    /// The same, with rows that its statements read as a table of this name. SQLite only;
    /// PostgreSQL takes arrays.
    base::Result<Rows> run(const QString& step, const Params& params, const Table& given)
    {
        return run(step, params, &given);
    }

    /// What the words in braces stand for on this database: what differs from one application's
    /// tables to the next.
    using Words = db::Words;
    void setWords(Words words);
    const Words& words() const { return m_words; }

    /// What every call may take at the most; 10 s unless set.
    std::chrono::milliseconds deadline() const { return m_deadline; }
    void setDeadline(std::chrono::milliseconds deadline) { m_deadline = deadline; }

    /// Streams rows into a table: `sql` is a COPY … FROM STDIN, `next` gives rows in its text
    /// format (appendCopyField) while the server takes in those before, and nothing at their end.
    /// PostgreSQL only, and inside a Transaction.
    base::Status copyIn(const QString& sql, const RowSource& next);

    /// Waits until anybody sends a notice on this channel, at most `patience`: true when somebody
    /// did, and the first time, since what came before is not known. Unsupported on SQLite and
    /// behind a pooler, where nobody can be heard. `interrupt` ends it with false.
    base::Result<bool> waitForNotice(const QString& channel, std::chrono::milliseconds patience)
    {
        return m_executor->waitForNotice(channel, patience);
    }

    /// A pooler stands in between, or is to be taken for granted: nobody can be heard.
    bool isPooled() const { return m_executor->isPooled(); }

    /// Ends the statement that runs now; its call returns Cancelled. From any thread.
    void interrupt() { m_executor->interrupt(); }

    /// Puts an executor of the caller's between this connection and its own.
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
    QHash<QString, std::vector<QString>> m_steps; ///< taken apart, with the words filled in
    std::chrono::milliseconds m_deadline = std::chrono::seconds(10);
    bool m_inTransaction = false;
};

} // namespace queuedeck::db
