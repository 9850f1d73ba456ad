// SPDX-License-Identifier: GPL-3.0-or-later
// Taking back what an entry of the journal did.
#include "core/db/transaction.h"
#include "core/domain/enrichment.h"
#include "core/store/batchwalk.h"
#include "core/store/imports/importundo.h"
#include "core/store/jobrow.h"
#include "core/store/jobwriter.h"

#include <QSet>

#include <limits>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using domain::JournalEntry;

namespace {
// How far an undo has come: the id of a job, or of an effect after this character.
constexpr QChar kEffects(u'\x1f');
} // namespace

base::Status JobWriter::mayUndo() const
{
    if (!m_sql.companion)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("Nothing was created in this database, so there is no journal to undo "
                         "from. `queuedeckctl --db … init` adds it for future changes."));
    if (!m_shape.changesOff.isEmpty())
        return base::fail(ErrorKind::Unsupported,
                          m_shape.changesOff + Sentence::tr(" Nothing was undone."));
    return {};
}

base::Result<JournalEntry> JobWriter::entryToUndo(const domain::JournalId& wanted)
{
    if (wanted.isEmpty()) {
        const auto newest = journal(200);
        if (!newest)
            return newest.error();
        for (const JournalEntry& candidate : *newest) {
            // What engines write by themselves is undone only by its id, and so is an undo.
            if (candidate.canUndo && candidate.action != domain::kEnrichAction &&
                !candidate.isUndo())
                return candidate;
        }
        return base::fail(ErrorKind::NotFound, Sentence::tr("There is nothing to undo."));
    }
    const auto found = entry(wanted);
    if (!found)
        return found;
    if (found->undoneAt.isValid())
        return base::fail(ErrorKind::Conflict,
                          Sentence::tr("That action has been undone already."));
    if (found->state == JournalEntry::State::Running)
        return base::fail(ErrorKind::Conflict,
                          Sentence::tr("That action is still being carried out. Stop it first."));
    if (!found->canUndo)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("The action \"%1\" cannot be undone; delete the jobs instead.")
                .arg(found->action));
    return found;
}

base::Result<BulkChange> JobWriter::beginUndo(const domain::JournalId& wanted,
                                              const domain::Actor& actor)
{
    if (const base::Status may = mayUndo(); !may)
        return may.error();
    const auto undoes = entryToUndo(wanted);
    if (!undoes)
        return undoes.error();
    const auto begun =
        m_connection.run(m_sql.companion->undoOf.text(), {{u"journal"_s, undoes->id.value}});
    if (!begun)
        return begun.error();
    if (!begun->isEmpty())
        return resume({(*begun)[0].text(0)});
    BulkChange change;
    change.m_undoes = *undoes;
    change.m_outcome.matched = undoes->changed;
    change.m_journal.value = domain::newUuid(now());
    change.m_note = {undoes->isUndo() ? domain::kRedoAction : domain::kUndoAction, undoes->scope,
                     actor};
    const auto first =
        m_connection.run(m_sql.companion->journalRows.text(),
                         {{u"journal"_s, undoes->id.value}, {u"after"_s, u""_s}, {u"limit"_s, 1}});
    if (!first)
        return first.error();
    change.m_hasJobs = !first->isEmpty();
    if (change.m_hasJobs && change.total() > kBatch) {
        if (const base::Status recorded = record(change); !recorded)
            return recorded.error();
    }
    return change;
}

base::Result<BulkChange> JobWriter::beginRedo()
{
    if (const base::Status may = mayUndo(); !may)
        return may.error();
    const auto newest = journal(200);
    if (!newest)
        return newest.error();
    for (const JournalEntry& candidate : *newest) {
        if (candidate.canUndo && candidate.isUndo())
            return beginUndo(candidate.id);
    }
    return base::fail(ErrorKind::NotFound, Sentence::tr("There is nothing to redo."));
}

base::Status JobWriter::undoBatch(BulkChange& change)
{
    const JournalEntry& undoes = change.m_undoes;
    if (!change.m_hasJobs) {
        change.m_isOver = true;
        if (undoes.action != "import"_L1 || !m_sql.imports)
            return undoEffects(change);
        auto outcome = ImportUndo(m_connection, m_shape, m_clock).run(undoes.id);
        if (outcome)
            change.m_outcome = *outcome;
        return outcome ? base::Status() : base::Status(outcome.error());
    }
    if (change.m_reached.startsWith(kEffects))
        return undoSomeEffects(change);
    const auto rows =
        m_connection.run(m_sql.companion->journalRows.text(),
                         {{u"journal"_s, undoes.id.value},
                          {u"after"_s, change.m_reached.isNull() ? u""_s : change.m_reached},
                          {u"limit"_s, kBatch}});
    if (!rows)
        return rows.error();
    const domain::JobIds batch = idsFromRows(*rows);
    QSet<domain::JobId> gone;
    for (size_t i = 0; i < rows->size(); ++i) {
        if ((*rows)[i].boolean(1))
            gone.insert(batch[qsizetype(i)]);
    }
    if (batch.isEmpty()) {
        change.m_reached = kEffects;
        return {};
    }
    change.m_isOver = change.m_runner.isEmpty(); // then it has one batch
    BatchWalk walk(m_connection);
    const base::Status done = walk.run(
        batch,
        [&](const domain::JobIds& ids) {
            return restore(change, ids, gone, batch.indexOf(ids.last()) + 1);
        },
        change.m_outcome);
    if (!done)
        return done;
    change.m_reached = batch.last().value;
    change.m_done += batch.size();
    change.m_batch = batch;
    for (const domain::JobId& id : walk.passedOver())
        change.m_outcome.skipped.push_back({id.value, domain::SkipReason::ChangedSince});
    return {};
}

