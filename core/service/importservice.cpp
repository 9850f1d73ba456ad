// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/importservice.h"

#include "core/async/taskthread.h"
#include "core/base/privatefiles.h"
#include "core/domain/payloadschema.h"
#include "core/handlers/bulk_import/importfile.h"
#include "core/handlers/bulk_import/importlook.h"
#include "core/handlers/bulk_import/importrun.h"
#include "core/service/home.h"
#include "core/service/sessionthreads.h"
#include "core/store/imports/importwriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr int kKeepDays = 30;
const QString kType = u"bulk_import"_s;
const QString kSent = u"sent"_s; // the folder of copies, below that of imports

QJsonObject payloadOf(const ImportChoice& choice, const QString& file)
{
    QJsonObject payload{{u"file"_s, file},
                        {u"dataType"_s, domain::importTargetText(choice.target)}};
    const auto put = [&payload](const QString& key, const QString& value) {
        if (!value.isEmpty())
            payload[key] = value;
    };
    put(u"tenantId"_s, choice.tenant);
    put(u"userId"_s, choice.user);
    put(u"encoding"_s, choice.encoding);
    put(u"separator"_s, choice.separator);
    put(u"numbers"_s, choice.numbers);
    put(u"dates"_s, choice.dates);
    if (!choice.mayUpdate)
        payload[u"updateExisting"_s] = false;
    if (!choice.hasNames)
        payload[u"hasNames"_s] = false;
    if (choice.headerLine > 0)
        payload[u"headerLine"_s] = choice.headerLine;
    QJsonObject mapping;
    for (auto field = choice.mapping.begin(); field != choice.mapping.end(); ++field)
        mapping[field.key()] = *field;
    if (!mapping.isEmpty())
        payload[u"mapping"_s] = mapping;
    return payload;
}

/// The choice as a job would have it, checked by the same schema.
base::Result<handlers::ImportRequest> requestOf(const ImportChoice& choice, const QString& file)
{
    const QByteArray text = QJsonDocument(payloadOf(choice, file)).toJson(QJsonDocument::Compact);
    const auto checked = domain::checkPayload(kType, text);
    if (!checked)
        return checked.error();
    return handlers::importRequestFrom(*checked);
}

QVector<ImportResult::Shown> shownFrom(const QVector<handlers::PreviewLine>& lines)
{
    QVector<ImportResult::Shown> shown;
    for (const handlers::PreviewLine& line : lines)
        shown += {line.line, line.kind, line.values, line.faults, line.warnings, line.reason};
    return shown;
}

ImportLook lookFrom(const handlers::ImportLook& found)
{
    ImportLook look;
    look.bytes = found.table.bytes;
    look.isText = found.table.format == tabular::TableFormat::Csv;
    if (look.isText) {
        look.encoding = tabular::encodingName(found.table.encoding);
        look.encodingWhy = found.table.encodingWhy;
        look.separator = found.table.separator;
    }
    look.sheet = found.table.sheet;
    look.headerLine = found.table.headerLine;
    for (const auto& [match, example] : found.columns)
        look.columns += {match.column, example, match.field,
                         match.how == handlers::ColumnMatch::How::Suggested};
    return look;
}

ImportResult resultFrom(const handlers::ImportReport& report)
{
    ImportResult result;
    if (report.table.format == tabular::TableFormat::Csv) {
        result.encoding = tabular::encodingName(report.table.encoding);
        result.separator = report.table.separator;
        result.numbers = report.style.decimalComma ? u"1.234,56"_s : u"1,234.56"_s;
    }
    for (const handlers::ColumnMatch& match : report.columns)
        result.columns +=
            {match.column, match.field, match.how == handlers::ColumnMatch::How::Suggested};
    result.rows = report.rows;
    result.created = report.created;
    result.updated = report.updated;
    result.unchanged = report.unchanged;
    result.rejected = report.rejected;
    result.reasons = report.reasons;
    for (const auto& one : report.first)
        result.first += {one.line, one.reason};
    result.rejectedFile = report.rejectedFile;
    result.previewFields = report.preview.fields();
    result.preview = shownFrom(report.preview.all());
    result.previewProblems = shownFrom(report.preview.problems());
    result.previewWarnings = shownFrom(report.preview.warnings());
    result.warnings = report.warnings;
    return result;
}

ImportResult resultFrom(const QJsonObject& json)
{
    ImportResult result;
    result.rows = json["rows"_L1].toInteger();
    result.created = json["created"_L1].toInteger();
    result.updated = json["updated"_L1].toInteger();
    result.unchanged = json["unchanged"_L1].toInteger();
    result.rejected = json["rejected"_L1].toInteger();
    result.rejectedFile = json["rejectedFile"_L1].toString();
    const QJsonObject reasons = json["reasons"_L1].toObject();
    for (auto reason = reasons.begin(); reason != reasons.end(); ++reason)
        result.reasons[reason.key()] = reason.value().toInteger();
    for (const QJsonValue& one : json["first"_L1].toArray())
        result.first += {one["line"_L1].toInteger(), one["reason"_L1].toString()};
    const QJsonObject mapping = json["mapping"_L1].toObject();
    for (auto field = mapping.begin(); field != mapping.end(); ++field)
        result.columns += {field.value().toString(), field.key(), false};
    return result;
}

