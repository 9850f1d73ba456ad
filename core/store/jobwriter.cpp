// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobwriter.h"

#include "core/db/transaction.h"
#include "core/domain/enrichment.h"
#include "core/store/batchwalk.h"
#include "core/store/imports/importundo.h"
#include "core/store/jobrow.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using domain::JobAction;

namespace {
const Sql& textOf(const SqlText& sql, JobAction action)
{
    switch (action) {
    case JobAction::Retry: return sql.changing.retry;
    case JobAction::Cancel: return sql.changing.cancel;
    case JobAction::Delete: return sql.changing.remove;
    case JobAction::Repair: return sql.changing.repair;
    case JobAction::RunNext: break;
    }
    return sql.companion->runNext;
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

JobWriter::JobWriter(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
                     const Effects& effects)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
    , m_effects(effects)
{
}

EffectPlace JobWriter::effectPlace() const
{
    return {m_connection, m_shape, m_sql, m_clock.now()};
}

base::Result<db::Rows> JobWriter::runOnIds(const Sql& sql, const domain::JobIds& ids,
                                           db::Params params)
{
    if (m_shape.dialect == db::Dialect::Sqlite)
        return m_connection.run(sql.text(), params, idTable(ids));
    params[u"ids"_s] = idList(ids);
    return m_connection.run(sql.text(), params);
}

base::Status JobWriter::mayChange(JobAction action) const
{
    if (!m_shape.changesOff.isEmpty())
        return base::fail(ErrorKind::Unsupported,
                          m_shape.changesOff +
                              Sentence::tr(" Nothing was changed; viewing works."));
    if (m_shape.isGuest() && action == JobAction::RunNext)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("As a guest, Queuedeck keeps no order of its own here: nothing was "
                         "created in this database. `queuedeckctl --db … init` adds its tables."));
    return {};
}

base::Result<domain::JobIds> JobWriter::changeBatch(JobAction action, const domain::JobIds& ids,
                                                    const ChangeNote& note,
                                                    const domain::JournalId& journal,
                                                    qint64& running)
{
    db::Params params = journalParams(note, journal, m_clock.now().toMSecsSinceEpoch());
    params.insert({{u"max"_s, domain::kMaxAttempts},
                   {u"error"_s, m_shape.errorText(u"Cancelled by "_s + note.actor.user)},
                   {u"following"_s, m_effects.following(m_shape.dialect)}});
    const auto& companion = m_sql.companion;
    if (companion) {
        if (const auto opened = m_connection.run(companion->journalOpen.text(), params); !opened)
            return opened.error();
    }
    const auto rows = runOnIds(textOf(m_sql, action), ids, params);
    if (!rows)
        return rows.error();
    const QVector<Move> moves = movesFromRows(*rows);
    const bool movesJobs = action != JobAction::Delete && action != JobAction::RunNext;
    if (movesJobs) {
        if (const base::Status done = m_effects.follow(effectPlace(), moves, journal); !done)
            return done.error();
    }
    if (companion) {
        if (const auto closed = m_connection.run(companion->journalClose.text(), params); !closed)
            return closed.error();
    }
    if (m_sql.atOnce) {
        if (const auto told = m_connection.run(m_sql.atOnce->announce.text()); !told)
            return told.error();
    }
    domain::JobIds changed;
    for (const Move& move : moves) {
        changed += move.id;
        running += action == JobAction::Cancel && move.oldStatus == "processing"_L1 ? 1 : 0;
    }
    return changed;
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
    if (action == JobAction::Delete)
        outcome.lost = m_shape.lostByDelete;
    const domain::JournalId journal{domain::newUuid(m_clock.now().toMSecsSinceEpoch())};
    domain::JobIds known;
    domain::JobIds skipped;
    for (const domain::JobId& id : ids)
        (m_shape.canBeId(id.value) ? known : skipped) += id;

    qint64 running = 0;
    BatchWalk walk(m_connection, kBatch, dryRun);
    walk.run(
        known,
        [&](const domain::JobIds& batch) -> base::Result<domain::JobIds> {
            qint64 runningHere = 0;
            auto changed = changeBatch(action, batch, note, journal, runningHere);
            running += changed ? runningHere : 0;
            return changed;
        },
        batchDone, outcome);
    if (outcome.failure && outcome.changed == 0)
        return *outcome.failure;
    outcome.wereRunning = running;
    if (outcome.changed > 0 && !dryRun && m_sql.companion)
        outcome.journal = journal;
    skipped += walk.passedOver();
    if (const base::Status done = explainSkipped(action, skipped, outcome);
        !done && !outcome.failure)
        return done.error();
    return outcome;
}

base::Status JobWriter::explainSkipped(JobAction action, const domain::JobIds& skipped,
                                       domain::Outcome& outcome)
{
    for (qsizetype from = 0; from < skipped.size(); from += kBatch) {
        const domain::JobIds batch = skipped.mid(from, kBatch);
        const bool isSqlite = m_shape.dialect == db::Dialect::Sqlite;
        domain::JobIds known = batch;
        known.removeIf([this](const domain::JobId& id) { return !m_shape.canBeId(id.value); });
        const auto rows = m_connection.run(m_sql.reading.jobStates.text(),
                                           {{u"ids"_s, isSqlite ? idArray(known) : idList(known)}});
        if (!rows)
            return rows.error();
        QHash<QString, domain::SkipReason> reasons;
        for (size_t i = 0; i < rows->size(); ++i) {
            domain::Job job;
            job.rawStatus = (*rows)[i].text(1);
            job.status = domain::statusFromText(job.rawStatus);
            job.attempts = (*rows)[i].optionalInteger(2);
            const auto unseen = m_shape.hasRowSecurity ? domain::SkipReason::RowSecurity
                                                       : domain::SkipReason::ChangedMeanwhile;
            reasons.insert((*rows)[i].text(0), domain::refusal(action, job).value_or(unseen));
        }
        for (const domain::JobId& id : batch)
            outcome.skipped.push_back(
                {id.value, reasons.value(id.value, domain::SkipReason::Gone)});
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
            // What engines write by themselves is undone only by its id.
            if (candidate.canUndo && candidate.action != domain::kEnrichAction)
                return candidate;
        }
        return base::fail(ErrorKind::NotFound, Sentence::tr("There is nothing to undo."));
    }
    const auto rows =
        m_connection.run(m_sql.companion->journalEntry.text(), {{u"journal"_s, entry.value}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return base::fail(ErrorKind::NotFound,
                          Sentence::tr("The journal has no entry %1.").arg(entry.value));
    const domain::JournalEntry found = entryFromRow((*rows)[0]);
    if (found.undoneAt.isValid())
        return base::fail(ErrorKind::Conflict,
                          Sentence::tr("That action has been undone already."));
    if (!found.canUndo)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("The action \"%1\" cannot be undone; delete the jobs instead.")
                .arg(found.action));
    return found;
}

base::Result<domain::JobIds> JobWriter::undoBatch(const domain::JournalId& entry,
                                                  const domain::JobIds& ids, bool isFirst,
                                                  bool isLast)
{
    const db::Params params{{u"journal"_s, entry.value}};
    domain::JobIds standing;
    for (const Sql* look : {&m_sql.companion->standing, &m_sql.companion->stillGone}) {
        const auto rows = runOnIds(*look, ids, params);
        if (!rows)
            return rows.error();
        standing += idsFromRows(*rows);
    }
    if (standing.isEmpty() && (isFirst || !isLast))
        return standing;
    const auto restored = runOnIds(m_sql.companion->undo, standing, params);
    if (!restored)
        return restored.error();
    if (isFirst) {
        if (const auto done = m_effects.restore(effectPlace(), entry); !done)
            return done.error();
    }
    if (isLast) {
        const auto closed = m_connection.run(
            m_sql.companion->undone.text(),
            {{u"journal"_s, entry.value}, {u"at"_s, m_clock.now().toMSecsSinceEpoch()}});
        if (!closed)
            return closed.error();
    }
    if (m_sql.atOnce) {
        if (const auto told = m_connection.run(m_sql.atOnce->announce.text()); !told)
            return told.error();
    }
    return standing;
}

base::Result<domain::Outcome> JobWriter::undo(const domain::JournalId& wanted)
{
    if (!m_sql.companion)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("Nothing was created in this database, so there is no journal to undo "
                         "from. `queuedeckctl --db … init` adds it for future changes."));
    if (!m_shape.changesOff.isEmpty())
        return base::fail(ErrorKind::Unsupported,
                          m_shape.changesOff + Sentence::tr(" Nothing was undone."));
    const auto entry = entryToUndo(wanted);
    if (!entry)
        return entry.error();
    if (entry->action == "import"_L1 && m_sql.imports)
        return ImportUndo(m_connection, m_shape, m_clock).run(entry->id);
    const auto rows =
        m_connection.run(m_sql.companion->journalRows.text(), {{u"journal"_s, entry->id.value}});
    if (!rows)
        return rows.error();
    domain::Outcome outcome;
    const domain::JobIds ids = idsFromRows(*rows);
    if (ids.isEmpty())
        return undoEffects(entry->id);
    outcome.matched = ids.size();
    outcome.journal = entry->id;
    BatchWalk walk(m_connection, kBatch, false);
    walk.run(
        ids,
        [&](const domain::JobIds& batch) {
            return undoBatch(entry->id, batch, outcome.changed == 0, batch.back() == ids.back());
        },
        {}, outcome);
    if (outcome.failure && outcome.changed == 0)
        return *outcome.failure;
    for (const domain::JobId& id : walk.passedOver())
        outcome.skipped.push_back({id.value, domain::SkipReason::ChangedSince});
    return outcome;
}

