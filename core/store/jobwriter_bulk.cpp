// SPDX-License-Identifier: GPL-3.0-or-later
// Changes batch by batch, and what the journal keeps of a large one so that it can be resumed.
#include "core/db/transaction.h"
#include "core/store/jobwriter.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using domain::FrozenJobs;
using domain::JobAction;

namespace {
std::optional<JobAction> actionNamed(const QString& name)
{
    for (const JobAction action :
         {JobAction::Retry, JobAction::RetryKeepingTries, JobAction::Cancel, JobAction::Delete,
          JobAction::RunNext, JobAction::Repair}) {
        if (domain::actionName(action) == name)
            return action;
    }
    return name == "cleanup"_L1 ? std::optional(JobAction::Delete) : std::nullopt;
}

QString skippedJson(const domain::Outcome& outcome)
{
    QMap<QString, qint64> counts;
    for (const domain::Skipped& row : outcome.skipped)
        ++counts[row.why.text()];
    QJsonObject json;
    for (auto reason = counts.cbegin(); reason != counts.cend(); ++reason)
        json[reason.key()] = reason.value();
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}
} // namespace

base::Result<BulkChange> JobWriter::begin(JobAction action, const FrozenJobs& jobs,
                                          const ChangeNote& note)
{
    if (const base::Status may = mayChange(action); !may)
        return may.error();
    BulkChange change;
    change.m_action = action;
    change.m_note = note;
    change.m_journal.value = domain::newUuid(now());
    change.m_outcome.matched = jobs.count();
    if (action == JobAction::Delete)
        change.m_outcome.lost = m_shape.lostByDelete;
    for (const FrozenJobs::Part& part : jobs.parts()) {
        const auto why = part.refusal(action);
        if (!why) {
            change.m_jobs.add(part);
            continue;
        }
        const domain::JobIds ids = part.ids();
        for (const domain::JobId& id : ids)
            change.m_outcome.skipped.push_back({id.value, *why});
        change.m_done += part.count();
    }
    change.m_isOver = change.m_jobs.isEmpty();
    if (m_sql.companion && !change.m_isOver && (note.isSlow || change.m_jobs.count() > kBatch)) {
        if (const base::Status recorded = record(change); !recorded)
            return recorded.error();
    }
    return change;
}

void JobWriter::advance(BulkChange& change, int most)
{
    if (change.m_isOver)
        return;
    base::Status done;
    if (change.m_action) {
        const domain::JobIds batch = nextBatch(change, most);
        done = actOnBatch(change, batch);
        change.m_isOver = change.m_done >= change.total();
    } else {
        done = undoBatch(change);
    }
    if (!done) {
        change.m_outcome.failure = done.error();
        change.m_isOver = true;
    }
}

base::Status JobWriter::keep(const BulkChange& change)
{
    return noteProgress(change, change.m_done, change.m_reached);
}

base::Result<domain::Outcome> JobWriter::end(BulkChange& change)
{
    domain::Outcome& outcome = change.m_outcome;
    outcome.cancelled = !change.m_isOver;
    const bool isDone = change.m_isOver && !outcome.failure;
    change.m_isOver = true;
    // After an error there may be no connection; the entry is found to be left later, then.
    if (const base::Status closed = close(change, isDone); !closed && !outcome.failure)
        outcome.failure = closed.error();
    if (outcome.failure && outcome.changed == 0)
        return *outcome.failure;
    if (outcome.changed > 0 && m_sql.companion && outcome.journal.isEmpty())
        outcome.journal = change.m_journal;
    return outcome;
}

base::Result<domain::Outcome> JobWriter::toEnd(BulkChange change)
{
    while (!change.isOver())
        advance(change);
    return end(change);
}

base::Result<domain::Outcome> JobWriter::change(JobAction action, const FrozenJobs& jobs,
                                                const ChangeNote& note)
{
    auto change = begin(action, jobs, note);
    return change ? toEnd(std::move(*change)) : base::Result<domain::Outcome>(change.error());
}

base::Result<domain::Outcome> JobWriter::undo(const domain::JournalId& entry)
{
    auto change = beginUndo(entry);
    return change ? toEnd(std::move(*change)) : base::Result<domain::Outcome>(change.error());
}

// What a program needs to go on where this one ended.
base::Status JobWriter::record(BulkChange& change)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    change.m_runner = domain::newUuid(now());
    db::Params params = journalParams(change.m_note, change.m_journal, now());
    params.insert({{u"total"_s, change.total()},
                   {u"done"_s, change.m_done},
                   {u"runner"_s, change.m_runner},
                   {u"skipped"_s, skippedJson(change.m_outcome)}});
    if (!change.m_action)
        params[u"undoes"_s] = change.m_undoes.id.value;
    const CompanionSql& sql = *m_sql.companion;
    if (const auto opened = m_connection.run(sql.bulkOpen.text(), params); !opened)
        return opened.error();
    int number = 0;
    for (const FrozenJobs::Part& part : change.m_jobs.parts()) {
        const auto added =
            m_connection.run(sql.bulkAddPart.text(), {{u"journal"_s, change.m_journal.value},
                                                      {u"part"_s, number++},
                                                      {u"jobs"_s, part.count()},
                                                      {u"ids"_s, part.bytes()}});
        if (!added)
            return added.error();
    }
    return transaction->commit();
}

