// SPDX-License-Identifier: GPL-3.0-or-later
// doctor: what is wrong with the queue, why, and what to do.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "core/domain/finding.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
QJsonObject findingJson(const domain::Finding& finding)
{
    return {{u"id"_s, domain::findingId(finding.kind)},
            {u"severity"_s, domain::severityName(domain::severityOf(finding.kind))},
            {u"cause"_s, domain::findingCause(finding.kind)},
            {u"evidence"_s, domain::findingEvidence(finding)},
            {u"remedy"_s, domain::findingRemedy(finding.kind)},
            {u"count"_s, finding.wasCut ? QJsonValue() : QJsonValue(finding.count)},
            {u"filter"_s, domain::findingFilter(finding.kind)}};
}

void printFinding(Console& console, const domain::Finding& finding)
{
    console.line(domain::findingEvidence(finding));
    if (finding.wasCut)
        return;
    console.line(u"  Why:   "_s + domain::findingCause(finding.kind));
    console.line(u"  To do: "_s + domain::findingRemedy(finding.kind));
    const QString filter = domain::findingFilter(finding.kind);
    if (!filter.isEmpty())
        console.line(u"  Which: queuedeckctl list --where '%1'"_s.arg(filter));
}
} // namespace

Done run(Context& context, const Doctor&)
{
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    const auto findings = await((*session)->jobs().diagnose());
    if (!findings)
        return tl::unexpected(Failure(findings.error()));
    QJsonArray list;
    for (const domain::Finding& finding : *findings) {
        list += findingJson(finding);
        if (!context.console.isJson())
            printFinding(context.console, finding);
    }
    if (context.console.isJson())
        context.console.json({{u"findings"_s, list}});
    else if (findings->isEmpty())
        context.console.line(u"Nothing unusual."_s);
    const bool isWrong = std::any_of(findings->cbegin(), findings->cend(),
                                     [](const domain::Finding& found) { return !found.wasCut; });
    return isWrong ? kWorkFailed : kDone;
}

} // namespace queuedeck::ctl
