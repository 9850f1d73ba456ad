// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/store/sqltext.h"

#include <QSet>

#include <array>

namespace queuedeck::store {

/// Which claims lie in a SQLite file as this connection wrote them, because nothing else has
/// written since: neither another connection nor another part of this one. Their results need no
/// look at each row. One thread; `begin` and `end` in the transaction that claims and settles.
class UntouchedClaims
{
public:
    UntouchedClaims(db::Connection& connection, const Sql& mark)
        : m_connection(connection)
        , m_mark(mark)
    {
    }

    /// Before the first write of the transaction: forgets all if anything else has written.
    base::Status begin();
    void add(const QString& token) { m_tokens.insert(token); }
    /// True once: after the first results of a claim, some of its rows are settled. (The history
    /// would refuse them a second time as well.)
    bool take(const QString& token) { return m_tokens.remove(token); }
    /// After the last write of the transaction.
    base::Status end();

private:
    using Mark = std::array<qint64, 3>;
    base::Result<Mark> read();

    db::Connection& m_connection;
    const Sql& m_mark;
    Mark m_last{-1, -1, -1};
    QSet<QString> m_tokens;
};

} // namespace queuedeck::store
