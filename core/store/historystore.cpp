// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/historystore.h"

#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/historyrow.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::HistoryFigures;
using domain::HistoryStep;

namespace {
constexpr qint64 kMinute = 60'000;
// A minute's jobs are counted this long after it is over, so that a transaction that was adding
// some has ended.
constexpr qint64 kSettled = 5'000;
// Minutes that nobody watched are counted later, but no more than these.
constexpr qint64 kMostCounted = 60 * kMinute;
} // namespace

HistoryStore::HistoryStore(db::Connection& connection, const TableShape& shape,
                           const base::Clock& clock)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Result<db::Rows> HistoryStore::run(const Sql& sql, const db::Params& params)
{
    return m_connection.run(sql.text(), params);
}

base::Status HistoryStore::note(const domain::HistoryBatch& batch)
{
    if (!m_sql.history || batch.parts.empty())
        return {};
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const auto isNew =
        run(m_sql.history->historyNumber,
            {{u"engine"_s, batch.engine}, {u"number"_s, batch.number}, {u"now"_s, now()}});
    if (!isNew)
        return isNew.error();
    if (isNew->isEmpty())
        return {};
    for (const domain::HistoryPart& part : batch.parts) {
        db::Params params = historyParams(part.type, part.figures);
        params[u"minute"_s] = part.minute;
        if (const auto noted = run(m_sql.history->historyPart, params); !noted)
            return noted.error();
    }
    return transaction->commit();
}

// What is read is read first: on SQLite, a count of millions must not hold up whoever writes.
base::Status HistoryStore::rollUp()
{
    if (!m_sql.history)
        return {};
    auto seen = look();
    if (!seen)
        return seen.error();
    auto created = countCreated();
    if (!created)
        return created.error();
    seen->created = std::move(*created);
    return write(*seen);
}

base::Status HistoryStore::rollUpIfDue()
{
    if (!m_sql.history)
        return {};
    const auto latest = run(m_sql.history->historyLatest);
    if (!latest)
        return latest.error();
    const bool isDue = latest->isEmpty() || now() - (*latest)[0].integer(0) > 2 * kMinute;
    return isDue ? rollUp() : base::Status();
}

base::Status HistoryStore::rollUp(const domain::QueueSeen& seen)
{
    if (!m_sql.history)
        return {};
    auto all = withThoseBefore(seen.created);
    if (!all)
        return all.error();
    domain::QueueSeen summed = seen;
    summed.created = std::move(*all);
    return write(summed);
}

base::Status HistoryStore::write(const domain::QueueSeen& seen)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const auto locked = run(m_sql.history->historyLock);
    if (!locked)
        return locked.error();
    if (!(*locked)[0].boolean(0))
        return {};
    if (const base::Status done = addParts(); !done)
        return done;
    if (const base::Status done = see(seen); !done)
        return done;
    if (const base::Status done = putCreated(seen.created); !done)
        return done;
    if (const base::Status done = expire(); !done)
        return done;
    return transaction->commit();
}

base::Status HistoryStore::addParts()
{
    const auto taken = run(m_sql.history->historyTake);
    if (!taken)
        return taken.error();
    std::map<std::pair<HistoryStep, qint64>, QMap<QString, HistoryFigures>> sums;
    for (const HistoryRow& part : historyRows(*taken)) {
        for (const HistoryStep step :
             {HistoryStep::Minute, HistoryStep::Hour, HistoryStep::Day, HistoryStep::Total})
            sums[{step, domain::beginOf(step, part.at)}][part.type].add(part.figures);
    }
    for (const auto& [place, figures] : sums) {
        if (const base::Status done = addTo(place.first, place.second, figures); !done)
            return done;
    }
    return {};
}

base::Status HistoryStore::addTo(HistoryStep step, qint64 at,
                                 const QMap<QString, HistoryFigures>& figures)
{
    const auto there = run(m_sql.history->historyAt, {{u"step"_s, int(step)}, {u"at"_s, at}});
    if (!there)
        return there.error();
    QMap<QString, HistoryFigures> rows;
    for (HistoryRow& row : historyRows(*there))
        rows[row.type] = std::move(row.figures);
    QStringList changed;
    for (auto type = figures.cbegin(); type != figures.cend(); ++type) {
        const QString row = domain::historyRow(type.key(), rows);
        rows[row].add(type.value());
        changed += row;
    }
    changed.removeDuplicates();
    for (const QString& type : std::as_const(changed)) {
        db::Params params = historyParams(type, rows[type]);
        params[u"step"_s] = int(step);
        params[u"at"_s] = at;
        if (const auto put = run(m_sql.history->historyPut, params); !put)
            return put.error();
    }
    return {};
}

