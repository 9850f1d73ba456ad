// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/schedulefiles.h"

#include "core/domain/cronwords.h"
#include "core/net/httptypes.h"
#include "core/service/oncalendar.h"
#include "core/service/remoteservice.h"
#include "core/service/schedule.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::service {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {
constexpr int kRunsLookedAt = 300;
const QString kEnvironmentFile = QStringLiteral(".config/queuedeck/queuedeck.env");

QString jobsText(int jobs)
{
    return jobs == 1 ? u"1 job"_s : u"%L1 jobs"_s.arg(jobs);
}

// The shortest time between two runs, in UTC.
std::chrono::seconds shortestPause(const domain::Cron& cron, const QDateTime& now)
{
    const auto runs = cron.nextRuns(kRunsLookedAt, now, QTimeZone::utc());
    qint64 shortest = std::chrono::seconds(24h * 366).count();
    for (qsizetype i = 1; i < runs.size(); ++i)
        shortest = std::min(shortest, runs[i - 1].secsTo(runs[i]));
    return std::chrono::seconds(shortest);
}

QString shellQuoted(const QString& text)
{
    QString inside = text;
    return u'\'' + inside.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString systemdQuoted(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + text.replace(u'%', u"%%"_s).replace(u'$', u"$$"_s) + u'"';
}

QString taskName(const ScheduleRequest& request)
{
    return request.url.isEmpty() ? u"queuedeck-process"_s : u"queuedeck-trigger"_s;
}

QString taskText(const ScheduleRequest& request)
{
    return request.url.isEmpty()
               ? u"run up to %1 on this computer"_s.arg(jobsText(request.maxJobs))
               : u"have %1 run up to %2"_s.arg(QUrl(request.url).host(), jobsText(request.maxJobs));
}

// The arguments of queuedeckctl, with `quoted` for its kind of file.
template <class Quoted>
QString commandText(const ScheduleRequest& request, Quoted quoted)
{
    const QString task = request.url.isEmpty() ? u"process"_s : u"trigger "_s + quoted(request.url);
    return u"%1 %2 --max-jobs %3"_s.arg(quoted(request.program), task,
                                        QString::number(request.maxJobs));
}

ScheduleText environmentFile(const ScheduleRequest& request)
{
    QString text = u"# What the scheduled queuedeckctl needs to know. Put this file to\n"
                   "# ~/%1 and let nobody else read it: chmod 600.\n"
                   "# Keep the quotes, and remove the # of the lines that are to hold.\n"_s.arg(
                       kEnvironmentFile);
    if (!request.url.isEmpty())
        text += u"\n# The key of the endpoint; needed unless the keychain holds it.\n"
                "#JOB_PROCESSOR_API_KEY=''\n\n"
                "# The database, to count what is pending before and after.\n"_s;
    else
        text += u"\n# The database; without one the embedded one of this user is meant.\n"_s;
    text += u"#QUEUEDECK_DATABASE_URL='postgresql://user:password@host:5432/database'\n"_s;
    return {u"queuedeck.env"_s, text, true};
}

QString environmentStep()
{
    return u"Put queuedeck.env to ~/%1, fill it in and let nobody else read it (chmod 600)."_s.arg(
        kEnvironmentFile);
}

Result<ScheduleTexts> systemdTexts(const ScheduleRequest& request, const QDateTime& now)
{
    const auto calendar = onCalendar(request.cron, request.zone, now);
    if (!calendar)
        return calendar.error();
    const QString name = taskName(request);
    QString service = u"[Unit]\nDescription=Queuedeck: %1\n\n"
                      "[Service]\nType=oneshot\n"_s.arg(taskText(request).replace(u'%', u"%%"_s));
    service += u"# Without the file the unit still runs.\nEnvironmentFile=-%h/%1\n"_s.arg(
        kEnvironmentFile);
    service +=
        u"ExecStart=%1\n# Unfinished jobs are handed back within 20 s.\nTimeoutStopSec=30\n"_s.arg(
            commandText(request, systemdQuoted));
    QString timer = u"# %1\n[Unit]\nDescription=Queuedeck: %2\n\n[Timer]\n"_s.arg(
        request.cron.text(), domain::cronInWords(request.cron));
    for (const QString& line : calendar->lines)
        timer += u"OnCalendar=%1\n"_s.arg(line);
    timer += u"# A run that was missed while the computer was off is made up for once.\n"
             "Persistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n"_s;
    return ScheduleTexts{
        {{name + u".service"_s, service}, {name + u".timer"_s, timer}, environmentFile(request)},
        {u"Put %1.service and %1.timer to ~/.config/systemd/user."_s.arg(name), environmentStep(),
         u"systemctl --user daemon-reload && systemctl --user enable --now %1.timer"_s.arg(name),
         u"loginctl enable-linger, so that it also runs while you are not logged in."_s},
        calendar->notes};
}

Result<ScheduleTexts> crontabTexts(const ScheduleRequest& request)
{
    if (!request.zone.isEmpty())
        return fail(ErrorKind::Unsupported,
                    u"A crontab runs by the clock of its computer. Leave the time zone out, or "
                    "take systemd."_s);
    const QString file = u"\"$HOME/%1\""_s.arg(kEnvironmentFile);
    // flock: a run that is still going is not joined by another, and that is no error. The key is
    // in the environment only, since everybody can read the arguments of a program.
    QString command = u"set -a; if [ -e %1 ]; then . %1; fi; set +a; exec flock --nonblock "
                      u"--conflict-exit-code 0 "
                      "\"$HOME/.%2.lock\" %3 >/dev/null"_s.arg(file, taskName(request),
                                                               commandText(request, shellQuoted));
    command.replace(u'%', u"\\%"_s); // cron turns a bare % into the end of a line
    const QString text = u"# Queuedeck, %1: %2.\n%3 %4\n"_s.arg(
        domain::cronInWords(request.cron), taskText(request), request.cron.numbers(), command);
    return ScheduleTexts{
        {{u"queuedeck.crontab"_s, text}, environmentFile(request)},
        {environmentStep(), u"Add the line: (crontab -l; cat queuedeck.crontab) | crontab -"_s},
        {u"The times are those of the computer's clock. cron makes up for no run that was "
         "missed while the computer was off."_s}};
}

// Both run by UTC and on computers of their own.
base::Status checkForeign(const ScheduleRequest& request, const QString& name)
{
    if (!request.zone.isEmpty() && request.zone != "UTC")
        return fail(ErrorKind::Unsupported,
                    u"%1 runs by UTC and knows no other time zone."_s.arg(name));
    if (request.url.isEmpty())
        return fail(
            ErrorKind::Unsupported,
            u"%1 cannot run jobs on this computer. Give the URL of an endpoint."_s.arg(name));
    return {};
}

QUrl withMaxJobs(const ScheduleRequest& request)
{
    QUrl url(request.url);
    url.setQuery(u"maxJobs=%1"_s.arg(request.maxJobs));
    return url;
}

Result<ScheduleTexts> githubTexts(const ScheduleRequest& request, const QDateTime& now)
{
    if (const auto good = checkForeign(request, u"GitHub Actions"_s); !good)
        return good.error();
    if (net::isLoopback(QUrl(request.url)))
        return fail(
            ErrorKind::Unsupported,
            u"GitHub cannot reach %1, which is this computer."_s.arg(QUrl(request.url).host()));
    // curl reads the header from standard input, where no other program sees it.
    const QString text = uR"(name: Process jobs

# %1, UTC: %2.
on:
  schedule:
    - cron: '%3'
  workflow_dispatch:

permissions: {}

# A run that is still going is not joined by another.
concurrency:
  group: process-jobs
  cancel-in-progress: false

jobs:
  process:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - name: Call the endpoint
        env:
          JOB_PROCESSOR_API_KEY: ${{ secrets.JOB_PROCESSOR_API_KEY }}
        run: |
          if [ -z "$JOB_PROCESSOR_API_KEY" ]; then
            echo '::error::The secret JOB_PROCESSOR_API_KEY of this repository is not set.'
            exit 1
          fi
          printf 'x-api-key: %s\n' "$JOB_PROCESSOR_API_KEY" |
            curl --fail --silent --show-error --max-time 900 \
              --request POST --header @- %4
)"_s.arg(domain::cronInWords(request.cron), taskText(request), request.cron.numbers(),
         shellQuoted(withMaxJobs(request).toString(QUrl::FullyEncoded)));
    ScheduleTexts texts{
        {{u".github/workflows/process-jobs.yml"_s, text}},
        {u"Put the file into the repository, on its default branch."_s,
         u"Add the key to the repository's secrets as JOB_PROCESSOR_API_KEY (Settings, Secrets and "
         "variables, Actions)."_s},
        {u"GitHub runs schedules by UTC, later when it is busy, and switches them off in a public "
         "repository without activity for 60 days."_s}};
    if (shortestPause(request.cron, now) < 5min)
        texts.warnings += u"GitHub runs a schedule at most every 5 minutes; this one asks for "
                          "more."_s;
    return texts;
}

