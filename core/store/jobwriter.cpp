// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobwriter.h"

#include "core/db/transaction.h"
#include "core/store/jobrow.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using domain::JobAction;

namespace {
const Sql& textOf(const SqlText& sql, JobAction action)
{
    switch (action) {
    case JobAction::Retry: return sql.retry;
    case JobAction::Cancel: return sql.cancel;
    case JobAction::Delete: return sql.remove;
    case JobAction::RunNext: break;
    }
    return sql.runNext;
}

domain::JournalEntry entryFromRow(const db::Rows::Row& row)
{
    domain::JournalEntry entry;
    entry.id.value = row.text(0);
    entry.at = row.time(1);
    entry.actor = row.text(2);
    entry.host = row.text(3);
    entry.action = row.text(4);
    entry.scope = row.text(5);
    entry.changed = row.integer(6);
    entry.undoneAt = row.time(7);
    entry.canUndo = row.boolean(8) && !entry.undoneAt.isValid();
    return entry;
}
} // namespace

JobWriter::JobWriter(db::Connection& connection, const TableShape& shape, const base::Clock& clock)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Status JobWriter::mayChange(JobAction action) const
{
    if (!m_shape.changesOff.isEmpty())
        return base::fail(ErrorKind::Unsupported,
                          m_shape.changesOff + u" Nothing was changed; viewing works."_s);
    if (m_shape.isGuest() && action == JobAction::RunNext)
        return base::fail(
            ErrorKind::Unsupported,
            u"As a guest, Queuedeck keeps no order of its own here: nothing was "
            "created in this database. `queuedeckctl --db … init` adds its tables."_s);
    return {};
}

base::Result<domain::JobIds> JobWriter::changeBatch(JobAction action, const QString& ids,
                                                    const ChangeNote& note,
                                                    const domain::JournalId& journal)
{
    db::Params params = journalParams(note, journal, m_clock.now().toMSecsSinceEpoch());
    params.insert({{u"ids"_s, ids},
                   {u"max"_s, domain::kMaxAttempts},
                   {u"error"_s, u"Cancelled by "_s + note.actor.user}});
    if (const auto opened = m_connection.run(m_sql.journalOpen.text(), params); !opened)
        return opened.error();
    const auto rows = m_connection.run(textOf(m_sql, action).text(), params);
    if (!rows)
        return rows.error();
    if (const auto closed = m_connection.run(m_sql.journalClose.text(), params); !closed)
        return closed.error();
    return idsFromRows(*rows);
}

base::Result<domain::Outcome> JobWriter::change(JobAction action, const domain::JobIds& ids,
                                                const ChangeNote& note, bool dryRun,
                                                const BatchDone& batchDone)
{
    if (const base::Status may = mayChange(action); !may)
        return may.error();
    domain::Outcome outcome;
    outcome.dryRun = dryRun;
    outcome.matched = ids.size();
    const domain::JournalId journal{domain::newUuid(m_clock.now().toMSecsSinceEpoch())};
    domain::JobIds skipped;
    std::optional<db::Transaction> whole; // of a dry run; rolled back at the end
    if (dryRun) {
        auto begun = db::Transaction::begin(m_connection);
        if (!begun)
            return begun.error();
        whole.emplace(std::move(*begun));
    }
    for (qsizetype from = 0; from < ids.size(); from += kBatch) {
        std::optional<db::Transaction> batch;
        if (!dryRun) {
            auto begun = db::Transaction::begin(m_connection);
            if (!begun)
                return begun.error();
            batch.emplace(std::move(*begun));
        }
        const auto changed = changeBatch(action, idArray(ids, from, kBatch), note, journal);
        if (!changed)
            return changed.error();
        if (batch) {
            if (const auto told = m_connection.run(m_sql.announce.text()); !told)
                return told.error();
            if (const base::Status done = batch->commit(); !done)
                return done.error();
        }
        outcome.changed += changed->size();
        const QSet<domain::JobId> hit(changed->cbegin(), changed->cend());
        const qsizetype end = std::min(ids.size(), from + kBatch);
        for (qsizetype i = from; i < end; ++i) {
            if (!hit.contains(ids[i]))
                skipped.push_back(ids[i]);
        }
        if (batchDone && !batchDone(end, ids.size()) && end < ids.size()) {
            outcome.cancelled = true;
            break;
        }
    }
    whole.reset();
    if (outcome.changed > 0 && !dryRun && !m_shape.isGuest())
        outcome.journal = journal;
    if (const base::Status done = explainSkipped(action, skipped, outcome); !done)
        return done.error();
    return outcome;
}

