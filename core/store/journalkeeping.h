// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/journalentry.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// How large the journal is, and how it is kept small: nothing is forgotten unless somebody asks.
/// As a guest there is none. Every call blocks; it lives on the thread of its connection.
class JournalKeeping
{
public:
    /// Rows that go in one transaction.
    static constexpr int kBatch = 2'000;

    JournalKeeping(db::Connection& connection, const TableShape& shape, const base::Clock& clock);

    base::Result<domain::JournalSize> size();
    /// Entries of an earlier time, except those that a program works on.
    base::Result<qint64> countBefore(const QDateTime& time);
    /// Forgets kBatch rows of the oldest of these entries, and the entry with its last row. The id
    /// of the entry that went; empty if it has more rows; none if no such entry is left.
    base::Result<std::optional<domain::JournalId>> forgetSome(const QDateTime& before);

private:
    db::Params paramsOf(const QDateTime& before) const;

    db::Connection& m_connection;
    const SqlText& m_sql;
    const base::Clock& m_clock;
};

} // namespace queuedeck::store
