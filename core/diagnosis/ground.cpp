// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/ground.h"

#include "core/domain/jobrules.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using State = domain::CheckOutcome::State;

Verdict good(const Sentence& note)
{
    return {State::Good, note};
}

Verdict advice(const Sentence& note)
{
    return {State::Advice, note};
}

Verdict notAllowed(const Sentence& note)
{
    return {State::NotAllowed, note};
}

Verdict found(const domain::Finding& finding, const Sentence& note)
{
    return {State::Found, note, {finding}};
}

Ground::Ground(store::JobStore& store, const Surroundings& around, const Limits& limits)
    : m_store(store)
    , m_around(around)
    , m_limits(limits)
    , m_sql(store::sqlText(store.shape().dialect, store.shape().isGuest()))
{
}

QString Ground::quotedTable() const
{
    const auto quoted = [](QString name) { return u'"' + name.replace(u'"', u"\"\""_s) + u'"'; };
    const bool isElsewhere = isPostgres() && shape().schema != "public"_L1;
    return (isElsewhere ? quoted(shape().schema) + u'.' : QString()) + quoted(table());
}

base::Result<db::Rows> Ground::ask(const store::Sql& sql, const db::Params& params)
{
    return m_store.connection().run(sql.text(), params);
}

QString Ground::filled(const store::Sql& sql)
{
    return db::filled(sql.text(), m_store.connection().words()) + u';';
}

base::Result<domain::MatchCount> Ground::count(const QString& filter)
{
    const auto parsed = domain::JobFilter::parse(filter);
    Q_ASSERT(parsed);
    return m_store.jobs.count(*parsed, kMost);
}

base::Result<Waiting> Ground::waiting()
{
    if (m_waiting)
        return *m_waiting;
    const auto read = [this]() -> base::Result<Waiting> {
        const auto rows = ask(sql().waitingTypes,
                              {{u"max"_s, domain::kMaxAttempts}, {u"limit"_s, Waiting::kMost}});
        if (!rows)
            return rows.error();
        Waiting waiting;
        for (size_t i = 0; i < rows->size(); ++i) {
            const db::Rows::Row row = (*rows)[i];
            const Waiting::Type type{row.integer(1), row.time(2)};
            waiting.types.insert(row.text(0), type);
            waiting.jobs += type.jobs;
            if (type.oldest.isValid() &&
                (!waiting.oldest.isValid() || type.oldest < waiting.oldest))
                waiting.oldest = type.oldest;
        }
        waiting.isExact = waiting.jobs < Waiting::kMost;
        return waiting;
    };
    return *(m_waiting = read());
}

base::Result<QVector<FinishedJob>> Ground::finished()
{
    if (m_finished)
        return *m_finished;
    const auto read = [this]() -> base::Result<QVector<FinishedJob>> {
        const auto rows = ask(sql().finishedLately, {{u"limit"_s, kFinished}});
        if (!rows)
            return rows.error();
        QVector<FinishedJob> jobs;
        for (size_t i = 0; i < rows->size(); ++i) {
            const db::Rows::Row row = (*rows)[i];
            jobs.push_back(
                {row.text(0) == "failed"_L1, row.text(1), row.text(2), row.time(3), row.time(4)});
        }
        return jobs;
    };
    return *(m_finished = read());
}

base::Result<Ground::Oddities> Ground::oddities()
{
    if (m_oddities)
        return *m_oddities;
    const auto read = [this]() -> base::Result<Oddities> {
        const auto rows = ask(m_sql.reading.completedOddities,
                              {{u"max"_s, domain::kMaxAttempts}, {u"limit"_s, kNewest}});
        if (!rows)
            return rows.error();
        Oddities figures{};
        for (int i = 0; i < int(figures.size()); ++i)
            figures[size_t(i)] = (*rows)[0].integer(i);
        return figures;
    };
    return *(m_oddities = read());
}

base::Result<std::optional<QDateTime>> Ground::lastEnded()
{
    if (!m_sql.companion)
        return std::optional<QDateTime>();
    const auto rows = ask(m_sql.companion->lastEnded);
    if (!rows)
        return rows.error();
    if ((*rows)[0].isNull(0))
        return std::optional<QDateTime>();
    return std::optional(QDateTime::fromMSecsSinceEpoch((*rows)[0].integer(0), Qt::UTC));
}

Sentence amount(qint64 count, bool isExact)
{
    const Sentence number = Sentence::tr("%L1").arg(count);
    return isExact ? number : Sentence::tr("at least %1").arg(number);
}

Sentence atLeast(const Sentence& sentence, bool isExact)
{
    return isExact ? sentence : Sentence::tr("At least %1").arg(sentence);
}

Sentence span(std::chrono::seconds time)
{
    const qint64 seconds = qMax<qint64>(0, time.count());
    if (seconds < 120)
        return Sentence::tr("%1 s").arg(seconds);
    if (seconds < 2 * 3600)
        return Sentence::tr("%1 min").arg(seconds / 60);
    if (seconds < 2 * 86'400)
        return Sentence::tr("%1 h").arg(seconds / 3600);
    return Sentence::tr("%L1 days").arg(seconds / 86'400);
}

Sentence since(const QDateTime& from, const QDateTime& to)
{
    return span(std::chrono::seconds(from.secsTo(to)));
}

Sentence moment(const QDateTime& time, const QDateTime& now)
{
    const QDateTime utc = time.toUTC();
    return utc.toString(utc.date() == now.toUTC().date() ? u"HH:mm 'UTC'"_s
                                                         : u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

Sentence bytes(qint64 count)
{
    return QLocale(QLocale::English)
        .formattedDataSize(count, count < 10'000'000 ? 0 : 1, QLocale::DataSizeTraditionalFormat);
}

} // namespace queuedeck::diagnosis
