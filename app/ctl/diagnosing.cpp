// SPDX-License-Identifier: GPL-3.0-or-later
// doctor: why nothing is processed, what else is wrong with the queue, and what to do.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/domain/finding.h"
#include "core/remote/endpointaddress.h"
#include "core/service/diagnosisservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::CheckOutcome;
using domain::Finding;

namespace {
QJsonArray factsJson(const Finding& finding)
{
    QJsonArray facts;
    for (const domain::Fact& fact : finding.facts)
        facts += QJsonObject{
            {u"what"_s, fact.what}, {u"found"_s, fact.found}, {u"source"_s, fact.source}};
    return facts;
}

QJsonArray remediesJson(const Finding& finding)
{
    QJsonArray remedies;
    for (const domain::Remedy& remedy : finding.remedies)
        remedies +=
            QJsonObject{{u"text"_s, remedy.text}, {u"action"_s, domain::actionWord(remedy.action)}};
    return remedies;
}

QJsonObject findingJson(const Finding& finding)
{
    return {{u"id"_s, finding.id},
            {u"severity"_s, domain::severityName(finding.severity)},
            {u"cause"_s, finding.cause},
            {u"evidence"_s, finding.evidence},
            {u"remedy"_s, finding.remedies.value(0).text},
            {u"remedies"_s, remediesJson(finding)},
            {u"facts"_s, factsJson(finding)},
            {u"count"_s, finding.count ? QJsonValue(*finding.count) : QJsonValue()},
            {u"isExact"_s, finding.isExact},
            {u"explains"_s, finding.explains},
            {u"filter"_s, finding.filter},
            {u"statement"_s, finding.statement}};
}

QJsonObject reportJson(const domain::Diagnosis& diagnosis)
{
    QJsonArray findings;
    for (const Finding& finding : diagnosis.findings)
        findings += findingJson(finding);
    QJsonArray checks;
    for (const CheckOutcome& check : diagnosis.checks)
        checks += QJsonObject{{u"id"_s, check.id},
                              {u"name"_s, check.name},
                              {u"state"_s, domain::stateName(check.state)},
                              {u"note"_s, check.note}};
    return {{u"findings"_s, findings},
            {u"checks"_s, checks},
            {u"at"_s, timeJson(diagnosis.at)},
            {u"seconds"_s, double(diagnosis.took.count()) / 1000}};
}

void printFinding(Console& console, const Finding& finding)
{
    console.line(visible(finding.evidence));
    console.line(u"  Why:   "_s + visible(finding.cause));
    for (const domain::Fact& fact : finding.facts)
        console.line(u"  Found: %1: %2 (%3)"_s.arg(visible(fact.what), visible(fact.found),
                                                   visible(fact.source)));
    for (const domain::Remedy& remedy : finding.remedies) {
        const bool isFirst = &remedy == &finding.remedies.front();
        if (isFirst || remedy.action != domain::Remedy::Action::ShowJobs ||
            finding.filter.isEmpty())
            console.line(u"  To do: "_s + visible(remedy.text));
    }
    if (!finding.filter.isEmpty())
        console.line(u"  Which: queuedeckctl list --where '%1'"_s.arg(visible(finding.filter)));
    for (const QString& line : finding.statement.split(u'\n', Qt::SkipEmptyParts))
        console.line(u"  SQL:   "_s + visible(line));
}

// What was looked at, and what could not be looked at.
void printChecks(Console& console, const domain::Diagnosis& diagnosis)
{
    int known = 0;
    for (const CheckOutcome& check : diagnosis.checks) {
        known += check.isKnown() ? 1 : 0;
        if (!check.isKnown())
            console.line(u"Not known: %1: %2"_s.arg(visible(check.name), visible(check.note)));
    }
    console.line(u"%1 checks in %2 s. Nothing was changed by asking."_s.arg(known).arg(
        QString::number(double(diagnosis.took.count()) / 1000, 'f', 1)));
}

tl::expected<QString, Failure> endpointOf(const Context& context, const Doctor& doctor)
{
    // No web application works on the embedded database.
    const QString text = !doctor.url.isEmpty()        ? doctor.url
                         : !context.address.isEmpty() ? remote::urlOfEnvironment()
                                                      : QString();
    if (text.isEmpty())
        return QString();
    const auto url = remote::endpointUrl(text);
    if (!url)
        return tl::unexpected(Failure(url.error()));
    return *url;
}
} // namespace

Done run(Context& context, const Doctor& doctor)
{
    const auto endpoint = endpointOf(context, doctor);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    service::DiagnosisService::Request request;
    request.endpoint = *endpoint;
    const auto diagnosis = await((*session)->diagnosis().run(request));
    if (!diagnosis)
        return tl::unexpected(Failure(diagnosis.error()));
    if (context.console.isJson()) {
        context.console.json(reportJson(*diagnosis));
    } else {
        for (const Finding& finding : diagnosis->findings)
            printFinding(context.console, finding);
        if (diagnosis->findings.isEmpty())
            context.console.line(u"Nothing unusual."_s);
        printChecks(context.console, *diagnosis);
    }
    return diagnosis->findings.isEmpty() ? kDone : kWorkFailed;
}

} // namespace queuedeck::ctl
