// SPDX-License-Identifier: GPL-3.0-or-later
// import: tries a file out, or adds the job that imports it, and with --wait runs it here.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/endsignals.h"
#include "core/service/engineservice.h"
#include "core/service/importservice.h"
#include "core/service/jobservice.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using domain::JobStatus;
using service::ImportResult;

namespace {
constexpr int kPollMs = 250;
constexpr qsizetype kShownReasons = 10;
constexpr qint64 kLargestMapping = 1024 * 1024;
const QString kType = u"bulk_import"_s;

tl::expected<QMap<QString, QString>, Failure> mappingOf(const Import& import)
{
    QMap<QString, QString> mapping;
    if (!import.mappingFile.isEmpty()) {
        QFile file(import.mappingFile);
        if (!file.open(QIODevice::ReadOnly))
            return tl::unexpected(Failure(
                base::fail(ErrorKind::NotFound, base::Sentence::tr("%1 cannot be read: %2.")
                                                    .arg(import.mappingFile, file.errorString()))));
        QJsonParseError error;
        const auto json = QJsonDocument::fromJson(file.read(kLargestMapping), &error);
        if (!json.isObject())
            return tl::unexpected(Failure(
                base::fail(ErrorKind::Invalid,
                           base::Sentence::tr("%1 must hold a JSON object, as in {\"name\": "
                                              "\"Firma\"}.")
                               .arg(import.mappingFile))));
        const QJsonObject columns = json.object();
        for (auto field = columns.begin(); field != columns.end(); ++field)
            mapping[field.key()] = field.value().toString();
    }
    for (const QString& pair : import.mapping)
        mapping[pair.section(u'=', 0, 0)] = pair.section(u'=', 1);
    return mapping;
}

void printColumns(Console& console, const ImportResult& result)
{
    QVector<QStringList> rows;
    for (const ImportResult::Column& column : result.columns)
        rows += {visible(column.name), column.field.isEmpty() ? u"left out"_s : column.field,
                 column.isSuggested ? u"suggested"_s : QString()};
    console.line(table({u"COLUMN"_s, u"FIELD"_s, QString()}, rows));
}

QJsonObject resultJson(const ImportResult& result)
{
    QJsonObject mapping;
    QJsonArray unused;
    for (const ImportResult::Column& column : result.columns) {
        if (column.field.isEmpty())
            unused += column.name;
        else
            mapping[column.field] = column.name;
    }
    QJsonObject reasons;
    for (auto reason = result.reasons.begin(); reason != result.reasons.end(); ++reason)
        reasons[reason.key()] = *reason;
    QJsonArray first;
    for (const ImportResult::Rejection& one : result.first)
        first += QJsonObject{{u"line"_s, one.line}, {u"reason"_s, one.reason}};
    QJsonObject json{{u"rows"_s, result.rows},         {u"created"_s, result.created},
                     {u"updated"_s, result.updated},   {u"unchanged"_s, result.unchanged},
                     {u"rejected"_s, result.rejected}, {u"reasons"_s, reasons},
                     {u"firstRejected"_s, first},      {u"mapping"_s, mapping},
                     {u"unusedColumns"_s, unused}};
    if (!result.rejectedFile.isEmpty())
        json[u"rejectedFile"_s] = result.rejectedFile;
    return json;
}

void printResult(Console& console, const ImportResult& result, bool isTrial, const QString& job)
{
    if (console.isJson()) {
        QJsonObject json = resultJson(result);
        if (isTrial)
            json[u"dryRun"_s] = true;
        else
            json[u"jobId"_s] = job;
        console.json(json);
        return;
    }
    if (isTrial)
        printColumns(console, result);
    console.line(u"%1 lines: %2 new, %3 updated, %4 unchanged, %5 rejected."_s.arg(result.rows)
                     .arg(result.created)
                     .arg(result.updated)
                     .arg(result.unchanged)
                     .arg(result.rejected));
    for (const ImportResult::Rejection& one : result.first.mid(0, kShownReasons))
        console.line(u"    line %1: %2"_s.arg(one.line).arg(visible(one.reason)));
    if (result.rejected > kShownReasons)
        console.line(u"    and %1 more"_s.arg(result.rejected - kShownReasons));
    if (!result.rejectedFile.isEmpty())
        console.line(u"The rejected lines are in %1."_s.arg(visible(result.rejectedFile)));
    if (isTrial)
        console.line(u"This was tried out and rolled back. Nothing has been changed."_s);
}

/// Runs engines here until the job is done, alongside any other that runs.
base::Result<domain::JobDetail> runToEnd(service::Session& session, const domain::JobId& id,
                                         const app::EndSignals& stop)
{
    service::Selection first;
    first.jobs = {id};
    first.scope = u"1 import"_s;
    if (const auto moved = await(session.jobs().change(domain::JobAction::RunNext, first)); !moved)
        return moved.error();
    service::EngineSettings settings;
    settings.types = {kType};
    settings.maxJobs = 1;
    settings.untilEmpty = true;
    for (;;) {
        if (const auto report = await(session.engine().process(settings, stop.token())); !report)
            return report.error();
        auto job = await(session.jobs().job(id));
        if (!job)
            return job;
        const bool isDone =
            job->job.status == JobStatus::Completed || job->job.status == JobStatus::Failed;
        if (isDone || stop.isAsked())
            return job;
        QEventLoop pause; // it waits for its next attempt or runs in another engine
        QTimer::singleShot(kPollMs, &pause, &QEventLoop::quit);
        pause.exec();
    }
}

Done waitFor(Context& context, service::Session& session, const service::AddedImport& added,
             const Import& import)
{
    const app::EndSignals stop;
    const auto job = await(session.jobs().job(added.job));
    if (!job)
        return tl::unexpected(Failure(job.error()));
    const auto ended = runToEnd(session, added.job, stop);
    if (!ended)
        return tl::unexpected(Failure(ended.error()));
    if (ended->job.status != JobStatus::Completed && ended->job.status != JobStatus::Failed)
        return tl::unexpected(Failure(
            base::fail(ErrorKind::Cancelled,
                       base::Sentence::tr("Stopped before job %1 was done. It stays in the queue.")
                           .arg(added.job.value))));
    auto result = await(session.imports().result(added));
    if (ended->job.status == JobStatus::Failed && !result) {
        Failure failure(base::fail(ErrorKind::Invalid, ended->job.error));
        failure.code = kWorkFailed;
        return tl::unexpected(failure);
    }
    if (!result)
        return tl::unexpected(Failure(result.error()));
    if (!import.rejected.isEmpty() && !result->rejectedFile.isEmpty()) {
        QFile::remove(import.rejected);
        if (!QFile::copy(result->rejectedFile, import.rejected))
            return tl::unexpected(Failure(base::fail(
                ErrorKind::Unreachable,
                base::Sentence::tr("The rejected lines are in %1; they could not be copied "
                                   "to %2.")
                    .arg(result->rejectedFile, import.rejected))));
        result->rejectedFile = import.rejected;
    }
    printResult(context.console, *result, false, added.job.value);
    return result->rejected > 0 ? kWorkFailed : kDone;
}
} // namespace