// A copy holds what is in the database too, and is of no use once its job is forgotten.
void removeOldCopies(const QString& folder)
{
    const QDateTime before = QDateTime::currentDateTimeUtc().addDays(-kKeepDays);
    for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files)) {
        if (file.lastModified() < before)
            QFile::remove(file.filePath());
    }
}

/// Copies the file, whole or not at all; returns its path below the folder of imports.
base::Result<QString> copied(const QString& path)
{
    const QString folder = importFolder() + u'/' + kSent;
    if (const base::Status made = base::makePrivateFolder(folder); !made)
        return made.error();
    removeOldCopies(folder);
    const QString name = domain::newUuid(QDateTime::currentMSecsSinceEpoch()).left(18) + u'-' +
                         QFileInfo(path).fileName().right(100);
    const QString part = folder + u'/' + name + u".part"_s;
    QFile source(path);
    const bool isCopied = source.copy(part) && QFile::setPermissions(part, base::kPrivateFile) &&
                          QFile::rename(part, folder + u'/' + name);
    if (!isCopied) {
        QFile::remove(part);
        return fail(ErrorKind::Unreachable,
                    Sentence::tr("The file could not be copied into %1: %2.")
                        .arg(folder, source.errorString()));
    }
    return kSent + u'/' + name;
}
} // namespace

ImportService::ImportService(std::shared_ptr<SessionThreads> threads, std::function<void()> onAdded)
    : m_threads(std::move(threads))
    , m_onAdded(std::move(onAdded))
    , m_thread(std::make_unique<async::TaskThread>("qd-import"))
{
}

ImportService::~ImportService() = default;

QFuture<base::Result<ImportLook>> ImportService::look(const ImportChoice& choice)
{
    return m_thread->run([choice]() -> base::Result<ImportLook> {
        const auto request = requestOf(choice, choice.file);
        if (!request)
            return request.error();
        const auto found = handlers::lookAtImport(*request, choice.file);
        if (!found)
            return found.error();
        return lookFrom(*found);
    });
}

QFuture<base::Result<QString>> ImportService::keepRejected(const QString& from, const QString& to)
{
    return m_thread->run([from, to]() -> base::Result<QString> {
        QFile::remove(to);
        if (QFile::rename(from, to))
            return to;
        return fail(
            ErrorKind::Denied,
            base::Sentence::tr("The rejected lines could not be saved as %1. They are in %2.")
                .arg(to, from));
    });
}

QFuture<base::Result<ImportResult>> ImportService::tryOut(const ImportChoice& choice,
                                                          const QString& rejectedFile,
                                                          const std::stop_token& stop,
                                                          const Progress& progress)
{
    return m_thread->run([=, threads = m_threads]() -> base::Result<ImportResult> {
        const auto request = requestOf(choice, choice.file);
        if (!request)
            return request.error();
        auto store = threads->openStore();
        if (!store)
            return store.error();
        store::ImportWriter sink(std::move(*store), base::Clock::system());
        handlers::ImportWay way;
        way.path = choice.file;
        way.rejectedFile = rejectedFile;
        way.scope.target = choice.target;
        way.scope.tenant = choice.tenant;
        way.scope.user = choice.user;
        way.scope.mayUpdate = choice.mayUpdate;
        way.scope.dryRun = true;
        way.scope.job = domain::newUuid(QDateTime::currentMSecsSinceEpoch());
        way.withPreview = true;
        way.progress = progress;
        way.isStopped = [stop] { return stop.stop_requested(); };
        const auto report = handlers::runImport(*request, way, sink);
        if (!report)
            return report.error();
        return resultFrom(*report);
    });
}

QFuture<base::Result<AddedImport>> ImportService::add(const ImportChoice& choice)
{
    return m_thread->run(
        [choice, threads = m_threads, onAdded = m_onAdded]() -> base::Result<AddedImport> {
            const auto request = requestOf(choice, choice.file);
            if (!request)
                return request.error();
            if (const base::Status fits = handlers::checkImport(*request, choice.file); !fits)
                return fits.error();
            auto store = threads->openStore();
            if (!store)
                return store.error();
            const auto copy = copied(choice.file);
            if (!copy)
                return copy.error();
            const QByteArray payload =
                QJsonDocument(payloadOf(choice, *copy)).toJson(QJsonDocument::Compact);
            const auto ids = (*store)->additions.enqueue({domain::NewJob::withText(kType, payload)},
                                                         domain::Actor::current());
            if (!ids) {
                QFile::remove(importFolder() + u'/' + *copy);
                return ids.error();
            }
            if (onAdded)
                onAdded();
            return AddedImport{ids->front(), *copy};
        });
}

QFuture<base::Result<ImportResult>> ImportService::result(const AddedImport& added)
{
    return m_thread->run([added]() -> base::Result<ImportResult> {
        const QString path = importFolder() + u'/' + added.file;
        QFile file(handlers::resultFileOf(QFileInfo(path).canonicalFilePath(), added.job.value));
        if (!file.open(QIODevice::ReadOnly))
            return fail(
                ErrorKind::NotFound,
                Sentence::tr("The import ran on another computer; what it did is kept there."));
        return resultFrom(QJsonDocument::fromJson(file.readAll()).object());
    });
}

} // namespace queuedeck::service
