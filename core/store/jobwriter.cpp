// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobwriter.h"

#include "core/store/batchwalk.h"
#include "core/store/jobreader.h"
#include "core/store/jobrow.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using domain::JobAction;

namespace {
const Sql& textOf(const SqlText& sql, JobAction action)
{
    switch (action) {
    case JobAction::Retry:
    case JobAction::RetryKeepingTries: return sql.changing.retry;
    case JobAction::Cancel: return sql.changing.cancel;
    case JobAction::Delete: return sql.changing.remove;
    case JobAction::Repair: return sql.changing.repair;
    case JobAction::RunNext: break;
    }
    return sql.companion->runNext;
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

base::Status JobWriter::openEntry(const BulkChange& change)
{
    db::Params params = journalParams(change.m_note, change.m_journal, now());
    params[u"undoes"_s] = change.m_action ? QVariant() : change.m_undoes.id.value;
    const auto opened = m_connection.run(m_sql.companion->journalOpen.text(), params);
    return opened ? base::Status() : base::Status(opened.error());
}

base::Status JobWriter::announce()
{
    if (!m_sql.atOnce)
        return {};
    const auto told = m_connection.run(m_sql.atOnce->announce.text());
    return told ? base::Status() : base::Status(told.error());
}

domain::JobIds JobWriter::nextBatch(BulkChange& change, int most) const
{
    const auto& parts = change.m_jobs.parts();
    while (change.m_place == change.m_ids.size() && change.m_part < parts.size()) {
        change.m_place = 0;
        change.m_ids = parts[change.m_part++].ids();
    }
    const domain::JobIds batch = change.m_ids.mid(change.m_place, std::min(most, kBatch));
    change.m_place += batch.size();
    return batch;
}

base::Result<domain::JobIds> JobWriter::act(BulkChange& change, const domain::JobIds& ids,
                                            qint64 doneAfter, qint64& running)
{
    const JobAction action = *change.m_action;
    db::Params params = journalParams(change.m_note, change.m_journal, now());
    params.insert({{u"max"_s, domain::kMaxAttempts},
                   {u"keepTries"_s, int(action == JobAction::RetryKeepingTries)},
                   {u"error"_s, m_shape.errorText(u"Cancelled by "_s + change.m_note.actor.user)},
                   {u"following"_s, m_effects.following(m_shape.dialect)}});
    const auto& companion = m_sql.companion;
    const bool opensEntry = companion && change.m_runner.isEmpty();
    if (opensEntry) {
        if (const base::Status opened = openEntry(change); !opened)
            return opened.error();
    }
    const auto rows = runOnIds(textOf(m_sql, action), ids, params);
    if (!rows)
        return rows.error();
    const QVector<Move> moves = movesFromRows(*rows);
    const bool movesJobs = action != JobAction::Delete && action != JobAction::RunNext;
    if (movesJobs) {
        if (const base::Status done = m_effects.follow(effectPlace(), moves, change.m_journal);
            !done)
            return done.error();
    }
    if (opensEntry) {
        if (const auto closed = m_connection.run(companion->journalClose.text(), params); !closed)
            return closed.error();
    }
    if (const base::Status noted = noteProgress(change, doneAfter, {}); !noted)
        return noted.error();
    if (const base::Status told = announce(); !told)
        return told.error();
    domain::JobIds changed;
    running = 0;
    for (const Move& move : moves) {
        changed += move.id;
        running += action == JobAction::Cancel && move.oldStatus == "processing"_L1 ? 1 : 0;
    }
    return changed;
}

base::Status JobWriter::actOnBatch(BulkChange& change, const domain::JobIds& batch)
{
    domain::JobIds known;
    domain::JobIds skipped;
    for (const domain::JobId& id : batch)
        (m_shape.canBeId(id.value) ? known : skipped) += id;
    domain::Outcome& outcome = change.m_outcome;
    qint64 walked = change.m_done + skipped.size();
    const qsizetype skippedBefore = outcome.skipped.size();
    BatchWalk walk(m_connection);
    const base::Status done =
        known.isEmpty() ? base::Status()
                        : walk.run(
                              known,
                              [&](const domain::JobIds& ids) -> base::Result<domain::JobIds> {
                                  qint64 running = 0;
                                  const qint64 doneAfter = walked + known.indexOf(ids.last()) + 1;
                                  auto changed = act(change, ids, doneAfter, running);
                                  outcome.wereRunning += changed ? running : 0;
                                  return changed;
                              },
                              outcome);
    change.m_done += batch.size();
    change.m_batch = batch;
    skipped += walk.passedOver();
    base::Status explained = done ? explainSkipped(*change.m_action, skipped, outcome) : done;
    QSet<QString> left;
    for (qsizetype i = skippedBefore; i < outcome.skipped.size(); ++i)
        left += outcome.skipped[i].id;
    change.m_lastChanged.clear();
    for (const domain::JobId& id : batch) {
        if (!left.contains(id.value))
            change.m_lastChanged += id;
    }
    return explained;
}

base::Status JobWriter::explainSkipped(JobAction action, const domain::JobIds& skipped,
                                       domain::Outcome& outcome)
{
    if (skipped.isEmpty())
        return {};
    const auto states = JobReader(m_connection, m_shape, m_clock, m_effects).statesOf(skipped);
    if (!states)
        return states.error();
    const auto unseen = m_shape.hasRowSecurity ? domain::SkipReason::RowSecurity
                                               : domain::SkipReason::ChangedMeanwhile;
    for (const domain::JobId& id : skipped) {
        const auto found = states->constFind(id);
        outcome.skipped.push_back(
            {id.value, found == states->constEnd()
                           ? domain::SkipReason::Gone
                           : domain::refusal(action, *found).value_or(unseen)});
    }
    return {};
}

} // namespace queuedeck::store
