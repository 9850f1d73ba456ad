// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/journalkeeping.h"

#include "core/db/transaction.h"
#include "core/store/jobwriter.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

JournalKeeping::JournalKeeping(db::Connection& connection, const TableShape& shape,
                               const base::Clock& clock)
    : m_connection(connection)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Result<domain::JournalSize> JournalKeeping::size()
{
    domain::JournalSize size;
    if (!m_sql.companion)
        return size;
    const auto rows = m_connection.run(m_sql.companion->journalSize.text());
    if (!rows)
        return rows.error();
    const db::Rows::Row row = (*rows)[0];
    size.entries = row.integer(0);
    size.oldest = row.time(1);
    size.bytes = row.integer(2);
    return size;
}

db::Params JournalKeeping::paramsOf(const QDateTime& before) const
{
    return {{u"before"_s, before.toMSecsSinceEpoch()},
            {u"at"_s, m_clock.now().toMSecsSinceEpoch()},
            {u"leftMs"_s, qint64(std::chrono::milliseconds(JobWriter::kLeftAfter).count())}};
}

base::Result<qint64> JournalKeeping::countBefore(const QDateTime& time)
{
    if (!m_sql.companion)
        return 0;
    const auto rows = m_connection.run(m_sql.companion->journalOlder.text(), paramsOf(time));
    return rows ? base::Result<qint64>((*rows)[0].integer(0)) : rows.error();
}

base::Result<std::optional<domain::JournalId>> JournalKeeping::forgetSome(const QDateTime& before)
{
    using Forgotten = std::optional<domain::JournalId>;
    if (!m_sql.companion)
        return Forgotten();
    const CompanionSql& sql = *m_sql.companion;
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const auto oldest = m_connection.run(sql.journalOldest.text(), paramsOf(before));
    if (!oldest)
        return oldest.error();
    if (oldest->isEmpty())
        return Forgotten();
    const domain::JournalId id{(*oldest)[0].text(0)};
    const db::Params params{{u"journal"_s, id.value}, {u"limit"_s, kBatch}};
    for (const Sql* part : {&sql.journalForgetRows, &sql.journalForgetEffects}) {
        const auto gone = m_connection.run(part->text(), params);
        if (!gone)
            return gone.error();
        if (gone->changed() < kBatch)
            continue;
        if (const base::Status done = transaction->commit(); !done)
            return done.error();
        return Forgotten(domain::JournalId());
    }
    const db::Params entry{{u"journal"_s, id.value}};
    for (const Sql* part : {&sql.bulkDropParts, &sql.journalForget}) {
        if (const auto gone = m_connection.run(part->text(), entry); !gone)
            return gone.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return Forgotten(id);
}

} // namespace queuedeck::store
