// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::db {

/// A transaction is a scope: without commit() it rolls back.
class Transaction
{
public:
    using Kind = TransactionKind;

    static base::Result<Transaction> begin(Connection& connection, Kind kind = Kind::Write);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;

    base::Status commit();

private:
    explicit Transaction(Connection& connection);

    Connection* m_connection;
};

} // namespace queuedeck::db
