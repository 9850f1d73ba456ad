// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

base::Result<Transaction> Transaction::begin(Connection& connection, Kind kind)
{
    Q_ASSERT(!connection.m_inTransaction);
    QString sql;
    if (connection.dialect() == Dialect::Sqlite)
        sql = kind == Kind::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN DEFERRED"_s;
    else
        sql =
            kind == Kind::Write ? u"BEGIN"_s : u"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"_s;
    const auto begun = connection.execute(sql, {});
    if (!begun)
        return begun.error();
    return Transaction(connection);
}

Transaction::Transaction(Connection& connection)
    : m_connection(&connection)
{
    connection.m_inTransaction = true;
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
{
}

Transaction::~Transaction()
{
    if (!m_connection)
        return;
    m_connection->m_inTransaction = false;
    // Should this fail too, the connection is lost and the server rolls back by itself.
    (void)m_connection->m_executor->execute(u"ROLLBACK"_s, {}, nullptr, m_connection->m_deadline);
}

base::Status Transaction::commit()
{
    const auto done = m_connection->execute(u"COMMIT"_s, {});
    if (!done)
        return done.error(); // the destructor rolls back
    m_connection->m_inTransaction = false;
    m_connection = nullptr;
    return {};
}

} // namespace queuedeck::db
