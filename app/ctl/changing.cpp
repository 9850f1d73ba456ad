// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that change jobs: enqueue, retry, cancel, delete, run-next, cleanup, undo.
#include "app/ctl/archive.h"
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/outcomes.h"
#include "app/endsignals.h"
#include "core/base/clock.h"
#include "core/domain/payloadschema.h"
#include "core/service/localhandlers.h"

#include <QFile>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using domain::JobAction;

namespace {
constexpr qint64 kLargestInput = 8 * 1024 * 1024;

service::ChangeOptions changeOptions(Console& console, const app::EndSignals& stop)
{
    service::ChangeOptions options;
    options.stop = stop.token();
    options.progress = [&console](const domain::ChangeStep& step) {
        const QString words = stepWords(step);
        if (step.phase == domain::ChangeStep::Phase::Held)
            console.note(words);
        else if (step.done < step.total)
            console.progress(words);
    };
    return options;
}

base::Result<domain::Outcome> predicted(service::JobService& jobs, JobAction action,
                                        const service::Selection& selection)
{
    const auto prediction = await(jobs.predict(action, selection));
    return prediction ? base::Result<domain::Outcome>(prediction->outcome)
                      : base::Result<domain::Outcome>(prediction.error());
}

domain::JobIds uniqueIds(const QStringList& texts)
{
    QStringList unique = texts;
    unique.removeDuplicates();
    domain::JobIds ids;
    for (const QString& id : unique)
        ids += domain::JobId{id};
    return ids;
}

/// The filter of a bulk change, or none when ids are named.
tl::expected<std::optional<domain::JobFilter>, Failure> scopeOf(const Change& change)
{
    if (change.all)
        return domain::JobFilter::forStatus(change.action == JobAction::Repair ? u"unknown"_s
                                                                               : u"failed"_s);
    if (!change.where)
        return std::nullopt;
    const auto filter = parseFilter(*change.where);
    if (!filter)
        return tl::unexpected(filter.error());
    if (filter->matchesAll())
        return tl::unexpected(Failure(base::fail(
            ErrorKind::Denied,
            base::Sentence::tr(
                "The filter is empty and would match every job. Say which jobs you mean, as in "
                "status:failed."))));
    return *filter;
}

tl::expected<QByteArray, Failure> payloadOf(const Enqueue& enqueue)
{
    if (enqueue.payload != "-"_L1)
        return enqueue.payload.toUtf8();
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return tl::unexpected(Failure(
            base::fail(ErrorKind::Invalid, base::Sentence::tr("Standard input cannot be read."))));
    return input.read(kLargestInput + 1);
}
} // namespace

Done run(Context& context, const Enqueue& enqueue)
{
    // Payloads of the user's own types are checked against their schemas, too.
    const QVector<service::LocalHandler> handlers = service::readLocalHandlers();
    QStringList known = domain::knownJobTypes() + service::typesOf(handlers);
    known.removeDuplicates();
    if (enqueue.type.trimmed().isEmpty())
        return tl::unexpected(Failure(base::fail(
            ErrorKind::Invalid, base::Sentence::tr("The type of a job must not be empty."))));
    if (!enqueue.anyType && !known.contains(enqueue.type)) {
        Failure failure(base::fail(
            ErrorKind::Invalid,
            base::Sentence::tr(
                "There is no job type \"%1\" here. Known: %2. --any-type adds the job anyway, for "
                "another program to run.")
                .arg(enqueue.type, known.join(u", "_s))));
        failure.hint = service::problemsOf(handlers, enqueue.type);
        return tl::unexpected(failure);
    }
    const auto payload = payloadOf(enqueue);
    if (!payload)
        return tl::unexpected(payload.error());
    if (const auto checked = domain::checkPayload(enqueue.type, *payload); !checked)
        return tl::unexpected(Failure(checked.error()));

    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    const auto ids = await((*session)->jobs().enqueue(enqueue.type, *payload, enqueue.count));
    if (!ids)
        return tl::unexpected(Failure(ids.error()));
    QJsonArray list;
    for (const domain::JobId& id : *ids) {
        if (context.console.isJson())
            list += id.value;
        else
            context.console.line(id.value);
    }
    if (context.console.isJson())
        context.console.json({{u"ids"_s, list}});
    return kDone;
}

Done run(Context& context, const Change& change)
{
    const auto filter = scopeOf(change);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    service::JobService& jobs = (*session)->jobs();
    const app::EndSignals stop;

    service::Selection selection;
    if (*filter) {
        auto frozen = await(jobs.freeze(**filter, stop.token()));
        if (!frozen)
            return tl::unexpected(Failure(frozen.error()));
        selection = {std::move(*frozen), (*filter)->text()};
    } else {
        const domain::JobIds ids = uniqueIds(change.ids);
        selection.jobs = ids;
        selection.scope = ids.size() == 1 ? u"1 named job"_s : u"%1 named jobs"_s.arg(ids.size());
    }
    service::ChangeOptions options = changeOptions(context.console, stop);
    options.plan = change.plan;
    const auto outcome = change.dryRun ? predicted(jobs, change.action, selection)
                                       : await(jobs.change(change.action, selection, options));
    if (!outcome)
        return tl::unexpected(Failure(outcome.error()));
    printOutcome(context.console, *outcome, changedWord(change.action));
    if (change.action != JobAction::RunNext)
        tellUndo(context.console, *outcome);
    // If jobs were named and none of them changed, the command did not do what was asked.
    const bool isFutile = !*filter && outcome->changed == 0;
    if (outcome->cancelled || isFutile)
        return kWorkFailed;
    return tellFailure(context.console, *outcome);
}

