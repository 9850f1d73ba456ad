// SPDX-License-Identifier: GPL-3.0-or-later
// What show and process say about jobs of customer_enrichment.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/domain/enrichment.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
using State = domain::Enrichment::State;

QString stateText(State state)
{
    switch (state) {
    case State::Written: return u"written"_s;
    case State::Kept: return u"kept in Queuedeck's own table: the application has no column"_s;
    case State::Unchanged: return u"nothing new to write"_s;
    case State::Overtaken: return u"not written: the row was changed meanwhile"_s;
    case State::Undone: return u"undone"_s;
    }
    return {};
}

QString valueText(const QJsonObject& fields, const QString& field)
{
    const QString text = domain::enrichmentValueText(fields.value(field));
    return text.isEmpty() ? u"-"_s : visible(text);
}
} // namespace

QJsonObject enrichmentJson(const domain::Enrichment& found)
{
    QJsonArray fields;
    for (const QString& field : domain::enrichmentFields(found.kind)) {
        if (found.after.contains(field))
            fields += QJsonObject{
                {u"field"_s, field},
                {u"before"_s, found.before.contains(field) ? found.before[field] : QJsonValue()},
                {u"after"_s, found.after[field]}};
    }
    return {
        {u"kind"_s, domain::enrichedKindText(found.kind)},
        {u"id"_s, found.id},
        {u"name"_s, found.name},
        {u"state"_s, domain::enrichmentStateText(found.state)},
        {u"fields"_s, fields},
        {u"edited"_s, QJsonArray::fromStringList(found.edited)},
        {u"model"_s, found.model},
        {u"journalId"_s, found.journal.isEmpty() ? QJsonValue() : QJsonValue(found.journal.value)},
        {u"at"_s, timeJson(found.at)}};
}

void printEnrichment(Console& console, const domain::Enrichment& found)
{
    console.line({});
    console.line(u"Enrichment  %1 %2, %3: %4"_s.arg(domain::enrichedKindText(found.kind),
                                                    visible(found.name), visible(found.model),
                                                    stateText(found.state)));
    QVector<QStringList> rows;
    for (const QString& field : domain::enrichmentFields(found.kind)) {
        if (found.after.contains(field))
            rows += {field, valueText(found.before, field), valueText(found.after, field)};
    }
    if (!rows.isEmpty())
        console.line(table({u"FIELD"_s, u"BEFORE"_s, u"AFTER"_s}, rows));
    if (!found.edited.isEmpty())
        console.line(u"Left alone, as somebody changed it after an earlier enrichment: %1."_s.arg(
            found.edited.join(u", "_s)));
    const bool canUndo = found.state == State::Written || found.state == State::Kept;
    if (canUndo && !found.journal.isEmpty())
        console.note(u"undo: queuedeckctl undo %1"_s.arg(found.journal.value));
}

QString waitsForAKey(service::Session& session, const domain::Job& job)
{
    if (job.type != domain::kEnrichmentType || job.status != domain::JobStatus::Pending)
        return {};
    const auto claude = await(session.engine().claude());
    if (!claude)
        return visible(claude.error().detail);
    if (claude->hasKey)
        return {};
    return u"for a key for Claude: ANTHROPIC_API_KEY, or `queuedeckctl key store --claude`"_s;
}

void noteUnenriched(service::Session& session, Console& console)
{
    const QString problem =
        service::problemsOf(session.engine().handlers(), domain::kEnrichmentType);
    if (problem.isEmpty())
        return;
    const auto pending =
        domain::JobFilter::parse(u"status:pending -is:dead type:"_s + domain::kEnrichmentType);
    constexpr qint64 kEnough = 1;
    const auto left = pending ? await(session.jobs().count(*pending, kEnough))
                              : base::Result<domain::MatchCount>(base::Error());
    if (left && left->count > 0)
        console.note(visible(problem));
}

} // namespace queuedeck::ctl
