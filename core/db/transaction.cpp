// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/transaction.h"

#include <utility>

namespace queuedeck::db {

base::Result<Transaction> Transaction::begin(Connection& connection, Kind kind)
{
    Q_ASSERT(!connection.m_inTransaction);
    if (const base::Status begun = connection.m_executor->begin(kind, connection.m_deadline);
        !begun)
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
    m_connection->m_executor->rollback(m_connection->m_deadline);
}

base::Status Transaction::commit()
{
    if (const base::Status done = m_connection->m_executor->commit(m_connection->m_deadline); !done)
        return done; // the destructor rolls back
    m_connection->m_inTransaction = false;
    m_connection = nullptr;
    return {};
}

} // namespace queuedeck::db