base::Status JobWriter::explainSkipped(JobAction action, const domain::JobIds& skipped,
                                       domain::Outcome& outcome)
{
    for (qsizetype from = 0; from < skipped.size(); from += kBatch) {
        const auto rows =
            m_connection.run(m_sql.jobStates.text(), {{u"ids"_s, idArray(skipped, from, kBatch)}});
        if (!rows)
            return rows.error();
        QHash<QString, QString> reasons;
        for (size_t i = 0; i < rows->size(); ++i) {
            domain::Job job;
            job.rawStatus = (*rows)[i].text(1);
            job.status = domain::statusFromText(job.rawStatus);
            job.attempts = (*rows)[i].optionalInteger(2);
            const QString reason = domain::refusal(action, job);
            reasons.insert((*rows)[i].text(0),
                           reason.isEmpty() ? u"changed at the same moment"_s : reason);
        }
        for (qsizetype i = from; i < std::min(skipped.size(), from + kBatch); ++i)
            outcome.skipped.push_back(
                {skipped[i].value, reasons.value(skipped[i].value, u"gone"_s)});
    }
    return {};
}

base::Result<domain::JournalEntry> JobWriter::entryToUndo(const domain::JournalId& entry)
{
    if (entry.isEmpty()) {
        const auto newest = journal(200);
        if (!newest)
            return newest.error();
        for (const domain::JournalEntry& candidate : *newest) {
            if (candidate.canUndo)
                return candidate;
        }
        return base::fail(ErrorKind::NotFound, u"There is nothing to undo."_s);
    }
    const auto rows = m_connection.run(m_sql.journalEntry.text(), {{u"journal"_s, entry.value}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return base::fail(ErrorKind::NotFound, u"The journal has no entry %1."_s.arg(entry.value));
    const domain::JournalEntry found = entryFromRow((*rows)[0]);
    if (found.undoneAt.isValid())
        return base::fail(ErrorKind::Conflict, u"That action has been undone already."_s);
    if (!found.canUndo)
        return base::fail(
            ErrorKind::Unsupported,
            u"The action \"%1\" cannot be undone; delete the jobs instead."_s.arg(found.action));
    return found;
}

base::Result<domain::Outcome> JobWriter::undo(const domain::JournalId& wanted)
{
    if (m_shape.isGuest())
        return base::fail(ErrorKind::Unsupported,
                          u"Nothing was created in this database, so there is no journal to undo "
                          "from. `queuedeckctl --db … init` adds it for what comes."_s);
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const auto entry = entryToUndo(wanted);
    if (!entry)
        return entry.error();
    const db::Params params{{u"journal"_s, entry->id.value},
                            {u"at"_s, m_clock.now().toMSecsSinceEpoch()}};
    const auto blocked = m_connection.run(m_sql.undoBlocked.text(), params);
    if (!blocked)
        return blocked.error();
    const auto restored = m_connection.run(m_sql.undo.text(), params);
    if (!restored)
        return restored.error();
    if (const auto told = m_connection.run(m_sql.announce.text()); !told)
        return told.error();
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    domain::Outcome outcome;
    outcome.changed = qint64(restored->size());
    outcome.matched = outcome.changed + qint64(blocked->size());
    outcome.journal = entry->id;
    for (const domain::JobId& id : idsFromRows(*blocked))
        outcome.skipped.push_back({id.value, u"changed since"_s});
    return outcome;
}

base::Result<QVector<domain::JournalEntry>> JobWriter::journal(int limit)
{
    const auto rows = m_connection.run(m_sql.journalList.text(), {{u"limit"_s, limit}});
    if (!rows)
        return rows.error();
    QVector<domain::JournalEntry> entries;
    for (size_t i = 0; i < rows->size(); ++i)
        entries.push_back(entryFromRow((*rows)[i]));
    return entries;
}

} // namespace queuedeck::store
