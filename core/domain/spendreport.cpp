// SPDX-License-Identifier: GPL-3.0-or-later
// The reports on what was asked of Claude: what enrichments wrote, and what it all cost.
#include "core/domain/enrichment.h"
#include "core/domain/reportfigures.h"

#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using Drawing = ReportTable::Drawing;
using State = Enrichment::State;

namespace {
constexpr qsizetype kLongestName = 200;

struct Enriched
{
    std::map<State, qint64> states;

    qint64 of(State state) const
    {
        const auto found = states.find(state);
        return found == states.end() ? 0 : found->second;
    }
    qint64 written() const { return of(State::Written) + of(State::Kept); }
    qint64 all() const
    {
        qint64 sum = 0;
        for (const auto& [state, jobs] : states)
            sum += jobs;
        return sum;
    }
};

struct Tokens
{
    qint64 requests = 0;
    qint64 in = 0;
    qint64 out = 0;

    qint64 all() const { return in + out; }
    void add(const SpendCount& each)
    {
        requests += each.requests;
        in += each.tokensIn;
        out += each.tokensOut;
    }
};

QVector<ReportValue> rowOf(const QString& name, const Enriched& of)
{
    return {name.left(kLongestName), of.all(),
            of.of(State::Written),   of.of(State::Kept),
            of.of(State::Unchanged), of.of(State::Overtaken),
            of.of(State::Undone)};
}

QVector<ReportValue> rowOf(const QString& name, const Tokens& of, qint64 all)
{
    return {name.left(kLongestName), of.requests, of.in, of.out, of.all(), share(of.all(), all)};
}

template <class Kinds>
ReportTable spendTable(const QString& column, const Kinds& kinds, const Tokens& all)
{
    ReportTable table{u"By %1"_s.arg(column.toLower())};
    table.columns = {column,          u"Requests"_s, u"Tokens in"_s,
                     u"Tokens out"_s, u"Tokens"_s,   u"Share"_s};
    for (const auto& [kind, of] : kinds)
        table.rows += rowOf(kind, of, all.all());
    table.rows += rowOf(u"All"_s, all, all.all());
    table.hasTotal = true;
    return table;
}
} // namespace

ReportDocument enrichmentReport(const EnrichmentRows& rows, const ReportOrigin& origin)
{
    std::map<qint64, Enriched> days;
    std::map<QString, Enriched> kinds;
    Enriched all;
    Enriched before;
    for (const EnrichmentCount& each : rows.ended) {
        const auto state = enrichmentStateFromText(each.state);
        if (!state)
            continue; // of a newer Queuedeck
        if (each.day < firstDay(origin)) {
            before.states[*state] += each.jobs;
            continue;
        }
        for (Enriched* of : {&days[each.day], &kinds[each.kind], &all})
            of->states[*state] += each.jobs;
    }
    ReportDocument report = emptyReport(ReportKind::Enrichment, origin);
    const qint64 overtaken = all.of(State::Overtaken);
    report.figures = {{u"Enriched"_s, all.written(), changeWords(all.written(), before.written())},
                      {u"Overtaken"_s, overtaken, reportValueText(share(overtaken, all.all())),
                       overtaken > 0 ? ReportTone::Doubtful : ReportTone::Normal},
                      {u"Undone"_s, all.of(State::Undone)}};
    ReportTable perDay{u"Enrichments per day"_s};
    perDay.drawing = Drawing::StackedBars;
    perDay.columns = {u"Day"_s, u"Enriched"_s, u"Overtaken"_s, u"Other"_s};
    perDay.tones = {ReportTone::Good, ReportTone::Doubtful, ReportTone::Normal};
    for (int i = 0; i < origin.span.days(); ++i) {
        const Enriched day = days[firstDay(origin) + i];
        perDay.rows += {origin.span.from.date().addDays(i), day.written(), day.of(State::Overtaken),
                        day.all() - day.written() - day.of(State::Overtaken)};
    }
    ReportTable byKind{u"By kind"_s};
    byKind.columns = {u"Kind"_s,      u"All"_s,       u"Written"_s, u"Kept here"_s,
                      u"Unchanged"_s, u"Overtaken"_s, u"Undone"_s};
    for (const auto& [kind, of] : kinds)
        byKind.rows += rowOf(kind, of);
    byKind.rows += rowOf(u"All"_s, all);
    byKind.hasTotal = true;
    report.tables = {perDay, byKind};
    report.footnote =
        u"Enrichments that Queuedeck recorded, by when they were written. Overtaken: somebody "
        "changed the row meanwhile, and it was left alone. Kept here: in Queuedeck's own table, "
        "as the application has no column. "_s +
        readOn(origin);
    if (all.all() == 0)
        report.headline = u"There were no enrichments in these days."_s;
    return report;
}

ReportDocument spendReport(const SpendRows& rows, const ReportOrigin& origin)
{
    std::map<qint64, Tokens> days;
    std::map<QString, Tokens> types;
    std::map<QString, Tokens> models;
    Tokens all;
    Tokens before;
    for (const SpendCount& each : rows.spent) {
        if (each.day < firstDay(origin)) {
            before.add(each);
            continue;
        }
        for (Tokens* of : {&days[each.day], &types[each.type], &models[each.model], &all})
            of->add(each);
    }
    ReportDocument report = emptyReport(ReportKind::Spend, origin);
    report.figures = {{u"Tokens"_s, all.all(), changeWords(all.all(), before.all())},
                      {u"Requests"_s, all.requests, changeWords(all.requests, before.requests)},
                      {u"Tokens a request"_s,
                       all.requests > 0 ? ReportValue(all.all() / all.requests) : ReportValue()}};
    ReportTable perDay{u"Tokens per day"_s};
    perDay.drawing = Drawing::StackedBars;
    perDay.columns = {u"Day"_s, u"In"_s, u"Out"_s};
    perDay.tones = {ReportTone::Normal, ReportTone::Good};
    for (int i = 0; i < origin.span.days(); ++i) {
        const Tokens day = days[firstDay(origin) + i];
        perDay.rows += {origin.span.from.date().addDays(i), day.in, day.out};
    }
    report.tables = {perDay, spendTable(u"Type"_s, types, all),
                     spendTable(u"Model"_s, models, all)};
    report.footnote =
        u"Requests that Queuedeck recorded on this database, by any of its engines. Answers that "
        "were known already cost nothing and are not counted. Prices are not known here. "_s +
        readOn(origin);
    if (all.requests == 0)
        report.headline = u"Claude was not asked in these days."_s;
    return report;
}

} // namespace queuedeck::domain
