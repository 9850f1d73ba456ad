// SPDX-License-Identifier: GPL-3.0-or-later
// schedule: writes the files that make other schedulers run jobs at set times.
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/base/clock.h"
#include "core/base/privatefiles.h"
#include "core/base/sentence.h"
#include "core/base/wholefile.h"
#include "core/domain/cronwords.h"
#include "core/remote/endpointaddress.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using schedule::ScheduleRequest;
using schedule::ScheduleTarget;
using schedule::ScheduleText;
using schedule::ScheduleTexts;

namespace {
constexpr int kRunsTold = 3;

bool isElsewhere(ScheduleTarget target)
{
    return target == ScheduleTarget::GitHub || target == ScheduleTarget::Vercel;
}

bool isThere(const QString& path)
{
    return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
}

// Below the given folder nothing is written through a link, and only a regular file is replaced,
// even with --force.
base::Status checkPlace(const QString& folder, const QString& name)
{
    QString path = QDir::cleanPath(folder);
    for (const QString& part : QDir::cleanPath(name).split(u'/')) {
        path += u'/' + part;
        const QFileInfo info(path);
        if (info.isSymLink())
            return base::fail(
                ErrorKind::Denied,
                base::Sentence::tr(
                    "%1 is a symbolic link to %2, and nothing is written through links. "
                    "Nothing was written.")
                    .arg(path, info.symLinkTarget()));
    }
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return base::fail(
            ErrorKind::Internal,
            base::Sentence::tr("%1 is not a regular file and is not replaced. Nothing "
                               "was written.")
                .arg(path));
    return {};
}

// All or none: each is on disk under a temporary name before the first one is published.
base::Status writeAll(const QStringList& paths, const ScheduleTexts& texts, bool force)
{
    std::vector<std::unique_ptr<base::WholeFile>> files;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        if (paths[i].isEmpty())
            continue; // a person has filled this one in; it stays
        const QString folder = QFileInfo(paths[i]).path();
        if (!QFileInfo(folder).isDir()) { // an existing one stays as it is
            if (const base::Status made = base::makePrivateFolder(folder); !made)
                return base::fail(ErrorKind::Internal, made.error().detail);
        }
        const ScheduleText& text = texts.files[i];
        auto file = base::WholeFile::write(paths[i], text.text.toUtf8(),
                                           text.isPrivate ? base::WholeFile::Readers::Owner
                                                          : base::WholeFile::Readers::ByUmask);
        if (!file)
            return file.error();
        files.push_back(std::move(*file));
    }
    for (auto file = files.begin(); file != files.end(); ++file) {
        const base::Status published = (*file)->publish(force);
        if (published)
            continue;
        for (auto done = files.begin(); !force && done != file; ++done)
            QFile::remove((*done)->path());
        return published;
    }
    return {};
}

/// Where files were written; empty for one that was left as it was.
tl::expected<QStringList, Failure> writeFiles(const WriteSchedule& schedule,
                                              const ScheduleTexts& texts)
{
    QStringList paths;
    const QDir folder(schedule.folder);
    for (const ScheduleText& text : texts.files) {
        if (const base::Status safe = checkPlace(folder.absolutePath(), text.name); !safe)
            return tl::unexpected(Failure(safe.error()));
        const QString path = QDir::cleanPath(folder.absoluteFilePath(text.name));
        if (isThere(path) && !schedule.force)
            return tl::unexpected(Failure(base::fail(
                ErrorKind::Denied,
                base::Sentence::tr("The file %1 already exists and is not overwritten without "
                                   "--force. Nothing was written.")
                    .arg(path))));
        paths += isThere(path) && text.isPrivate ? QString() : path;
    }
    if (const auto written = writeAll(paths, texts, schedule.force); !written)
        return tl::unexpected(Failure(written.error()));
    return paths;
}

// What is set for this command but will not be where the schedule runs.
base::Sentences notWritten(const Context& context, const ScheduleRequest& request)
{
    base::Sentences notes;
    if (!request.url.isEmpty())
        return notes;
    if (!context.address.isEmpty())
        notes += base::Sentence::tr(
            "The address of the database is not written down, since it may hold a password. "
            "Put it into queuedeck.env as QUEUEDECK_DATABASE_URL.");
    if (qEnvironmentVariableIsSet("QUEUEDECK_HOME"))
        notes +=
            base::Sentence::tr("QUEUEDECK_HOME is set here. Put it into queuedeck.env as well.");
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
            {u"steps"_s, QJsonArray::fromStringList(base::english(texts.steps))},
            {u"warnings"_s, QJsonArray::fromStringList(base::english(texts.warnings))}};
}

void printFiles(Console& console, const ScheduleTexts& texts)
{
    for (const ScheduleText& text : texts.files) {
        if (texts.files.size() > 1) // a single one can be redirected into its file
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
    const QString url =
        schedule.url.isEmpty() && isHosted ? remote::urlOfEnvironment() : schedule.url;
    const ScheduleRequest request{schedule.target,        *cron,
                                  schedule.zone.toUtf8(), url,
                                  schedule.maxJobs,       QCoreApplication::applicationFilePath()};
    const QDateTime now = base::Clock::system().now();
    auto texts = schedule::scheduleTexts(request, now);
    if (!texts) {
        Failure failure(texts.error());
        if (failure.error.kind == ErrorKind::Unsupported)
            failure.code = kWrongInput; // wrong for the target; no database is at fault
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
            console.note(u"%1 exists and is left as it is."_s.arg(texts->files[i].name));
        else
            console.line(paths[i]);
    }
    tell(console, *cron, runs, *texts);
    return kDone;
}

} // namespace queuedeck::ctl
