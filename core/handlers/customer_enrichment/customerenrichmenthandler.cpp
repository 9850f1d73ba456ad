// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/customer_enrichment/customerenrichmenthandler.h"

#include "core/handlers/customer_enrichment/enrichmentquestion.h"
#include "core/handlers/setbackresult.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using domain::EnrichmentSubject;
using engine::TaskResult;

namespace {
TaskResult failureFor(const base::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled: return TaskResult::postponed(error.detail);
    case ErrorKind::Invalid:
    case ErrorKind::NotFound:
    case ErrorKind::Denied:
    case ErrorKind::Unsupported: return TaskResult::unrecoverable(error.detail);
    default: return TaskResult::failed(error.detail);
    }
}

vision::TextQuestion questionAbout(const EnrichmentSubject& subject, const engine::Task& task)
{
    vision::TextQuestion question;
    question.jobType = task.type;
    question.instructions = enrichmentInstructions(subject.kind);
    question.text = enrichmentQuestion(subject);
    question.schema = enrichmentSchema(subject.kind);
    question.check = [kind = subject.kind](const QJsonObject& answer) {
        return checkedEnrichment(kind, answer);
    };
    question.stop = task.stop;
    question.leaving = task.leaving;
    return question;
}

domain::Effect effectOf(const EnrichmentSubject& subject, const QJsonObject& fields,
                        const QString& model)
{
    return {domain::kEnrichmentEffect,
            subject.id,
            {{u"kind"_s, domain::enrichedKindText(subject.kind)},
             {u"name"_s, subject.name},
             {u"version"_s, subject.version},
             {u"image"_s, subject.image},
             {u"before"_s, subject.fields},
             {u"values"_s, fields},
             {u"edited"_s, QJsonArray::fromStringList(subject.edited)},
             {u"model"_s, model}}};
}
} // namespace

CustomerEnrichmentHandler::CustomerEnrichmentHandler(EnrichmentSource source,
                                                     std::shared_ptr<vision::TextClient> client)
    : m_source(std::move(source))
    , m_client(std::move(client))
{
}

TaskResult CustomerEnrichmentHandler::run(const engine::Task& task)
{
    const auto request = domain::EnrichmentRequest::fromPayload(task.payload);
    if (!request)
        return failureFor(request.error());
    const auto subject = m_source(*request, task.stop);
    if (!subject)
        return failureFor(subject.error());
    task.report(base::Sentence::tr("asking Claude"));
    const auto answer = m_client->ask(questionAbout(*subject, task));
    if (!answer)
        return resultOf(answer.error());
    // It may have taken minutes. The effect checks once more, when it is too late to try again.
    const auto now = m_source(*request, task.stop);
    if (!now)
        return failureFor(now.error());
    if (now->version != subject->version)
        return TaskResult::failed(
            u"%1 was changed while Claude was asked about it, so nothing was written."_s.arg(
                subject->name));
    const auto fields = newFields(*now, answer->fields);
    if (!fields)
        return failureFor(fields.error());
    return TaskResult::completed({effectOf(*now, *fields, answer->model)});
}

} // namespace queuedeck::handlers
