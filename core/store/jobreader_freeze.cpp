// SPDX-License-Identifier: GPL-3.0-or-later
// What a change is about: the jobs that match now, and the preview of a clean-up.
#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/jobreader.h"
#include "core/store/jobrow.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::FrozenJobs;

namespace {
constexpr int kFirstWindow = 20'000; // rows looked at by the first step
constexpr int kMostRows = 160'000;   // and by a later one
constexpr int kQuickMs = 250;        // a step this quick is followed by one twice as wide
constexpr qsizetype kNamesAtOnce = 500;

domain::JobIds idsFromJson(const QByteArray& json)
{
    const QJsonArray texts = QJsonDocument::fromJson(json).array();
    domain::JobIds ids;
    ids.reserve(texts.size());
    for (const QJsonValue& text : texts)
        ids.push_back({text.toString()});
    return ids;
}

FrozenJobs::State stateOf(const QString& status, const std::optional<int>& attempts)
{
    return {true, domain::statusFromText(status), attempts};
}
} // namespace

base::Result<FrozenJobs> JobReader::freeze(const JobQuery& query, const std::stop_token& stop)
{
    FrozenJobs frozen;
    domain::PageRequest step;
    int window = kFirstWindow;
    do {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, base::Sentence::tr("Stopped."));
        QElapsedTimer clock;
        clock.start();
        step.since.clear();
        const JobQuery::Statement edge = query.boundary(step, window);
        const auto boundary = m_connection.run(edge.sql, edge.params);
        if (!boundary)
            return boundary.error();
        step.since = boundary->isEmpty() ? QString() : (*boundary)[0].text(0);
        const JobQuery::Statement statement = query.frozen(step);
        const auto rows = m_connection.run(statement.sql, statement.params);
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i) {
            const db::Rows::Row row = (*rows)[i];
            frozen.add(stateOf(row.text(0), row.optionalInteger(1)), idsFromJson(row.bytes(3)));
        }
        step.before = step.since;
        if (clock.elapsed() < kQuickMs)
            window = std::min(2 * window, kMostRows);
    } while (!step.since.isEmpty());
    return frozen;
}

base::Result<FrozenJobs> JobReader::freeze(const domain::JobFilter& filter,
                                           const std::stop_token& stop)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    const auto composed = query(filter);
    if (!composed)
        return composed.error();
    auto frozen = freeze(*composed, stop);
    if (!frozen)
        return frozen;
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return frozen;
}

base::Result<FrozenJobs> JobReader::freeze(const domain::JobIds& ids)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    FrozenJobs frozen;
    for (qsizetype from = 0; from < ids.size(); from += kNamesAtOnce) {
        const domain::JobIds batch = ids.mid(from, kNamesAtOnce);
        const auto states = statesOf(batch);
        if (!states)
            return states.error();
        std::vector<std::pair<FrozenJobs::State, domain::JobIds>> groups;
        for (const domain::JobId& id : batch) {
            const auto found = states->constFind(id);
            FrozenJobs::State state{.isThere = false};
            if (found != states->constEnd())
                state = {true, found->status, found->attempts};
            const auto group = std::find_if(groups.begin(), groups.end(),
                                            [&](const auto& one) { return one.first == state; });
            if (group == groups.end())
                groups.emplace_back(state, domain::JobIds{id});
            else
                group->second += id;
        }
        for (const auto& [state, members] : groups)
            frozen.add(state, members);
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return frozen;
}

base::Result<QHash<domain::JobId, domain::Job>> JobReader::statesOf(const domain::JobIds& ids)
{
    domain::JobIds known = ids;
    known.removeIf([this](const domain::JobId& id) { return !m_shape.canBeId(id.value); });
    const bool isSqlite = m_shape.dialect == db::Dialect::Sqlite;
    const auto rows = m_connection.run(m_sql.reading.jobStates.text(),
                                       {{u"ids"_s, isSqlite ? idArray(known) : idList(known)}});
    if (!rows)
        return rows.error();
    QHash<domain::JobId, domain::Job> states;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        domain::Job job;
        job.id.value = row.text(0);
        job.rawStatus = row.text(1);
        job.status = domain::statusFromText(job.rawStatus);
        job.attempts = row.optionalInteger(2);
        states.insert(job.id, job);
    }
    return states;
}