Result<ScheduleTexts> vercelTexts(const ScheduleRequest& request, const QDateTime& now)
{
    if (const auto good = checkForeign(request, u"Vercel"_s); !good)
        return good.error();
    if (!request.cron.parts(domain::Cron::Day).first().isStar &&
        !request.cron.parts(domain::Cron::Weekday).first().isStar)
        return fail(ErrorKind::Unsupported,
                    u"Vercel takes a day of the month or a weekday, not both. Write two "
                    "schedules."_s);
    const QString path = withMaxJobs(request).toString(QUrl::FullyEncoded | QUrl::RemoveScheme |
                                                       QUrl::RemoveAuthority);
    const QJsonObject cron{{u"path"_s, path}, {u"schedule"_s, request.cron.numbers()}};
    const QByteArray json = QJsonDocument(QJsonObject{{u"crons"_s, QJsonArray{cron}}}).toJson();
    ScheduleTexts texts{
        {{u"vercel.json"_s, QString::fromUtf8(json)}},
        {u"Add the entry of \"crons\" to the vercel.json of the project and deploy it to "
         "production."_s,
         u"Set CRON_SECRET in the project's environment variables; Vercel then sends it along."_s},
        {u"Vercel calls this path of its own project by GET with \"Authorization: Bearer "
         "CRON_SECRET\", by UTC. The endpoint of the web application runs jobs on POST with "
         "x-api-key only and answers such a GET with 401: there this runs nothing."_s,
         u"It runs jobs where GET with that secret does, as with `queuedeckctl serve` and "
         "CRON_SECRET set, to which the project passes the path on. Otherwise take github, "
         "systemd or crontab."_s}};
    if (shortestPause(request.cron, now) < 24h)
        texts.warnings += u"Vercel's Hobby plan runs a schedule once a day at most and refuses "
                          "this one."_s;
    return texts;
}

