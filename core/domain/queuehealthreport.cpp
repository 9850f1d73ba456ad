// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/queuehealthfinding.h"
#include "core/domain/reportfigures.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using std::chrono::milliseconds;
using Drawing = ReportTable::Drawing;

namespace {
constexpr qint64 kHour = 3600;
constexpr qsizetype kMostTypes = 40;
constexpr int kMostDaysByHour = 31;

struct OfType
{
    JobCounts counts;
    Durations waits;
    Durations runs;
};

QDateTime timeOf(qint64 hour)
{
    return QDateTime::fromSecsSinceEpoch(hour * kHour, Qt::UTC);
}

class Health
{
public:
    Health(const QueueHealthRows& rows, const ReportOrigin& origin)
        : m_rows(rows)
        , m_origin(origin)
        , m_first(origin.span.from.toSecsSinceEpoch() / kHour)
        , m_end(origin.span.to.toSecsSinceEpoch() / kHour)
    {
        count();
    }

    ReportDocument report()
    {
        ReportDocument report = emptyReport(ReportKind::QueueHealth, m_origin);
        report.figures = figures();
        report.tables = {perDay()};
        if (m_rows.hasHistory)
            report.tables += longestWaits();
        report.tables += byHour();
        report.tables.last().isHalf = m_rows.hasHistory;
        report.tables += byType();
        report.tables += errorTable(m_rows.failed, m_rows.isFailedCut, u"Type"_s);
        sayWorst(report, {m_all.counts, m_before, m_hours, m_longestWait}, m_origin.span.days());
        report.footnote = footnote();
        return report;
    }

private:
    void count()
    {
        for (const CreatedJobs& each : m_rows.created) {
            if (each.hour < m_first) {
                m_before.add(each.status, each.jobs);
                continue;
            }
            m_all.counts.add(each.status, each.jobs);
            m_hours[each.hour].add(each.status, each.jobs);
            m_types[each.type].counts.add(each.status, each.jobs);
        }
        mergeRareTypes();
        for (const TimedJobs& each : m_rows.waits)
            addDuration(each, &OfType::waits, m_waitsBefore);
        for (const TimedJobs& each : m_rows.runs)
            addDuration(each, &OfType::runs, m_runsBefore);
        for (const LongestWait& each : m_rows.longest) {
            m_longest[each.hour] = std::max(m_longest[each.hour], each.wait);
            m_longestWait = std::max(m_longestWait, each.wait);
        }
    }

    // A queue may have any number of types; the rest stands in one row.
    void mergeRareTypes()
    {
        if (qsizetype(m_types.size()) <= kMostTypes)
            return;
        std::vector<std::pair<qint64, QString>> order;
        for (const auto& [type, of] : m_types)
            order.emplace_back(-of.counts.all(), type);
        std::sort(order.begin(), order.end());
        for (size_t i = size_t(kMostTypes) - 1; i < order.size(); ++i)
            m_rare.insert(order[i].second);
        OfType rest;
        for (const QString& type : m_rare) {
            const JobCounts& counts = m_types[type].counts;
            rest.counts.add(counts);
            m_types.erase(type);
        }
        m_restName = u"%1 other types"_s.arg(m_rare.size());
        m_types[m_restName] = rest;
    }

    void addDuration(const TimedJobs& each, Durations OfType::*which, Durations& before)
    {
        if (each.isBefore) {
            before.add(each.duration, each.jobs);
            return;
        }
        (m_all.*which).add(each.duration, each.jobs);
        (m_types[m_rare.contains(each.type) ? m_restName : each.type].*which)
            .add(each.duration, each.jobs);
    }

    QVector<ReportFigure> figures() const
    {
        const auto rate = [](const JobCounts& counts) {
            return share(counts.failed, counts.finished());
        };
        const ReportValue longest = m_rows.hasHistory && !m_rows.longest.empty()
                                        ? ReportValue(m_longestWait)
                                        : ReportValue();
        QString failedNote = reportValueText(rate(m_all.counts));
        if (m_before.finished() > 0)
            failedNote += u", was "_s + reportValueText(rate(m_before));
        constexpr double kMost = 0.95;
        return {
            {u"Completed"_s, m_all.counts.completed,
             changeWords(m_all.counts.completed, m_before.completed)},
            {u"Failed"_s, m_all.counts.failed, failedNote,
             m_all.counts.failed > 0 ? ReportTone::Bad : ReportTone::Normal},
            {u"Wait p95"_s, m_all.waits.percentile(kMost),
             wasWords(m_waitsBefore.percentile(kMost))},
            {u"Run p95"_s, m_all.runs.percentile(kMost), wasWords(m_runsBefore.percentile(kMost))},
            {u"Longest wait"_s,
             longest,
             {},
             m_longestWait > kLongWait ? ReportTone::Doubtful : ReportTone::Normal}};
    }