base::Status JobWriter::noteProgress(const BulkChange& change, qint64 done, const QString& reached)
{
    if (change.m_runner.isEmpty())
        return {};
    const auto noted = m_connection.run(m_sql.companion->bulkProgress.text(),
                                        {{u"journal"_s, change.m_journal.value},
                                         {u"runner"_s, change.m_runner},
                                         {u"done"_s, change.m_doneBefore + done},
                                         {u"reached"_s, reached.isNull() ? u""_s : reached},
                                         {u"at"_s, now()}});
    if (!noted)
        return noted.error();
    if (noted->changed() == 1)
        return {};
    return base::fail(ErrorKind::Conflict,
                      Sentence::tr("Another program has carried on this change. See the journal."));
}

base::Status JobWriter::close(const BulkChange& change, bool isDone)
{
    if (!m_sql.companion || (change.m_runner.isEmpty() && change.m_outcome.skipped.isEmpty()))
        return {};
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const CompanionSql& sql = *m_sql.companion;
    const db::Params params{
        {u"journal"_s, change.m_journal.value},
        {u"runner"_s, change.m_runner.isEmpty() ? QVariant() : QVariant(change.m_runner)},
        {u"state"_s, isDone || change.m_runner.isEmpty() ? QVariant() : u"stopped"_s},
        {u"skipped"_s, skippedJson(change.m_outcome)}};
    const auto closed = m_connection.run(sql.bulkEnd.text(), params);
    if (!closed)
        return closed.error();
    if (isDone) {
        if (const auto dropped = m_connection.run(sql.bulkDropParts.text(), params); !dropped)
            return dropped.error();
        if (const auto emptied = m_connection.run(sql.journalClose.text(), params); !emptied)
            return emptied.error();
    }
    return transaction->commit();
}

base::Result<FrozenJobs> JobWriter::recordedJobs(const domain::JournalId& entry)
{
    const auto rows =
        m_connection.run(m_sql.companion->bulkParts.text(), {{u"journal"_s, entry.value}});
    if (!rows)
        return rows.error();
    FrozenJobs jobs;
    for (size_t i = 0; i < rows->size(); ++i)
        jobs.add({std::nullopt, (*rows)[i].integer(0), (*rows)[i].bytes(1)});
    return jobs;
}

base::Result<BulkChange> JobWriter::resume(const domain::JournalId& wanted)
{
    if (const base::Status may = mayUndo(); !may)
        return may.error();
    const auto found = entry(wanted);
    if (!found)
        return found.error();
    if (found->state == domain::JournalEntry::State::Ended)
        return base::fail(ErrorKind::Conflict,
                          Sentence::tr("That change is over; nothing is left of it to resume."));
    BulkChange change;
    change.m_note = {found->action, found->scope, domain::Actor::current()};
    change.m_journal = wanted;
    change.m_runner = domain::newUuid(now());
    const auto taken =
        m_connection.run(m_sql.companion->bulkTake.text(),
                         {{u"journal"_s, wanted.value},
                          {u"runner"_s, change.m_runner},
                          {u"at"_s, now()},
                          {u"leftMs"_s, qint64(std::chrono::milliseconds(kLeftAfter).count())}});
    if (!taken)
        return taken.error();
    if (taken->isEmpty())
        return base::fail(ErrorKind::Conflict,
                          Sentence::tr("A program carries out that change now. It can be resumed a "
                                       "minute after that program was last heard of."));
    const db::Rows::Row row = (*taken)[0];
    change.m_doneBefore = row.integer(0);
    change.m_reached = row.text(1);
    change.m_changedBefore = row.integer(2);
    change.m_outcome.matched = std::max<qint64>(0, found->total - change.m_doneBefore);
    if (!found->undoes.isEmpty()) {
        const auto undone = entry(found->undoes);
        if (!undone)
            return undone.error();
        change.m_undoes = *undone;
        return change;
    }
    change.m_action = actionNamed(found->action);
    const auto jobs = recordedJobs(wanted);
    if (!jobs)
        return jobs.error();
    if (!change.m_action || jobs->isEmpty())
        return base::fail(ErrorKind::Internal,
                          Sentence::tr("The journal does not hold what is left of that change."));
    if (const base::Status may = mayChange(*change.m_action); !may)
        return may.error();
    change.m_jobs = *jobs;
    // Parts that were refused when it began are done, and not among the recorded ones.
    qint64 walked = change.m_doneBefore - (found->total - jobs->count());
    while (walked > 0) {
        const domain::JobIds batch = nextBatch(change);
        if (batch.isEmpty())
            break;
        const qint64 left = std::min<qint64>(0, walked - batch.size());
        change.m_place += left; // a batch that was ended in the middle
        walked -= batch.size();
    }
    change.m_isOver = change.m_outcome.matched == 0;
    return change;
}

} // namespace queuedeck::store