base::Status check(const ScheduleRequest& request)
{
    Schedule schedule;
    schedule.name = u"schedule"_s;
    schedule.cron = request.cron.text();
    schedule.zone = request.zone;
    if (request.url.isEmpty())
        schedule.work = LocalRound{request.maxJobs};
    else
        schedule.work = RemoteRound{request.url, request.maxJobs};
    for (const QChar c : request.program) {
        if (c.category() == QChar::Other_Control)
            return fail(ErrorKind::Unsupported,
                        u"The path of queuedeckctl has characters no schedule can hold."_s);
    }
    return schedule.check();
}
} // namespace

Result<ScheduleTexts> scheduleTexts(const ScheduleRequest& asked, const QDateTime& now)
{
    if (const auto good = check(asked); !good)
        return good.error();
    ScheduleRequest request = asked;
    if (!asked.url.isEmpty())
        request.url = *RemoteService::endpointUrl(asked.url);
    switch (request.target) {
    case ScheduleTarget::Systemd: return systemdTexts(request, now);
    case ScheduleTarget::Crontab: return crontabTexts(request);
    case ScheduleTarget::GitHub: return githubTexts(request, now);
    case ScheduleTarget::Vercel: return vercelTexts(request, now);
    }
    return fail(ErrorKind::Internal, u"There is no such kind of schedule."_s);
}

} // namespace queuedeck::service
