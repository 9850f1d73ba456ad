// SPDX-License-Identifier: GPL-3.0-or-later
// The commands that change jobs: enqueue, retry, cancel, delete, run-next, cleanup, undo.
#include "app/ctl/archive.h"
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/endsignals.h"
#include "core/base/clock.h"
#include "core/domain/payloadschema.h"
#include "core/service/localhandlers.h"

#include <QFile>
#include <QJsonArray>

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using domain::JobAction;

namespace {
constexpr qint64 kLargestInput = 8 * 1024 * 1024;

QString changedWord(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return u"re-queued"_s;
    case JobAction::Cancel: return u"cancelled"_s;
    case JobAction::Delete: return u"deleted"_s;
    case JobAction::RunNext: return u"moved to the front"_s;
    case JobAction::Repair: return u"repaired"_s;
    }
    return u"changed"_s;
}

/// "12 re-queued, 1 skipped: already running."
QString outcomeWords(const domain::Outcome& outcome, const QString& changedWord)
{
    QString words = u"%1 %2"_s.arg(outcome.changed).arg(changedWord);
    std::map<QString, int> reasons;
    for (const domain::Skipped& row : outcome.skipped)
        ++reasons[row.why.text()];
    for (const auto& [reason, count] : reasons)
        words += u", %1 skipped: %2"_s.arg(count).arg(visible(reason));
    return words + u'.';
}

void printOutcome(Console& console, const domain::Outcome& outcome, const QString& changedWord)
{
    if (console.isJson()) {
        console.json(outcomeJson(outcome));
        return;
    }
    console.line(outcomeWords(outcome, changedWord));
    if (outcome.cancelled)
        console.line(u"Stopped. %1 were not touched."_s.arg(outcome.matched - outcome.changed -
                                                            outcome.skipped.size()));
    if (outcome.wereRunning > 0 && !outcome.dryRun)
        console.line(u"%1 of them were running. Another processor may still complete them."_s.arg(
            outcome.wereRunning));
    if (outcome.changed > 0 && !outcome.lost.isEmpty())
        console.line(u"Undo does not bring back: %1."_s.arg(
            visible(base::english(outcome.lost).join(u"; "_s))));
    if (outcome.dryRun)
        console.line(u"Nothing has been changed."_s);
}

// Changes already made stay; the rest was not tried. JSON has the error with the counts.
int tellFailure(Console& console, const domain::Outcome& outcome)
{
    if (outcome.failure)
        console.note(u"%1 %2 of %3 were changed before that; the rest was left as it was."_s
                         .arg(outcome.failure->detail)
                         .arg(outcome.changed)
                         .arg(outcome.matched));
    return outcome.failure ? kWorkFailed : kDone;
}

void tellUndo(Console& console, const domain::Outcome& outcome)
{
    if (!console.isJson() && !outcome.journal.isEmpty())
        console.line(u"Undo: queuedeckctl undo "_s + outcome.journal.value);
}

service::ChangeOptions changeOptions(Console& console, const app::EndSignals& stop)
{
    service::ChangeOptions options;
    options.stop = stop.token();
    options.progress = [&console](qint64 done, qint64 total) {
        if (done < total)
            console.progress(u"%1 of %2 …"_s.arg(done).arg(total));
    };
    return options;
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
    const auto outcome = await(change.dryRun ? jobs.predict(change.action, selection)
                                             : jobs.change(change.action, selection,
                                                           changeOptions(context.console, stop)));
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
    auto outcome = await(
        cleanUp.dryRun ? jobs.predict(JobAction::Delete, {preview->frozen, {}})
                       : jobs.cleanUp(request, *preview, changeOptions(context.console, stop)));
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

} // namespace queuedeck::ctl