// An entry without rows of jobs, which holds effects alone.
base::Result<domain::Outcome> JobWriter::undoEffects(const domain::JournalId& entry)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const auto restored = m_effects.restore(effectPlace(), entry);
    if (!restored)
        return restored.error();
    domain::Outcome outcome;
    outcome.journal = entry;
    outcome.changed = restored->targets.size();
    outcome.matched = outcome.changed + restored->left.size();
    for (const QString& target : restored->left)
        outcome.skipped.push_back({target, domain::SkipReason::ChangedSince});
    if (outcome.changed == 0)
        return outcome;
    const auto closed = m_connection.run(
        m_sql.companion->undone.text(),
        {{u"journal"_s, entry.value}, {u"at"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!closed)
        return closed.error();
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return outcome;
}

base::Result<QVector<domain::JournalEntry>> JobWriter::journal(int limit)
{
    if (!m_sql.companion)
        return QVector<domain::JournalEntry>();
    const auto rows = m_connection.run(m_sql.companion->journalList.text(), {{u"limit"_s, limit}});
    if (!rows)
        return rows.error();
    QVector<domain::JournalEntry> entries;
    for (size_t i = 0; i < rows->size(); ++i)
        entries.push_back(entryFromRow((*rows)[i]));
    return entries;
}

} // namespace queuedeck::store
