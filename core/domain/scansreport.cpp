// SPDX-License-Identifier: GPL-3.0-or-later
// The reports on what the application keeps besides jobs: scans and imports.
#include "core/domain/reportfigures.h"

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using std::chrono::milliseconds;
using Drawing = ReportTable::Drawing;

namespace {
constexpr qsizetype kLongestName = 200;

/// Completed, failed, anything else.
struct Ended
{
    qint64 completed = 0;
    qint64 failed = 0;
    qint64 open = 0;
    std::optional<milliseconds> longest;

    qint64 all() const { return completed + failed + open; }
    void add(const QString& status, qint64 count)
    {
        (status == "completed"_L1 ? completed : status == "failed"_L1 ? failed : open) += count;
    }
};

/// What both have: days, kinds, all, and all of the span before.
struct Tally
{
    std::map<qint64, Ended> days;
    std::map<QString, Ended> kinds;
    Ended all;
    Ended before;

    void add(qint64 day, qint64 first, const QString& kind, const QString& status, qint64 count,
             std::optional<milliseconds> longest = {})
    {
        if (day < first) {
            before.add(status, count);
            return;
        }
        for (Ended* each : {&days[day], &kinds[kind], &all}) {
            each->add(status, count);
            if (longest && (!each->longest || *longest > *each->longest))
                each->longest = longest;
        }
    }
};

QVector<ReportFigure> figures(const Tally& tally)
{
    QString failedNote = reportValueText(share(tally.all.failed, tally.all.all()));
    if (tally.before.all() > 0)
        failedNote += u", was "_s + reportValueText(share(tally.before.failed, tally.before.all()));
    return {{u"Completed"_s, tally.all.completed,
             changeWords(tally.all.completed, tally.before.completed)},
            {u"Failed"_s, tally.all.failed, failedNote,
             tally.all.failed > 0 ? ReportTone::Bad : ReportTone::Normal},
            {u"Open"_s, tally.all.open}};
}

ReportTable perDay(const QString& title, const Tally& tally, const ReportOrigin& origin)
{
    ReportTable table{title};
    table.drawing = Drawing::StackedBars;
    table.columns = {u"Day"_s, u"Completed"_s, u"Failed"_s, u"Open"_s};
    table.tones = {ReportTone::Good, ReportTone::Bad, ReportTone::Normal};
    for (int i = 0; i < origin.span.days(); ++i) {
        const auto found = tally.days.find(firstDay(origin) + i);
        const Ended day = found == tally.days.end() ? Ended() : found->second;
        table.rows += {origin.span.from.date().addDays(i), day.completed, day.failed, day.open};
    }
    return table;
}

ReportTable byKind(const QString& column, const QString& all, const Tally& tally, bool hasLongest)
{
    ReportTable table{u"By %1"_s.arg(column.toLower())};
    table.columns = {column, u"All"_s, u"Completed"_s, u"Failed"_s, u"Fail rate"_s, u"Open"_s};
    if (hasLongest)
        table.columns += u"Longest"_s;
    const auto add = [&](const QString& name, const Ended& of) {
        QVector<ReportValue> row{name.left(kLongestName),
                                 of.all(),
                                 of.completed,
                                 of.failed,
                                 share(of.failed, of.completed + of.failed),
                                 of.open};
        if (hasLongest)
            row += of.longest ? ReportValue(*of.longest) : ReportValue();
        table.rows += row;
    };
    for (const auto& [kind, of] : tally.kinds)
        add(kind, of);
    add(all, tally.all);
    table.hasTotal = true;
    return table;
}

void say(ReportDocument& report, const Tally& tally, const QString& things)
{
    const auto rate = [](const Ended& of) {
        const qint64 finished = of.completed + of.failed;
        return finished > 0 ? double(of.failed) / double(finished) : 0.0;
    };
    constexpr double kNoticed = 0.01;
    if (tally.all.all() == 0) {
        report.headline = u"There were no %1 in these days."_s.arg(things);
    } else if (rate(tally.all) >= kNoticed && rate(tally.all) >= 2 * rate(tally.before)) {
        report.headline = u"%1 of the finished %2 failed."_s.arg(
            reportValueText(ReportShare{rate(tally.all)}), things);
        if (tally.before.completed + tally.before.failed > 0)
            report.finding = u"It was %1 in the days before."_s.arg(
                reportValueText(ReportShare{rate(tally.before)}));
    }
}
} // namespace

ReportDocument scansReport(const ScanRows& rows, const ReportOrigin& origin)
{
    Tally tally;
    for (const ScanCount& each : rows.created)
        tally.add(each.day, firstDay(origin), each.scanType, each.status, each.scans);
    ReportDocument report = emptyReport(ReportKind::Scans, origin);
    report.figures = figures(tally);
    report.tables = {perDay(u"Scans per day"_s, tally, origin),
                     byKind(u"Type"_s, u"All types"_s, tally, false),
                     errorTable(rows.failed, rows.isFailedCut, u"Type"_s)};
    report.footnote =
        u"Scans are counted by when they were created, with the status they have now. "_s +
        readOn(origin);
    say(report, tally, u"scans"_s);
    return report;
}

ReportDocument importsReport(const ImportRows& rows, const ReportOrigin& origin)
{
    Tally tally;
    for (const ImportCount& each : rows.started)
        tally.add(each.day, firstDay(origin), each.dataType, each.status, each.batches,
                  each.longest);
    ReportDocument report = emptyReport(ReportKind::Imports, origin);
    report.figures = figures(tally);
    report.tables = {perDay(u"Imports per day"_s, tally, origin),
                     byKind(u"Data"_s, u"All data"_s, tally, true)};
    report.footnote =
        u"Imports are counted by when they were started, with the status they have now; those not "
        "started yet are not counted. "_s +
        readOn(origin);
    say(report, tally, u"imports"_s);
    return report;
}

} // namespace queuedeck::domain