Done run(Context& context, const CleanUp& cleanUp)
{
    if (!cleanUp.archive.isEmpty()) {
        if (const base::Status free = checkArchive(cleanUp.archive); !free)
            return tl::unexpected(Failure(free.error()));
    }
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    service::JobService& jobs = (*session)->jobs();
    const app::EndSignals stop;

    domain::CleanUp request =
        domain::CleanUp::olderThan(cleanUp.olderThanDays, base::Clock::system().now());
    request.keepReports = cleanUp.keepReports;
    if (!cleanUp.statuses.isEmpty()) {
        request.statuses.clear();
        for (const QString& status : cleanUp.statuses)
            request.statuses += domain::statusFromText(status);
    }
    const auto preview = await(jobs.previewCleanUp(request, stop.token()));
    if (!preview)
        return tl::unexpected(Failure(preview.error()));

    std::optional<qint64> archived;
    if (!cleanUp.archive.isEmpty() && !cleanUp.dryRun && !preview->frozen.isEmpty()) {
        const auto written = writeArchive(jobs, preview->frozen, cleanUp.archive, stop.token());
        if (!written)
            return tl::unexpected(Failure(written.error()));
        archived = *written;
    }
    auto outcome =
        cleanUp.dryRun
            ? predicted(jobs, JobAction::Delete, {preview->frozen, {}})
            : await(jobs.cleanUp(request, *preview, changeOptions(context.console, stop)));
    if (!outcome)
        return tl::unexpected(Failure(outcome.error()));
    if (cleanUp.dryRun)
        outcome->lost = preview->lost;
    if (context.console.isJson()) {
        QJsonObject json = outcomeJson(*outcome);
        if (archived)
            json[u"archived"_s] = *archived;
        context.console.json(json);
    } else if (outcome->matched == 0) {
        context.console.line(u"Nothing is older than %1 days."_s.arg(cleanUp.olderThanDays));
    } else {
        if (archived)
            context.console.line(
                u"%1 written to %2."_s.arg(*archived).arg(visible(cleanUp.archive)));
        printOutcome(context.console, *outcome, u"deleted"_s);
        tellUndo(context.console, *outcome);
    }
    if (outcome->cancelled)
        return kWorkFailed;
    return tellFailure(context.console, *outcome);
}

namespace {
using Start = QFuture<base::Result<domain::Outcome>> (*)(service::JobService& jobs,
                                                         const domain::JournalId& entry,
                                                         const service::ChangeOptions& options);

Done runOnEntry(Context& context, const QString& entry, const QString& word, Start start)
{
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    const app::EndSignals stop;
    const auto outcome =
        await(start((*session)->jobs(), {entry}, changeOptions(context.console, stop)));
    if (!outcome)
        return tl::unexpected(Failure(outcome.error()));
    printOutcome(context.console, *outcome, word);
    if (outcome->cancelled || outcome->changed == 0)
        return kWorkFailed;
    return tellFailure(context.console, *outcome);
}
} // namespace

Done run(Context& context, const Undo& undo)
{
    return runOnEntry(
        context, undo.entry, u"restored"_s,
        [](service::JobService& jobs, const domain::JournalId& entry,
           const service::ChangeOptions& options) { return jobs.undo(entry, options); });
}

Done run(Context& context, const Redo& redo)
{
    return runOnEntry(context, redo.entry, u"changed again"_s,
                      [](service::JobService& jobs, const domain::JournalId& entry,
                         const service::ChangeOptions& options) {
                          return entry.isEmpty() ? jobs.redo(options) : jobs.undo(entry, options);
                      });
}

Done run(Context& context, const Resume& resume)
{
    return runOnEntry(
        context, resume.entry, u"changed"_s,
        [](service::JobService& jobs, const domain::JournalId& entry,
           const service::ChangeOptions& options) { return jobs.resume(entry, options); });
}

Done run(Context& context, const Forget& forget)
{
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    service::JobService& jobs = (*session)->jobs();
    const QDateTime before = base::Clock::system().now().addDays(-forget.olderThanDays);
    const app::EndSignals stop;
    if (forget.dryRun) {
        const auto entries = await(jobs.countJournalBefore(before));
        if (!entries)
            return tl::unexpected(Failure(entries.error()));
        domain::Outcome outcome;
        outcome.dryRun = true;
        outcome.matched = outcome.changed = *entries;
        printOutcome(context.console, outcome, u"entries forgotten"_s);
        return kDone;
    }
    const auto outcome = await(jobs.forgetJournal(before, changeOptions(context.console, stop)));
    if (!outcome)
        return tl::unexpected(Failure(outcome.error()));
    printOutcome(context.console, *outcome, u"entries forgotten"_s);
    return outcome->cancelled ? Done(kWorkFailed) : Done(tellFailure(context.console, *outcome));
}

} // namespace queuedeck::ctl