    ReportTable perDay() const
    {
        ReportTable table{u"Jobs per day"_s};
        table.note = u"by the day on which they were created"_s;
        table.drawing = Drawing::StackedBars;
        table.columns = {u"Day"_s, u"Completed"_s, u"Failed"_s, u"Open"_s, u"Other"_s};
        table.tones = {ReportTone::Good, ReportTone::Bad, ReportTone::Normal, ReportTone::Doubtful};
        constexpr qint64 kDay = 24;
        for (qint64 day = m_first; day < m_end; day += kDay) {
            JobCounts sum;
            for (auto it = m_hours.lower_bound(day); it != m_hours.end() && it->first < day + kDay;
                 ++it) {
                sum.add(it->second);
            }
            table.rows += {timeOf(day).date(), sum.completed, sum.failed, sum.open, sum.other};
        }
        return table;
    }

    ReportTable longestWaits() const
    {
        ReportTable table{u"Longest wait"_s};
        table.note = u"of the jobs started then"_s;
        table.drawing = Drawing::Line;
        table.isHalf = true;
        table.columns = {u"Started"_s, u"Longest wait"_s};
        const qint64 step = m_origin.span.days() > kMostDaysByHour ? 24 : 1;
        for (qint64 hour = m_first; hour < m_end; hour += step) {
            milliseconds longest{0};
            for (auto it = m_longest.lower_bound(hour);
                 it != m_longest.end() && it->first < hour + step; ++it)
                longest = std::max(longest, it->second);
            table.rows += {timeOf(hour), longest};
        }
        return table;
    }

    ReportTable byHour() const
    {
        ReportTable table{u"Jobs by hour of the day, mean"_s};
        table.drawing = Drawing::Bars;
        table.columns = {u"Hour"_s, u"Jobs"_s};
        constexpr int kHours = 24;
        std::array<qint64, kHours> sums{};
        for (const auto& [hour, counts] : m_hours)
            sums[size_t(hour % kHours)] += counts.all();
        for (int hour = 0; hour < kHours; ++hour)
            table.rows += {u"%1"_s.arg(hour, 2, 10, QLatin1Char('0')),
                           double(sums[size_t(hour)]) / m_origin.span.days()};
        return table;
    }

    static QVector<ReportValue> typeRow(const QString& type, const OfType& of)
    {
        QVector<ReportValue> row{type, of.counts.all(), of.counts.completed, of.counts.failed,
                                 share(of.counts.failed, of.counts.finished())};
        for (const Durations* durations : {&of.waits, &of.runs}) {
            for (const double part : {0.5, 0.95, 0.99})
                row += durations->percentile(part);
        }
        return row;
    }

    ReportTable byType() const
    {
        ReportTable table{u"By type"_s};
        table.columns = {u"Type"_s,      u"Created"_s,  u"Completed"_s, u"Failed"_s,
                         u"Fail rate"_s, u"Wait p50"_s, u"Wait p95"_s,  u"Wait p99"_s,
                         u"Run p50"_s,   u"Run p95"_s,  u"Run p99"_s};
        std::vector<std::pair<qint64, QString>> order;
        for (const auto& [type, of] : m_types)
            order.emplace_back(type == m_restName && !m_restName.isEmpty() ? 1 : -of.counts.all(),
                               type);
        std::sort(order.begin(), order.end());
        constexpr qsizetype kLongestName = 200;
        for (const auto& [ignored, type] : order)
            table.rows += typeRow(type.left(kLongestName), m_types.at(type));
        table.rows += typeRow(u"All types"_s, m_all);
        table.hasTotal = true;
        return table;
    }

    QString footnote() const
    {
        QString note =
            u"Jobs are counted by when they were created, with the status they have now. "
            "Deleted jobs are not counted. "_s;
        if (!m_rows.hasHistory)
            note +=
                u"Waits and runs are not known: nothing of Queuedeck's own is in this database, "
                "and the web application keeps no history. "_s;
        else
            note +=
                u"Wait: created to first start. Run: start to end of one attempt. Both to three "
                "digits%1. "_s.arg(m_origin.mode == QueueMode::Own
                                       ? QString()
                                       : u", of Queuedeck's own engines only: the web "
                                         "application keeps no history"_s);
        return note + u"Read on %1 UTC."_s.arg(QLocale::c().toString(m_origin.readAt.toUTC(),
                                                                     u"d MMM yyyy, HH:mm:ss"_s));
    }

    const QueueHealthRows& m_rows;
    const ReportOrigin& m_origin;
    const qint64 m_first; ///< hours since 1970
    const qint64 m_end;
    OfType m_all;
    JobCounts m_before;
    Durations m_waitsBefore;
    Durations m_runsBefore;
    std::map<qint64, JobCounts> m_hours;
    std::map<QString, OfType> m_types;
    std::set<QString> m_rare; ///< types that share a row
    QString m_restName;
    std::map<qint64, milliseconds> m_longest;
    milliseconds m_longestWait{0};
};
} // namespace

ReportDocument queueHealthReport(const QueueHealthRows& rows, const ReportOrigin& origin)
{
    return Health(rows, origin).report();
}

} // namespace queuedeck::domain
