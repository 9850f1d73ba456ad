// SPDX-License-Identifier: GPL-3.0-or-later
// schedule: files for what runs jobs at set times.
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/base/clock.h"
#include "core/domain/cronwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using service::ScheduleTarget;
using service::ScheduleText;
using service::ScheduleTexts;

namespace {
constexpr int kRunsTold = 3;

bool isElsewhere(ScheduleTarget target)
{
    return target == ScheduleTarget::GitHub || target == ScheduleTarget::Vercel;
}

tl::expected<domain::Cron, Failure> parseCron(const QString& text)
{
    auto cron = domain::Cron::parse(text);
    if (cron)
        return *cron;
    const domain::CronError& wrong = cron.error();
    Failure failure(base::fail(ErrorKind::Invalid, wrong.message));
    failure.position = wrong.position;
    failure.hint = u"  %1\n  %2^%3"_s.arg(visible(text), QString(wrong.position, u' '),
                                          QString(std::max<qsizetype>(0, wrong.length - 1), u'~'));
    return tl::unexpected(failure);
}

QString urlOf(const WriteSchedule& schedule)
{
    QString url = schedule.url;
    for (const char* variable : {"QUEUEDECK_ENDPOINT_URL", "NEXT_PUBLIC_APP_URL"}) {
        if (url.isEmpty() && !schedule.local && isElsewhere(schedule.target))
            url = qEnvironmentVariable(variable);
    }
    return url;
}

base::Error cannotWrite(const QFileDevice& file)
{
    return base::fail(ErrorKind::Internal, u"The file %1 cannot be written: %2."_s.arg(
                                               file.fileName(), file.errorString()));
}

base::Status fill(QFileDevice& file, const ScheduleText& text)
{
    const auto mine = QFile::ReadOwner | QFile::WriteOwner;
    const QByteArray bytes = text.text.toUtf8();
    if ((text.isPrivate && !file.setPermissions(mine)) || file.write(bytes) != bytes.size() ||
        !file.flush())
        return cannotWrite(file);
    return {};
}

base::Status writeFile(const QString& path, const ScheduleText& text, bool force)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return base::fail(ErrorKind::Internal,
                          u"The folder %1 cannot be made."_s.arg(QFileInfo(path).path()));
    if (force) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return cannotWrite(file);
        const base::Status filled = fill(file, text);
        if (filled && !file.commit())
            return cannotWrite(file);
        return filled;
    }
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) // also when it came just now
        return cannotWrite(file);
    return fill(file, text);
}

/// Where a file is written; empty for one that a person has filled in and that stays.
tl::expected<QStringList, Failure> writeFiles(const WriteSchedule& schedule,
                                              const ScheduleTexts& texts)
{
    const QDir folder(schedule.folder);
    QStringList paths;
    for (const ScheduleText& text : texts.files) {
        const QString path = QDir::cleanPath(folder.absoluteFilePath(text.name));
        const bool isThere = QFileInfo::exists(path) || QFileInfo(path).isSymLink();
        if (isThere && !schedule.force)
            return tl::unexpected(Failure(base::fail(
                ErrorKind::Denied, u"There is already a file %1, and it is not overwritten without "
                                   "--force. Nothing was written."_s.arg(path))));
        paths += isThere && text.isPrivate ? QString() : path;
    }
    for (qsizetype i = 0; i < paths.size(); ++i) {
        if (paths[i].isEmpty())
            continue;
        if (const auto written = writeFile(paths[i], texts.files[i], schedule.force); !written)
            return tl::unexpected(Failure(written.error()));
    }
    return paths;
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
    const auto cron = parseCron(schedule.cron);
    if (!cron)
        return tl::unexpected(cron.error());
    service::ScheduleRequest request{
        schedule.target,        *cron,
        schedule.zone.toUtf8(), urlOf(schedule),
        schedule.maxJobs,       QCoreApplication::applicationFilePath()};
    const QDateTime now = base::Clock::system().now();
    const auto texts = service::scheduleTexts(request, now);
    if (!texts) {
        Failure failure(texts.error());
        if (failure.error.kind == ErrorKind::Unsupported)
            failure.code = kWrongInput; // of the target, not of a database
        return tl::unexpected(failure);
    }
    QStringList paths;
    if (!schedule.folder.isEmpty()) {
        const auto written = writeFiles(schedule, *texts);
        if (!written)
            return tl::unexpected(written.error());
        paths = *written;
    }
    const QTimeZone zone = isElsewhere(schedule.target) ? QTimeZone::utc()
                           : schedule.zone.isEmpty()    ? QTimeZone::systemTimeZone()
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
