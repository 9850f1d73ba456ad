// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"

#include "core/db/pgexecutor.h"
#include "core/db/sqliteexecutor.h"
#include "core/db/transaction.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

namespace {
constexpr qsizetype kMostKnownSteps = 200;
} // namespace

void Connection::makeRegistry()
{
    (void)QSqlDatabase::contains(QString());
}

base::Result<std::unique_ptr<Connection>> Connection::open(const DatabaseUrl& url, OpenMode mode)
{
    auto executor = url.dialect == Dialect::Sqlite ? SqliteExecutor::open(url, mode)
                                                   : PgExecutor::open(url, mode);
    if (!executor)
        return executor.error();
    return std::unique_ptr<Connection>(new Connection(url, std::move(*executor)));
}

Connection::Connection(DatabaseUrl url, std::unique_ptr<Executor> executor)
    : m_url(std::move(url))
    , m_executor(std::move(executor))
{
}

void Connection::setWords(Words words)
{
    m_words = std::move(words);
    m_steps.clear();
}

const std::vector<QString>& Connection::statementsOf(const QString& step)
{
    const auto known = m_steps.constFind(step);
    if (known != m_steps.constEnd())
        return *known;
    if (m_steps.size() >= kMostKnownSteps) // composed steps would fill it without end
        m_steps.clear();
    return *m_steps.insert(step, splitStep(filled(step, m_words)));
}

base::Status Connection::copyIn(const QString& sql, const RowSource& next)
{
    Q_ASSERT(m_inTransaction);
    return m_executor->copyIn(filled(sql, m_words), next, m_deadline);
}

base::Result<Rows> Connection::run(const QString& step, const Params& params, const Table* given)
{
    // A copy: beginning a transaction runs statements of its own.
    const std::vector<QString> statements = statementsOf(step);
    if (statements.size() == 1)
        return m_executor->execute(statements.front(), params, given, m_deadline);

    const bool ownTransaction = !m_inTransaction;
    std::optional<Transaction> transaction;
    if (ownTransaction) {
        auto begun = Transaction::begin(*this);
        if (!begun)
            return begun.error();
        transaction.emplace(std::move(*begun));
    }
    Rows answer;
    qint64 changed = 0;
    for (const QString& statement : statements) {
        auto rows = m_executor->execute(statement, params, given, m_deadline);
        if (!rows)
            return rows.error(); // the transaction rolls back
        changed += rows->changed();
        if (rows->columns() > 0)
            answer = std::move(*rows);
    }
    if (transaction) {
        if (const base::Status done = transaction->commit(); !done)
            return done.error();
    }
    answer.addChanged(changed - answer.changed());
    return answer;
}

} // namespace queuedeck::db