base::Result<domain::QueueSeen> HistoryStore::look()
{
    const auto oldest = run(m_sql.reading.oldestPending, {{u"max"_s, domain::kMaxAttempts}});
    if (!oldest)
        return oldest.error();
    const auto running = run(m_sql.history->historyRunning);
    if (!running)
        return running.error();
    domain::QueueSeen seen;
    seen.running = (*running)[0].integer(0);
    if (!oldest->isEmpty()) {
        const QDateTime created = (*oldest)[0].time(0);
        if (created.isValid())
            seen.oldestPending = std::chrono::milliseconds(now() - created.toMSecsSinceEpoch());
    }
    return seen;
}

// The highest value of a minute, an hour and a day stays.
base::Status HistoryStore::see(const domain::QueueSeen& seen)
{
    const qint64 moment = now();
    for (const HistoryStep step : {HistoryStep::Minute, HistoryStep::Hour, HistoryStep::Day}) {
        const auto noted =
            run(m_sql.history->historySee,
                {{u"step"_s, int(step)},
                 {u"at"_s, domain::beginOf(step, moment)},
                 {u"oldest"_s, std::max<qint64>(0, qint64(seen.oldestPending.count()))},
                 {u"running"_s, seen.running}});
        if (!noted)
            return noted.error();
    }
    return {};
}

base::Result<std::map<qint64, qint64>> HistoryStore::countCreated()
{
    std::map<qint64, qint64> jobs;
    if (!m_shape.hasTimeIndex) // every count would read the whole table
        return jobs;
    const qint64 moment = now();
    const qint64 end = domain::beginOf(HistoryStep::Minute, moment - kSettled);
    const auto counted = run(m_sql.history->historyCounted, {{u"now"_s, moment}});
    if (!counted)
        return counted.error();
    qint64 begin = end - kMostCounted;
    if (!counted->isEmpty() && !(*counted)[0].isNull(0))
        begin = std::max(begin, (*counted)[0].integer(0) + kMinute);
    if (begin >= end)
        return jobs;
    const auto text = [](qint64 ms) {
        return db::timeText(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC));
    };
    // One by one: a range of the index is counted, and no row is looked at.
    for (qint64 minute = begin; minute < end; minute += kMinute) {
        const auto created = run(m_sql.history->historyCreated,
                                 {{u"before"_s, text(minute)}, {u"to"_s, text(minute + kMinute)}});
        if (!created)
            return created.error();
        jobs[minute] = (*created)[0].integer(0);
    }
    return jobs;
}

base::Result<std::map<qint64, qint64>>
HistoryStore::withThoseBefore(std::map<qint64, qint64> created)
{
    for (auto& [minute, jobs] : created) {
        const auto there = run(
            m_sql.history->historySeen,
            {{u"step"_s, int(HistoryStep::Minute)}, {u"from"_s, minute}, {u"end"_s, minute + 1}});
        if (!there)
            return there.error();
        if (!there->isEmpty())
            jobs += (*there)[0].integer(3);
    }
    return created;
}

// A minute that is counted twice is counted the same; hours and days are the sums of what they
// hold.
base::Status HistoryStore::putCreated(const std::map<qint64, qint64>& created)
{
    if (created.empty())
        return {};
    for (const auto& [minute, jobs] : created) {
        const auto put =
            run(m_sql.history->historyPutCreated, {{u"at"_s, minute}, {u"created"_s, jobs}});
        if (!put)
            return put.error();
    }
    const qint64 begin = created.begin()->first;
    const qint64 end = created.rbegin()->first + kMinute;
    for (const auto& [step, below] : {std::pair{HistoryStep::Hour, HistoryStep::Minute},
                                      std::pair{HistoryStep::Day, HistoryStep::Hour}}) {
        const qint64 length = std::chrono::milliseconds(domain::lengthOf(step)).count();
        for (qint64 at = domain::beginOf(step, begin); at < end; at += length) {
            const auto summed = run(m_sql.history->historySumCreated, {{u"step"_s, int(step)},
                                                                       {u"at"_s, at},
                                                                       {u"end"_s, at + length},
                                                                       {u"below"_s, int(below)}});
            if (!summed)
                return summed.error();
        }
    }
    return {};
}

base::Status HistoryStore::expire()
{
    for (const HistoryStep step : {HistoryStep::Minute, HistoryStep::Hour, HistoryStep::Day}) {
        const qint64 before = now() - std::chrono::milliseconds(*domain::kept(step)).count();
        for (const Sql* sql : {&m_sql.history->historyExpire, &m_sql.history->historySeenExpire}) {
            const auto gone = run(*sql, {{u"step"_s, int(step)}, {u"before"_s, before}});
            if (!gone)
                return gone.error();
        }
    }
    const qint64 silent =
        now() - std::chrono::milliseconds(*domain::kept(HistoryStep::Minute)).count();
    const auto gone = run(m_sql.history->historyEnginesExpire, {{u"before"_s, silent}});
    return gone ? base::Status() : base::Status(gone.error());
}

} // namespace queuedeck::store
