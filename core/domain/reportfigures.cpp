// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/reportfigures.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using std::chrono::milliseconds;

namespace {
constexpr qsizetype kMostErrors = 10;
constexpr qsizetype kLongestText = 200;

struct ErrorGroup
{
    QString type;
    qint64 jobs = 0;
    QDateTime first;
    QDateTime last;
};

void join(ErrorGroup& group, const FailedJobs& more)
{
    if (group.jobs > 0 && group.type != more.type)
        group.type = u"several"_s;
    else
        group.type = more.type;
    group.jobs += more.jobs;
    if (more.first.isValid() && (!group.first.isValid() || more.first < group.first))
        group.first = more.first;
    if (more.last.isValid() && (!group.last.isValid() || more.last > group.last))
        group.last = more.last;
}
} // namespace

milliseconds threeDigits(milliseconds duration)
{
    qint64 step = 1;
    while (duration.count() / step >= 1000)
        step *= 10;
    return milliseconds(duration.count() / step * step);
}

ReportValue Durations::percentile(double part) const
{
    qint64 all = 0;
    for (const auto& [duration, count] : m_counts)
        all += count;
    if (all == 0)
        return {};
    const auto rank = std::max<qint64>(1, qint64(std::ceil(part * double(all) - 1e-9)));
    qint64 seen = 0;
    for (const auto& [duration, count] : m_counts) {
        seen += count;
        if (seen >= rank)
            return duration;
    }
    return {};
}

QString errorSignature(const QString& error)
{
    static const QRegularExpression id(
        u"[0-9a-fA-F#]{8}-[0-9a-fA-F#]{4}-[0-9a-fA-F#]{4}-[0-9a-fA-F#]{4}-[0-9a-fA-F#]{12}"_s);
    static const QRegularExpression number(u"[#0-9]+(?:[.,:][#0-9]+)*"_s);
    QString kind = error.trimmed().section(u'\n', 0, 0).left(kLongestText).trimmed();
    kind.replace(id, u"{id}"_s).replace(number, u"#"_s);
    return kind.isEmpty() ? u"(no error text)"_s : kind;
}

QString changeWords(qint64 now, qint64 before)
{
    if (before == 0)
        return now == 0 ? QString() : u"was 0"_s;
    const double change = double(now - before) / double(before);
    return u"%1 %2, was %3"_s.arg(change < 0 ? u"−"_s : u"+"_s,
                                  reportValueText(ReportShare{std::abs(change)}),
                                  reportValueText(before));
}

QString wasWords(const ReportValue& before)
{
    return std::holds_alternative<std::monostate>(before) ? QString()
                                                          : u"was "_s + reportValueText(before);
}

ReportValue share(qint64 part, qint64 whole)
{
    return whole > 0 ? ReportValue(ReportShare{double(part) / double(whole)}) : ReportValue();
}

ReportDocument emptyReport(ReportKind kind, const ReportOrigin& origin)
{
    ReportDocument report;
    const QString name = origin.span.name;
    report.title = name.isEmpty() ? reportTitle(kind) : reportTitle(kind) + u", "_s + name;
    report.days = origin.span.words() + u", UTC"_s;
    report.place = origin.place;
    report.server = origin.server;
    report.headline = u"Nothing unusual."_s;
    report.readAt = origin.readAt;
    report.job = origin.job;
    return report;
}

QString readOn(const ReportOrigin& origin)
{
    return u"Read on %1 UTC."_s.arg(
        QLocale::c().toString(origin.readAt.toUTC(), u"d MMM yyyy, HH:mm:ss"_s));
}

qint64 firstDay(const ReportOrigin& origin)
{
    constexpr qint64 kSecondsPerDay = 86'400;
    return origin.span.from.toSecsSinceEpoch() / kSecondsPerDay;
}

ReportTable errorTable(const std::vector<FailedJobs>& failed, bool isCut, const QString& type)
{
    std::map<QString, ErrorGroup> groups;
    qint64 all = 0;
    for (const FailedJobs& each : failed) {
        join(groups[errorSignature(each.error)], each);
        all += each.jobs;
    }
    std::vector<std::pair<QString, ErrorGroup>> order(groups.begin(), groups.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second.jobs > b.second.jobs; });
    const qsizetype shown = std::min<qsizetype>(kMostErrors, qsizetype(order.size()));
    ReportTable table{u"Top errors"_s};
    table.columns = {u"Failed"_s, u"Share"_s, u"Error"_s, type, u"First"_s, u"Last"_s};
    table.wide = 2;
    qint64 covered = 0;
    for (qsizetype i = 0; i < shown; ++i) {
        const auto& [signature, group] = order[size_t(i)];
        table.rows += {group.jobs,  share(group.jobs, all),
                       signature,   group.type.left(kLongestText),
                       group.first, group.last};
        covered += group.jobs;
    }
    if (all > 0)
        table.note = u"%1 of %2%3 groups, %4 of %5 failures"_s.arg(
            reportValueText(qint64(shown)), isCut ? u"at least "_s : QString(),
            reportValueText(qint64(order.size())),
            QString::number(std::round(100.0 * double(covered) / double(all))) + u" %"_s,
            reportValueText(all));
    return table;
}

} // namespace queuedeck::domain