Done run(Context& context, const Import& import)
{
    const auto mapping = mappingOf(import);
    if (!mapping)
        return tl::unexpected(mapping.error());
    if (!import.rejected.isEmpty() && !import.wait && !import.dryRun)
        return tl::unexpected(Failure(base::fail(
            ErrorKind::Invalid,
            base::Sentence::tr("--rejected needs --wait or --dry-run, since a job that runs "
                               "later saves them beside its file."))));
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    service::ImportChoice choice{QFileInfo(import.file).absoluteFilePath(), import.target};
    choice.mapping = *mapping;
    choice.tenant = import.tenant;
    choice.user = import.user;
    choice.encoding = import.encoding;
    choice.separator = import.separator;
    choice.numbers = import.numbers;
    choice.dates = QString(import.dates).replace(u'-', u' ');
    choice.mayUpdate = !import.keepExisting;
    if (import.dryRun) {
        const app::EndSignals stop;
        const auto result =
            await((*session)->imports().tryOut(choice, import.rejected, stop.token()));
        if (!result)
            return tl::unexpected(Failure(result.error()));
        printResult(context.console, *result, true, {});
        return result->rejected > 0 ? kWorkFailed : kDone;
    }
    const auto added = await((*session)->imports().add(choice));
    if (!added)
        return tl::unexpected(Failure(added.error()));
    if (import.wait)
        return waitFor(context, **session, *added, import);
    if (context.console.isJson())
        context.console.json({{u"jobId"_s, added->job.value}, {u"file"_s, added->file}});
    else
        context.console.line(added->job.value);
    return kDone;
}

} // namespace queuedeck::ctl
