// SPDX-License-Identifier: GPL-3.0-or-later
// errors: what went wrong, and how often; and why one job failed.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/base/counted.h"
#include "core/service/errorgroupservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::ErrorGroup;
using domain::ErrorGroups;

namespace {
constexpr int kNewest = 10'000; // what one job is compared with

QJsonArray variesJson(const ErrorGroup& group)
{
    QJsonArray places;
    for (const domain::ErrorVarying& varying : group.varies) {
        QJsonArray values;
        for (const auto& [value, count] : varying.byCount())
            values += QJsonObject{{u"value"_s, value}, {u"count"_s, count}};
        places += QJsonObject{{u"place"_s, domain::placeholder(varying.kind)},
                              {u"values"_s, values},
                              {u"others"_s, varying.others}};
    }
    return places;
}

QJsonObject groupJson(const ErrorGroups& groups, const ErrorGroup& group, const QString& filter)
{
    QJsonObject types;
    for (const auto& [type, count] : group.types)
        types[type] = count;
    QJsonArray examples;
    for (const domain::ErrorExample& example : group.examples)
        examples += example.id.value;
    return {{u"signature"_s, group.signature},
            {u"count"_s, group.count},
            {u"share"_s, groups.share(group)},
            {u"types"_s, types},
            {u"firstSeen"_s, timeJson(group.first)},
            {u"lastSeen"_s, timeJson(group.last)},
            {u"exampleIds"_s, examples},
            {u"varies"_s, variesJson(group)},
            {u"filter"_s, domain::groupFilter(filter, group, groups.groups)}};
}

QString typesWord(const ErrorGroup& group)
{
    if (group.types.size() == 1)
        return visible(group.types.begin()->first);
    return u"%1 types"_s.arg(group.types.size());
}

QStringList groupRow(const ErrorGroups& groups, const ErrorGroup& group)
{
    return {base::formatCount(group.count),
            QString::number(100 * groups.share(group), 'f', 1) + u" %"_s,
            shortTime(group.first),
            shortTime(group.last),
            typesWord(group),
            group.signature.isEmpty() ? u"(no error text)"_s : visible(group.signature)};
}

QString totalWords(const ErrorGroups& groups)
{
    const QString jobs = base::counted("ctl", "1 job", "%L1 jobs", groups.total);
    const QString in = base::counted("ctl", "1 group", "%L1 groups", qint64(groups.groups.size()));
    return groups.others == 0
               ? u"%1 in %2."_s.arg(jobs, in)
               : u"%1 in %2, and %3 with errors that are told apart no further."_s.arg(
                     jobs, in, base::formatCount(groups.others));
}
} // namespace

Done run(Context& context, const Errors& errors)
{
    const auto filter = filterOf(errors.status, errors.type, errors.where);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    const auto groups =
        await((*session)->errorGroups().all(*filter, {}, [&context](const ErrorGroups& sofar) {
            context.console.progress(u"%1 read, back to %2"_s.arg(base::formatCount(sofar.total),
                                                                  shortTime(sofar.readTo)));
        }));
    context.console.endProgress();
    if (!groups)
        return tl::unexpected(Failure(groups.error()));

    QVector<QStringList> rows;
    for (const ErrorGroup& group : groups->groups) {
        if (rows.size() == errors.limit)
            break;
        rows += groupRow(*groups, group);
        if (context.console.isJson())
            context.console.json(groupJson(*groups, group, filter->text()));
    }
    const qint64 left = qint64(groups->groups.size()) - rows.size();
    if (groups->total == 0)
        context.console.note(errors.status == "failed"_L1 ? u"Nothing failed here."_s
                                                          : u"No job has an error here."_s);
    else if (!context.console.isJson())
        context.console.line(
            table({u"JOBS"_s, u"SHARE"_s, u"FIRST (UTC)"_s, u"LAST (UTC)"_s, u"TYPE"_s, u"ERROR"_s},
                  rows));
    if (groups->total > 0)
        context.console.note(totalWords(*groups));
    if (left > 0)
        context.console.note(u"%1 more with --limit %2."_s.arg(left).arg(groups->groups.size()));
    return kDone;
}

QString whyItFailed(service::Session& session, const domain::Job& job)
{
    if (job.status != domain::JobStatus::Failed)
        return {};
    const auto newest = await(
        session.errorGroups().next(service::ErrorGroupService::failedJobs(), {}, kNewest, {}));
    if (!newest)
        return {};
    const QString signature = domain::signatureOf(job.error).text;
    const ErrorGroup* alike = newest->groups.find(signature);
    return domain::whyItFailed(signature, alike ? alike->count : 0, newest->groups.total,
                               !newest->groups.isWhole);
}

} // namespace queuedeck::ctl
