// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/historyshapes.h"

#include "app/ctl/jsonshapes.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::HistoryFigures;
using domain::LogHistogram;

namespace {
constexpr std::array<std::pair<const char*, double>, 3> kParts{
    {{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}}};

QJsonValue percentilesJson(const LogHistogram& times)
{
    if (times.isEmpty())
        return {};
    QJsonObject json;
    for (const auto& [name, part] : kParts)
        json[QLatin1String(name)] = double(times.percentile(part)->count()) / 1e6;
    return json;
}

QJsonObject finishedJson(const HistoryFigures& figures)
{
    return {{u"completed"_s, figures.completed},
            {u"failed"_s, figures.failed},
            {u"retried"_s, figures.retried}};
}

template <class T>
QJsonValue numberOrNull(const std::optional<T>& value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QString drainName(domain::DrainEstimate::Kind kind)
{
    using Kind = domain::DrainEstimate::Kind;
    switch (kind) {
    case Kind::Empty: return u"empty"_s;
    case Kind::Drains: return u"drains"_s;
    case Kind::NotDraining: return u"not-draining"_s;
    case Kind::Unknown: break;
    }
    return u"unknown"_s;
}

QString stepName(domain::HistoryStep step)
{
    switch (step) {
    case domain::HistoryStep::Minute: return u"minute"_s;
    case domain::HistoryStep::Hour: return u"hour"_s;
    case domain::HistoryStep::Day: return u"day"_s;
    case domain::HistoryStep::Total: break;
    }
    return u"total"_s;
}

QJsonObject bucketJson(const domain::HistoryBucket& bucket)
{
    QJsonObject json = finishedJson(bucket.figures);
    json[u"from"_s] = timeJson(bucket.from);
    json[u"enqueued"_s] = numberOrNull(bucket.enqueued);
    json[u"running"_s] = numberOrNull(bucket.running);
    json[u"oldestPendingSeconds"_s] =
        bucket.oldestPending ? QJsonValue(qint64(bucket.oldestPending->count())) : QJsonValue();
    json[u"open"_s] = bucket.isOpen;
    return json;
}

// "2.1 s", "5.4 min": three digits or so.
QString timeWords(std::optional<LogHistogram::Duration> time)
{
    if (!time)
        return u"-"_s;
    const double seconds = double(time->count()) / 1e6;
    if (seconds < 0.001)
        return u"%1 µs"_s.arg(time->count());
    if (seconds < 1)
        return u"%1 ms"_s.arg(seconds * 1000, 0, 'f', seconds < 0.1 ? 1 : 0);
    if (seconds < 120)
        return u"%1 s"_s.arg(seconds, 0, 'f', 1);
    if (seconds < 2 * 3600)
        return u"%1 min"_s.arg(seconds / 60, 0, 'f', 1);
    return u"%1 h"_s.arg(seconds / 3600, 0, 'f', 1);
}

QStringList figureRow(const QString& name, const HistoryFigures& figures)
{
    QStringList row{name};
    for (const qint64 count : {figures.completed, figures.failed, figures.retried})
        row += QString::number(count);
    for (const LogHistogram* times : {&figures.wait, &figures.run}) {
        for (const auto& [ignored, part] : kParts)
            row += timeWords(times->percentile(part));
    }
    return row;
}
} // namespace

void addHistory(QJsonObject& stats, const domain::History& history, qint64 pending)
{
    QJsonObject byType = stats[u"byType"_s].toObject();
    for (auto type = history.byType.cbegin(); type != history.byType.cend(); ++type) {
        QJsonObject json = byType.contains(type.key()) ? byType[type.key()].toObject()
                                                       : countsJson(domain::TypeCounts());
        json[u"wait"_s] = percentilesJson(type->wait);
        json[u"run"_s] = percentilesJson(type->run);
        json[u"finished"_s] = finishedJson(*type);
        byType[type.key()] = json;
    }
    stats[u"byType"_s] = byType;
    stats[u"period"_s] = domain::periodText(history.period);
    stats[u"wait"_s] = percentilesJson(history.all.wait);
    stats[u"run"_s] = percentilesJson(history.all.run);
    stats[u"finished"_s] = finishedJson(history.all);
    stats[u"comePerMinute"_s] = numberOrNull(history.comePerMinute);
    stats[u"finishPerMinute"_s] = numberOrNull(history.finishPerMinute);
    const auto drain =
        domain::drainEstimate(pending, history.comePerMinute, history.finishPerMinute);
    stats[u"drain"_s] = QJsonObject{{u"state"_s, drainName(drain.kind)},
                                    {u"seconds"_s, drain.kind == domain::DrainEstimate::Kind::Drains
                                                       ? QJsonValue(qint64(drain.left.count()))
                                                       : QJsonValue()}};
    QJsonArray buckets;
    for (const domain::HistoryBucket& bucket : history.buckets)
        buckets += bucketJson(bucket);
    stats[u"history"_s] = QJsonObject{{u"step"_s, stepName(history.step)},
                                      {u"since"_s, timeJson(history.begunAt)},
                                      {u"buckets"_s, buckets}};
}

void printHistory(Console& console, const domain::History& history, qint64 pending)
{
    const QString period = domain::periodText(history.period);
    if (history.byType.isEmpty()) {
        console.line(u"Nothing that an engine ran was recorded in the last %1."_s.arg(period));
    } else {
        QVector<QStringList> rows;
        for (auto type = history.byType.cbegin(); type != history.byType.cend(); ++type)
            rows += figureRow(visible(type.key()), *type);
        rows += figureRow(u"all"_s, history.all);
        console.line(table({u"LAST "_s + period, u"COMPLETED"_s, u"FAILED"_s, u"RETRIED"_s,
                            u"WAIT P50"_s, u"P95"_s, u"P99"_s, u"RUN P50"_s, u"P95"_s, u"P99"_s},
                           rows));
    }
    const auto drain =
        domain::drainEstimate(pending, history.comePerMinute, history.finishPerMinute);
    using Kind = domain::DrainEstimate::Kind;
    if (drain.kind == Kind::Drains)
        console.line(u"About %1 until nothing is pending: %2 a minute come, %3 finish."_s
                         .arg(timeWords(drain.left))
                         .arg(*history.comePerMinute, 0, 'f', 1)
                         .arg(*history.finishPerMinute, 0, 'f', 1));
    else if (drain.kind == Kind::NotDraining)
        console.line(
            u"Not draining: %1 a minute come, %2 finish."_s.arg(*history.comePerMinute, 0, 'f', 1)
                .arg(*history.finishPerMinute, 0, 'f', 1));
    if (history.begunAt.isValid() && history.begunAt > history.buckets.first().from)
        console.line(u"Recorded since %1."_s.arg(shortTime(history.begunAt)));
}

} // namespace queuedeck::ctl