base::Result<domain::JobIds> JobWriter::restore(BulkChange& change, const domain::JobIds& ids,
                                                const QSet<domain::JobId>& gone, qint64 place)
{
    const CompanionSql& sql = *m_sql.companion;
    const bool isSmall = change.m_runner.isEmpty(); // all of it in the transaction of its jobs
    const db::Params params{{u"journal"_s, change.m_journal.value},
                            {u"entry"_s, change.m_undoes.id.value}};
    domain::JobIds there;
    domain::JobIds deleted;
    for (const domain::JobId& id : ids)
        (gone.contains(id) ? deleted : there) += id;
    domain::JobIds standing;
    for (const auto& [check, some] :
         {std::pair(&sql.standing, there), std::pair(&sql.stillGone, deleted)}) {
        if (some.isEmpty())
            continue;
        const auto rows = runOnIds(*check, some, params);
        if (!rows)
            return rows.error();
        standing += idsFromRows(*rows);
    }
    if (isSmall) {
        if (const base::Status opened = openEntry(change); !opened)
            return opened.error();
    }
    if (!standing.isEmpty()) {
        const auto restored = runOnIds(sql.undo, standing, params);
        if (!restored)
            return restored.error();
        if (const base::Status told = announce(); !told)
            return told.error();
    }
    const base::Status ended =
        isSmall ? endSmallUndo(change, !standing.isEmpty(), place == change.total())
                : noteProgress(change, change.m_done + place, ids.last().value);
    if (!ended)
        return ended.error();
    return standing;
}

// The effects with the first jobs that are restored; the mark with the last ones.
base::Status JobWriter::endSmallUndo(const BulkChange& change, bool isAnyRestored, bool isLast)
{
    const bool wasAny = change.m_outcome.changed > 0;
    if (isAnyRestored && !wasAny) {
        const Effects::Span all{{}, std::numeric_limits<int>::max(), change.m_journal};
        if (const auto done = m_effects.restore(effectPlace(), change.m_undoes.id, all); !done)
            return done.error();
    }
    if (isLast && (isAnyRestored || wasAny)) {
        if (const base::Status marked = markUndone(change); !marked)
            return marked;
    }
    const auto emptied = m_connection.run(m_sql.companion->journalClose.text(),
                                          {{u"journal"_s, change.m_journal.value}});
    return emptied ? base::Status() : base::Status(emptied.error());
}

// An entry without jobs, which holds effects alone.
base::Status JobWriter::undoEffects(BulkChange& change)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const auto restored = m_effects.restore(effectPlace(), change.m_undoes.id);
    if (!restored)
        return restored.error();
    domain::Outcome& outcome = change.m_outcome;
    outcome.journal = change.m_undoes.id;
    outcome.changed = restored->targets.size();
    outcome.matched = outcome.changed + restored->left.size();
    for (const QString& target : restored->left)
        outcome.skipped.push_back({target, domain::SkipReason::ChangedSince});
    if (outcome.changed == 0)
        return {};
    if (const base::Status marked = markUndone(change); !marked)
        return marked;
    return transaction->commit();
}

// What the change wrote besides its jobs, once these are restored.
base::Status JobWriter::undoSomeEffects(BulkChange& change)
{
    if (change.m_changedBefore + change.m_outcome.changed == 0) {
        change.m_isOver = true;
        return {};
    }
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const Effects::Span span{change.m_reached.mid(1), kBatch, change.m_journal};
    const auto restored = m_effects.restore(effectPlace(), change.m_undoes.id, span);
    if (!restored)
        return restored.error();
    const QString reached = kEffects + restored->reached;
    const bool isLast = restored->targets.size() + restored->left.size() < kBatch;
    if (isLast) {
        if (const base::Status marked = markUndone(change); !marked)
            return marked;
    }
    if (const base::Status noted = noteProgress(change, change.m_done, reached); !noted)
        return noted;
    if (const base::Status done = transaction->commit(); !done)
        return done;
    change.m_reached = reached;
    change.m_isOver = isLast;
    return {};
}

base::Status JobWriter::markUndone(const BulkChange& change)
{
    const auto marked =
        m_connection.run(m_sql.companion->undone.text(),
                         {{u"journal"_s, change.m_undoes.id.value}, {u"at"_s, now()}});
    if (!marked)
        return marked.error();
    const auto dropped = m_connection.run(m_sql.companion->bulkDropParts.text(),
                                          {{u"journal"_s, change.m_undoes.id.value}});
    return dropped ? base::Status() : base::Status(dropped.error());
}

} // namespace queuedeck::store
