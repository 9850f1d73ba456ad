// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/bulkimporthandler.h"

#include "core/base/counted.h"
#include "core/base/logging.h"
#include "core/base/sentence.h"
#include "core/handlers/bulk_import/importfile.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::Sentence;
using engine::TaskResult;

namespace {
TaskResult failureFor(const base::Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled: return TaskResult::postponed(error.detail);
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout:
    case ErrorKind::Conflict:
    case ErrorKind::Internal: return TaskResult::failed(error.detail);
    default: return TaskResult::unrecoverable(error.detail);
    }
}

QString nowText()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

/// Takes the place of what the payload does not say when it names a batch.
base::Status fillFromBatch(ImportRequest& request, const domain::ImportBatch& batch)
{
    request.tenant = batch.tenant;
    request.file = batch.fileKey;
    request.target = domain::importTargetFromText(batch.dataType);
    if (!request.target)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The batch holds \"%1\", which cannot be imported; customers, products, "
                         "scans and sales_report can.")
                .arg(batch.dataType));
    if (request.file.isEmpty())
        return base::fail(ErrorKind::Invalid, Sentence::tr("The batch names no file."));
    return {};
}

void saveResult(const QString& path, const QJsonObject& result)
{
    QSaveFile file(path);
    const QByteArray json = QJsonDocument(result).toJson();
    const bool isOpen = file.open(QIODevice::WriteOnly);
    if (isOpen)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!isOpen || file.write(json) != json.size() || !file.commit())
        qCWarning(lcHandlers).noquote()
            << Sentence::tr("What an import did could not be written to %1: %2")
                   .arg(path, file.errorString());
}

Sentence countWords(const ImportReport& report)
{
    return Sentence::tr("%1 lines, %2 of them rejected: %3")
        .arg(report.rows)
        .arg(report.rejected)
        .arg(
            report.first.isEmpty()
                ? QString()
                : u"line %1, %2"_s.arg(report.first.front().line).arg(report.first.front().reason));
}
} // namespace

BulkImportHandler::BulkImportHandler(OpenImports open, QString folder)
    : m_open(std::move(open))
    , m_folder(std::move(folder))
{
}

TaskResult BulkImportHandler::run(const engine::Task& task)
{
    auto sink = m_open();
    return sink ? runIn(task, **sink) : failureFor(sink.error());
}

TaskResult BulkImportHandler::runIn(const engine::Task& task, domain::ImportSink& sink)
{
    auto request = importRequestFrom(task.payload);
    if (!request)
        return failureFor(request.error());
    if (!request->batch.isEmpty()) {
        const auto batch = sink.batch(request->batch);
        if (!batch)
            return failureFor(batch.error());
        if (const base::Status filled = fillFromBatch(*request, *batch); !filled)
            return failureFor(filled.error());
    }
    const auto path = importFile(m_folder, request->file);
    // It may be on another computer, or come later: nothing is wrong with the job.
    if (!path && path.error().kind == ErrorKind::NotFound)
        return TaskResult::postponed(path.error().detail);
    if (!path)
        return failureFor(path.error());
    if (request->batch.isEmpty())
        return imported(task, *request, *path, sink);

    if (const base::Status started = sink.batchStarted(request->batch); !started)
        return failureFor(started.error());
    const TaskResult result = imported(task, *request, *path, sink);
    const bool isDone = result.kind == TaskResult::Kind::Completed;
    if (result.kind == TaskResult::Kind::Postponed && !task.stop.stop_requested())
        return result; // it goes on soon
    QJsonObject summary;
    if (isDone) {
        summary = {{u"lastRunAt"_s, nowText()}, {u"lastResult"_s, m_lastResult}};
    } else {
        summary = {{u"lastError"_s, result.error}, {u"lastErrorAt"_s, nowText()}};
    }
    const base::Status ended = sink.batchEnded(request->batch, isDone, summary);
    return isDone && !ended ? failureFor(ended.error()) : result;
}

TaskResult BulkImportHandler::imported(const engine::Task& task, const ImportRequest& request,
                                       const QString& path, domain::ImportSink& sink)
{
    ImportWay way;
    way.path = path;
    way.rejectedFile = rejectedFileOf(path, task.id.value);
    way.scope.target = *request.target;
    way.scope.tenant = request.tenant;
    way.scope.user = request.user;
    way.scope.mayUpdate = request.mayUpdate;
    way.scope.job = task.id.value;
    way.isStopped = [&task] { return task.stop.stop_requested() || task.leaving.stop_requested(); };
    task.report(base::Sentence::tr("reading the file"));
    way.progress = [&task](qint64 done, qint64 all) {
        task.report(double(done) / double(std::max<qint64>(1, all)),
                    base::Sentence::tr("%1 of %2 lines")
                        .arg(base::formatCount(done), base::formatCount(all)));
    };
    const auto report = runImport(request, way, sink);
    if (!report)
        return failureFor(report.error());
    m_lastResult = report->json();
    saveResult(resultFileOf(path, task.id.value), m_lastResult);
    if (report->rejected == report->rows)
        return TaskResult::unrecoverable(Sentence::tr("No line can be imported. ") +
                                         countWords(*report));
    return TaskResult::completed();
}

} // namespace queuedeck::handlers