base::Result<domain::CleanUpPreview> JobReader::previewCleanUp(const domain::CleanUp& request,
                                                               const std::stop_token& stop)
{
    QStringList statuses;
    for (const domain::JobStatus status : request.statuses)
        statuses += domain::statusText(status);
    const db::Params params{{u"before"_s, db::timeText(request.before)},
                            {u"statuses"_s, m_shape.dialect == db::Dialect::Sqlite
                                                ? db::jsonArray(statuses)
                                                : db::arrayLiteral(statuses)},
                            {u"type"_s, request.type.isNull() ? u""_s : request.type}};

    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    if (const base::Status clear = checkTimes(params); !clear)
        return clear.error();
    domain::CleanUpPreview preview;
    preview.countedAt = m_clock.now();
    preview.lost = m_shape.lostByDelete;
    const auto lines = m_connection.run(m_sql.reading.cleanUpLines.text(), params);
    if (!lines)
        return lines.error();
    for (size_t i = 0; i < lines->size(); ++i) {
        const db::Rows::Row row = (*lines)[i];
        preview.lines.push_back(
            {domain::statusFromText(row.text(0)), row.text(1), row.integer(2), row.integer(3)});
    }
    const domain::JobFilter filter = request.filter();
    const auto composed = query(filter);
    if (!composed)
        return composed.error();
    const auto frozen = freeze(*composed, stop);
    if (!frozen)
        return frozen.error();
    preview.frozen = *frozen;
    preview.frozen.rememberEach();
    const auto unknown = m_connection.run(m_sql.reading.cleanUpUnknown.text(), params);
    if (!unknown)
        return unknown.error();
    preview.unknownKept = (*unknown)[0].integer(0);
    if (const base::Status done = addSamples(filter, preview); !done)
        return done.error();
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return preview;
}

// The oldest, the newest, and one that was created near the middle between them.
base::Status JobReader::addSamples(const domain::JobFilter& filter, domain::CleanUpPreview& preview)
{
    const auto composed = query(filter);
    if (!composed)
        return composed.error();
    domain::PageRequest down;
    down.limit = 1;
    domain::PageRequest up = down;
    up.upwards = true;
    const auto newest = page(*composed, down);
    const auto oldest = newest ? page(*composed, up) : newest;
    if (!oldest)
        return oldest.error();
    if (oldest->jobs.isEmpty())
        return {};
    const domain::Job first = oldest->jobs.first();
    const domain::Job last = newest->jobs.first();
    QVector<domain::Job> between;
    const QDateTime middle = first.createdAt.addMSecs(first.createdAt.msecsTo(last.createdAt) / 2);
    if (middle.isValid()) {
        down.createdBy = middle;
        up.since = db::timeText(middle);
        const auto before = page(*composed, down);
        const auto after = before ? page(*composed, up) : before;
        if (!after)
            return after.error();
        between = before->jobs + after->jobs;
        between.removeIf(
            [&](const domain::Job& job) { return job.id == first.id || job.id == last.id; });
    }
    preview.samples = {first};
    preview.samples += between.mid(0, 1);
    if (last.id != first.id)
        preview.samples += last;
    return {};
}

// When jobs are deleted by age, we must not guess which of several programs' times are older.
base::Status JobReader::checkTimes(const db::Params& params)
{
    if (!m_sql.files || m_shape.timesAreOurs)
        return {};
    const auto forms = m_connection.run(m_sql.files->timeForms.text(), params);
    if (!forms)
        return forms.error();
    QStringList found;
    bool areUnclear = forms->size() > 1;
    for (size_t i = 0; i < forms->size(); ++i) {
        const QString form = (*forms)[i].text(0);
        areUnclear = areUnclear || form == "unreadable"_L1;
        found += u"%1 (%2 jobs)"_s.arg(form).arg((*forms)[i].integer(1));
    }
    if (!areUnclear)
        return {};
    return base::fail(
        base::ErrorKind::Unsupported,
        base::Sentence::tr(
            "The times in createdAt are written in several forms: %1. Nothing is cleaned "
            "up by age here. Delete the jobs by a filter that you have checked, or bring "
            "the times into one form.")
            .arg(found.join(u", "_s)));
}

} // namespace queuedeck::store
