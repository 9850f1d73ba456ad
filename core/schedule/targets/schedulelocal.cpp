// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules on this computer: systemd timers and cron.
#include "core/domain/cronwords.h"
#include "core/schedule/targets/oncalendar.h"
#include "core/schedule/targets/scheduletargets.h"

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Result;
using base::Sentence;

namespace {
const QString kEnvironmentFile = QStringLiteral(".config/queuedeck/queuedeck.env");
constexpr qsizetype kLongestCommand = 998; // cron truncates longer ones or rejects the file

// A path without quotes and backslashes, see systemdTexts(). systemd expands variables in a
// program's arguments but not in its path.
QString systemdPath(QString path)
{
    return u'"' + path.replace(u'%', u"%%"_s) + u'"';
}

QString systemdQuoted(const QString& text)
{
    return systemdPath(text).replace(u'$', u"$$"_s);
}

QString taskName(const ScheduleRequest& request)
{
    return request.url.isEmpty() ? u"queuedeck-process"_s : u"queuedeck-trigger"_s;
}

// The arguments of queuedeckctl; `url` as quoted for this kind of file.
QString argumentsText(const ScheduleRequest& request, const QString& url)
{
    return (request.url.isEmpty() ? u"process"_s : u"trigger "_s + url) +
           u" --max-jobs %1"_s.arg(request.maxJobs);
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
    text += u"#QUEUEDECK_DATABASE_URL='postgresql://user:password@host:5432/database'\n"
            "\n# Where Queuedeck keeps its own files, when that is not the usual folder.\n"
            "#QUEUEDECK_HOME='/path'\n"_s;
    return {u"queuedeck.env"_s, text, true};
}

Sentence environmentStep()
{
    return Sentence::tr(
               "Put queuedeck.env at ~/%1, fill it in and let nobody else read it (chmod 600).")
        .arg(kEnvironmentFile);
}

} // namespace

Result<ScheduleTexts> systemdTexts(const ScheduleRequest& request, const QDateTime& now)
{
    if (request.program.contains(u'"') || request.program.contains(u'\'') ||
        request.program.contains(u'\\'))
        return fail(ErrorKind::Unsupported,
                    Sentence::tr(
                        "systemd starts no program whose path has quotes or backslashes in it: %1.")
                        .arg(request.program));
    const auto calendar = onCalendar(request.cron, request.zone, now);
    if (!calendar)
        return calendar.error();
    const QString name = taskName(request);
    QString service = u"[Unit]\nDescription=Queuedeck: %1\n\n"
                      "[Service]\nType=oneshot\n"_s.arg(taskText(request).replace(u'%', u"%%"_s));
    service += u"# Without the file the unit still runs.\nEnvironmentFile=-%h/%1\n"_s.arg(
        kEnvironmentFile);
    service += u"ExecStart=%1 %2\n"_s.arg(systemdPath(request.program),
                                          argumentsText(request, systemdQuoted(request.url)));
    if (request.url.isEmpty())
        service += u"# Unfinished jobs are handed back within 20 s.\nTimeoutStopSec=30\n"_s;
    QString timer = u"# %1\n[Unit]\nDescription=Queuedeck: %2\n\n[Timer]\n"_s.arg(
        request.cron.text().simplified(), domain::cronInWords(request.cron));
    for (const QString& line : calendar->lines)
        timer += u"OnCalendar=%1\n"_s.arg(line);
    timer += u"# A run that was missed while the computer was off is made up for once.\n"
             "Persistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n"_s;
    return ScheduleTexts{
        {{name + u".service"_s, service}, {name + u".timer"_s, timer}, environmentFile(request)},
        {Sentence::tr("Put %1.service and %1.timer into ~/.config/systemd/user.").arg(name),
         environmentStep(),
         Sentence::tr("systemctl --user daemon-reload && systemctl --user enable --now %1.timer")
             .arg(name),
         Sentence::tr("loginctl enable-linger, so that it also runs while you are not logged in.")},
        calendar->notes};
}

Result<ScheduleTexts> crontabTexts(const ScheduleRequest& request)
{
    if (!request.zone.isEmpty())
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr(
                "A crontab runs by the clock of its computer. Leave the time zone out, or use "
                "systemd."));
    const QString file = u"\"$HOME/%1\""_s.arg(kEnvironmentFile);
    // flock: no second run while one is still going, and that is no error. The key is only in the
    // environment, since any user can read a program's arguments.
    QString command = u"set -a; if [ -e %1 ]; then . %1; fi; set +a; exec flock --nonblock "
                      "--conflict-exit-code 0 "
                      "\"$HOME/.%2.lock\" %3 %4 >/dev/null"_s.arg(
                          file, taskName(request), shellQuoted(request.program),
                          argumentsText(request, shellQuoted(request.url)));
    command.replace(u'%', u"\\%"_s); // cron turns a bare % into a newline
    if (command.toUtf8().size() > kLongestCommand)
        return fail(ErrorKind::Unsupported,
                    Sentence::tr(
                        "A line of a crontab holds a command of %1 bytes at most, and this one has "
                        "%2. Shorten the URL or use systemd.")
                        .arg(kLongestCommand)
                        .arg(command.toUtf8().size()));
    const QString text = u"# Queuedeck, %1: %2.\n%3 %4\n"_s.arg(
        domain::cronInWords(request.cron), taskText(request), request.cron.numbers(), command);
    return ScheduleTexts{
        {{u"queuedeck.crontab"_s, text}, environmentFile(request)},
        {environmentStep(),
         Sentence::tr("Add the line: (crontab -l; cat queuedeck.crontab) | crontab -")},
        {Sentence::tr(
            "The times are those of the computer's clock. cron makes up for no run that was "
            "missed while the computer was off.")}};
}

} // namespace queuedeck::schedule
