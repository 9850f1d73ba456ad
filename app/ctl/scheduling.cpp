// SPDX-License-Identifier: GPL-3.0-or-later
// schedule: files for what runs jobs at set times.
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/base/clock.h"
#include "core/domain/cronwords.h"
#include "core/service/remoteservice.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QSaveFile>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using service::ScheduleRequest;
using service::ScheduleTarget;
using service::ScheduleText;
using service::ScheduleTexts;

namespace {
constexpr int kRunsTold = 3;

bool isElsewhere(ScheduleTarget target)
{
    return target == ScheduleTarget::GitHub || target == ScheduleTarget::Vercel;
}

base::Error cannotWrite(const QFileDevice& file)
{
    // Qt has no reason for a file of which a part was written.
    const QString reason = file.errorString() == "Unknown error"_L1
                               ? u"there is no room for all of it"_s
                               : file.errorString();
    return base::fail(ErrorKind::Internal,
                      u"The file %1 cannot be written: %2."_s.arg(file.fileName(), reason));
}

struct NewFile
{
    QString path; ///< empty: a person has filled this one in, and it stays
    std::unique_ptr<QFileDevice> device = {};
};
using NewFiles = std::vector<NewFile>;

bool isThere(const QString& path)
{
    return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
}

base::Status fill(NewFile& file, const ScheduleText& text, bool force)
{
    const QString folder = QFileInfo(file.path).path();
    if (!QDir().mkpath(folder))
        return base::fail(ErrorKind::Internal, u"The folder %1 cannot be made."_s.arg(folder));
    // Without force the name itself is taken at once, so that what came just now is not lost.
    std::unique_ptr<QFileDevice> device;
    if (force)
        device = std::make_unique<QSaveFile>(file.path);
    else
        device = std::make_unique<QFile>(file.path);
    if (!device->open(force ? QIODevice::WriteOnly : QIODevice::WriteOnly | QIODevice::NewOnly))
        return cannotWrite(*device);
    file.device = std::move(device);
    const auto mine = QFile::ReadOwner | QFile::WriteOwner;
    const QByteArray bytes = text.text.toUtf8();
    if ((text.isPrivate && !file.device->setPermissions(mine)) ||
        file.device->write(bytes) != bytes.size() || !file.device->flush())
        return cannotWrite(*file.device);
    return {};
}

// All of them or none: each is written whole before the first one counts.
base::Status writeAll(NewFiles& files, const ScheduleTexts& texts, bool force)
{
    base::Status status;
    for (std::size_t i = 0; i < files.size() && status; ++i) {
        if (!files[i].path.isEmpty())
            status = fill(files[i], texts.files[qsizetype(i)], force);
    }
    for (const NewFile& file : files) {
        if (auto* saved = qobject_cast<QSaveFile*>(file.device.get())) {
            if (status && !saved->commit())
                status = cannotWrite(*saved);
        } else if (file.device && !status) {
            file.device->close();
            QFile::remove(file.path); // by name: an object with an error does not remove its file
        }
    }
    return status;
}

/// Where files were written; empty for one that is left as it was.
tl::expected<QStringList, Failure> writeFiles(const WriteSchedule& schedule,
                                              const ScheduleTexts& texts)
{
    NewFiles files;
    QStringList paths;
    for (const ScheduleText& text : texts.files) {
        const QString path = QDir::cleanPath(QDir(schedule.folder).absoluteFilePath(text.name));
        if (isThere(path) && !schedule.force)
            return tl::unexpected(Failure(base::fail(
                ErrorKind::Denied, u"There is already a file %1, and it is not overwritten without "
                                   "--force. Nothing was written."_s.arg(path))));
        paths += isThere(path) && text.isPrivate ? QString() : path;
        files.push_back({paths.last()});
    }
    if (const auto written = writeAll(files, texts, schedule.force); !written)
        return tl::unexpected(Failure(written.error()));
    return paths;
}

// What holds for this command and will not where the schedule runs.
QStringList notWritten(const Context& context, const ScheduleRequest& request)
{
    QStringList notes;
    if (!request.url.isEmpty())
        return notes;
    if (!context.address.isEmpty())
        notes += u"The address of the database is not written down, since it may hold a password. "
                 "Put it into queuedeck.env as QUEUEDECK_DATABASE_URL."_s;
    if (qEnvironmentVariableIsSet("QUEUEDECK_HOME"))
        notes += u"QUEUEDECK_HOME is set here. Put it into queuedeck.env as well."_s;
    return notes;
}

QJsonObject scheduleJson(const domain::Cron& cron, const QVector<QDateTime>& runs,
                         const ScheduleTexts& texts, const QStringList& paths)
{
    QJsonArray files;
    for (qsizetype i = 0; i < texts.files.size(); ++i) {
        const QString path = paths.value(i);
        files += QJsonObject{{u"name"_s, texts.files[i].name},
                             {u"path"_s, path.isEmpty() ? QJsonValue() : QJsonValue(path)},
                             {u"private"_s, texts.files[i].isPrivate},
                             {u"text"_s, texts.files[i].text}};
    }
    QJsonArray nextRuns;
    for (const QDateTime& run : runs)
        nextRuns += timeJson(run);
    return {{u"cron"_s, cron.text()},
            {u"numbers"_s, cron.numbers()},
            {u"words"_s, domain::cronInWords(cron)},
            {u"nextRuns"_s, nextRuns},
            {u"files"_s, files},
            {u"steps"_s, QJsonArray::fromStringList(texts.steps)},
            {u"warnings"_s, QJsonArray::fromStringList(texts.warnings)}};
}

void printFiles(Console& console, const ScheduleTexts& texts)
{
    for (const ScheduleText& text : texts.files) {
        if (texts.files.size() > 1) // a single one can be sent into its file
            console.line(u"# ---- %1 ----"_s.arg(text.name));
        console.line(text.text.endsWith(u'\n') ? text.text.chopped(1) : text.text);
    }
}

void tell(Console& console, const domain::Cron& cron, const QVector<QDateTime>& runs,
          const ScheduleTexts& texts)
{
    QStringList times;
    for (const QDateTime& run : runs)
        times += run.toString(u"yyyy-MM-dd HH:mm"_s);
    console.note(u"Runs %1; next: %2 UTC."_s.arg(domain::cronInWords(cron), times.join(u", "_s)));
    for (const QString& warning : texts.warnings)
        console.note(u"Note: "_s + warning);
    for (qsizetype i = 0; i < texts.steps.size(); ++i)
        console.note(u"%1. "_s.arg(i + 1) + texts.steps[i]);
}
} // namespace

