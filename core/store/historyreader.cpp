// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/historyreader.h"

#include "core/db/transaction.h"
#include "core/store/historyrow.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::HistoryFigures;
using domain::HistorySpan;
using domain::HistoryStep;

namespace {
constexpr qint64 kMinute = 60'000;
constexpr int kRateMinutes = 15; // over which it is said how many come and finish

qint64 lengthMs(HistoryStep step)
{
    return std::chrono::milliseconds(domain::lengthOf(step)).count();
}
} // namespace

HistoryReader::HistoryReader(db::Connection& connection, const TableShape& shape,
                             const base::Clock& clock)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Status HistoryReader::mayRead() const
{
    if (m_sql.history)
        return {};
    return base::fail(
        base::ErrorKind::Unsupported,
        base::Sentence::tr("There is no history: as a guest, Queuedeck records nothing in this "
                           "database. `queuedeckctl --db … init` adds its tables."));
}

base::Result<db::Rows> HistoryReader::run(const Sql& sql, const db::Params& params)
{
    return m_connection.run(sql.text(), params);
}

base::Result<domain::History> HistoryReader::read(domain::HistoryPeriod period, const QString& type)
{
    if (const base::Status may = mayRead(); !may)
        return may.error();
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    domain::History history;
    history.period = period;
    history.readAt = m_clock.now();
    const HistorySpan span = domain::spanOf(period, history.readAt);
    history.step = span.step;
    for (int i = 0; i < span.steps; ++i) {
        domain::HistoryBucket bucket;
        bucket.from = QDateTime::fromMSecsSinceEpoch(span.from + i * lengthMs(span.step), Qt::UTC);
        history.buckets += bucket;
    }
    history.buckets.last().isOpen = true;
    const auto begun = run(m_sql.history->historyBegun);
    if (!begun)
        return begun.error();
    if (!begun->isEmpty() && !(*begun)[0].isNull(0))
        history.begunAt = QDateTime::fromMSecsSinceEpoch((*begun)[0].integer(0), Qt::UTC);
    if (const base::Status done = addFigures(history, span, type); !done)
        return done.error();
    if (const base::Status done = addSeen(history, span, type); !done)
        return done.error();
    if (const base::Status done = addLastHour(history); !done)
        return done.error();
    if (const base::Status done = addRates(history, type); !done)
        return done.error();
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return history;
}

base::Status HistoryReader::addFigures(domain::History& history, const HistorySpan& span,
                                       const QString& type)
{
    const auto rolled =
        run(m_sql.history->historyRows,
            {{u"step"_s, int(span.step)}, {u"from"_s, span.from}, {u"end"_s, span.to()}});
    if (!rolled)
        return rolled.error();
    const auto parts = run(m_sql.history->historyParts);
    if (!parts)
        return parts.error();
    for (const db::Rows* rows : {&*rolled, &*parts}) {
        for (const HistoryRow& row : historyRows(*rows)) {
            if (row.at < span.from || row.at >= span.to())
                continue;
            history.byType[row.type].add(row.figures);
            if (!type.isEmpty() && row.type != type)
                continue;
            history.all.add(row.figures);
            history.buckets[qsizetype((row.at - span.from) / lengthMs(span.step))].figures.add(
                row.figures);
        }
    }
    return {};
}

base::Status HistoryReader::addSeen(domain::History& history, const HistorySpan& span,
                                    const QString& type)
{
    const auto seen =
        run(m_sql.history->historySeen,
            {{u"step"_s, int(span.step)}, {u"from"_s, span.from}, {u"end"_s, span.to()}});
    if (!seen)
        return seen.error();
    for (size_t i = 0; i < seen->size(); ++i) {
        const db::Rows::Row row = (*seen)[i];
        domain::HistoryBucket& bucket =
            history.buckets[qsizetype((row.integer(0) - span.from) / lengthMs(span.step))];
        if (!row.isNull(1))
            bucket.oldestPending = std::chrono::seconds(row.integer(1) / 1000);
        if (!row.isNull(2))
            bucket.running = int(row.integer(2));
        if (!row.isNull(3) && type.isEmpty())
            bucket.enqueued = row.integer(3);
    }
    return {};
}

base::Status HistoryReader::addLastHour(domain::History& history)
{
    const HistorySpan span = domain::spanOf(domain::HistoryPeriod::Hour, history.readAt);
    if (!history.begunAt.isValid() || history.begunAt.toMSecsSinceEpoch() > span.from)
        return {};
    const auto rolled =
        run(m_sql.history->historyRows,
            {{u"step"_s, int(span.step)}, {u"from"_s, span.from}, {u"end"_s, span.to()}});
    if (!rolled)
        return rolled.error();
    const auto parts = run(m_sql.history->historyParts);
    if (!parts)
        return parts.error();
    HistoryFigures figures;
    for (const db::Rows* rows : {&*rolled, &*parts}) {
        for (const HistoryRow& row : historyRows(*rows)) {
            if (row.at >= span.from && row.at < span.to())
                figures.add(row.figures);
        }
    }
    history.lastHour = std::move(figures);
    return {};
}

// Over the latest minutes whose created jobs have been counted, at least one.
base::Status HistoryReader::addRates(domain::History& history, const QString& type)
{
    const qint64 end = domain::beginOf(HistoryStep::Minute, history.readAt.toMSecsSinceEpoch());
    const db::Params span{{u"step"_s, int(HistoryStep::Minute)},
                          {u"from"_s, end - kRateMinutes * kMinute},
                          {u"end"_s, end}};
    const auto seen = run(m_sql.history->historySeen, span);
    if (!seen)
        return seen.error();
    std::map<qint64, qint64> came;
    for (size_t i = 0; i < seen->size(); ++i) {
        if (!(*seen)[i].isNull(3))
            came[(*seen)[i].integer(0)] = (*seen)[i].integer(3);
    }
    if (came.empty() || !type.isEmpty())
        return {};
    const auto rolled = run(m_sql.history->historyRows, span);
    if (!rolled)
        return rolled.error();
    const auto parts = run(m_sql.history->historyParts);
    if (!parts)
        return parts.error();
    qint64 finished = 0;
    for (const db::Rows* rows : {&*rolled, &*parts}) {
        for (const HistoryRow& row : historyRows(*rows)) {
            if (came.contains(row.at))
                finished += row.figures.finished();
        }
    }
    qint64 sum = 0;
    for (const auto& [minute, jobs] : came)
        sum += jobs;
    history.comePerMinute = double(sum) / double(came.size());
    history.finishPerMinute = double(finished) / double(came.size());
    return {};
}

base::Result<QMap<QString, HistoryFigures>> HistoryReader::totals()
{
    if (const base::Status may = mayRead(); !may)
        return may.error();
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    QMap<QString, HistoryFigures> totals;
    const auto rolled =
        run(m_sql.history->historyAt, {{u"step"_s, int(HistoryStep::Total)}, {u"at"_s, qint64(0)}});
    if (!rolled)
        return rolled.error();
    const auto parts = run(m_sql.history->historyParts);
    if (!parts)
        return parts.error();
    for (HistoryRow& row : historyRows(*rolled))
        totals[row.type] = std::move(row.figures);
    for (const HistoryRow& row : historyRows(*parts)) // as the roll-up will add them
        totals[domain::historyRow(row.type, totals)].add(row.figures);
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return totals;
}

} // namespace queuedeck::store