Done run(Context& context, const WriteSchedule& schedule)
{
    const auto cron = domain::Cron::parse(schedule.cron);
    if (!cron)
        return tl::unexpected(failureAt(schedule.cron, cron.error()));
    const bool isHosted = isElsewhere(schedule.target);
    const QString url = schedule.url.isEmpty() && isHosted
                            ? service::RemoteService::urlOfEnvironment()
                            : schedule.url;
    const ScheduleRequest request{schedule.target,        *cron,
                                  schedule.zone.toUtf8(), url,
                                  schedule.maxJobs,       QCoreApplication::applicationFilePath()};
    const QDateTime now = base::Clock::system().now();
    auto texts = service::scheduleTexts(request, now);
    if (!texts) {
        Failure failure(texts.error());
        if (failure.error.kind == ErrorKind::Unsupported)
            failure.code = kWrongInput; // of the target, not of a database
        return tl::unexpected(failure);
    }
    texts->warnings += notWritten(context, request);
    QStringList paths;
    if (!schedule.folder.isEmpty()) {
        const auto written = writeFiles(schedule, *texts);
        if (!written)
            return tl::unexpected(written.error());
        paths = *written;
    }
    const QTimeZone zone = isHosted                  ? QTimeZone::utc()
                           : schedule.zone.isEmpty() ? QTimeZone::systemTimeZone()
                                                     : QTimeZone(request.zone);
    const auto runs = cron->nextRuns(kRunsTold, now, zone);
    Console& console = context.console;
    if (console.isJson()) {
        console.json(scheduleJson(*cron, runs, *texts, paths));
        return kDone;
    }
    if (schedule.folder.isEmpty())
        printFiles(console, *texts);
    for (qsizetype i = 0; i < paths.size(); ++i) {
        if (paths[i].isEmpty())
            console.note(u"%1 is there and stays as it is."_s.arg(texts->files[i].name));
        else
            console.line(paths[i]);
    }
    tell(console, *cron, runs, *texts);
    return kDone;
}

} // namespace queuedeck::ctl
