// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/targets/schedulefiles.h"

#include "core/base/sentence.h"
#include "core/remote/endpointaddress.h"
#include "core/schedule/schedule.h"
#include "core/schedule/targets/scheduletargets.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Result;
using base::Sentence;

QString taskText(const ScheduleRequest& request)
{
    const QString jobs = request.maxJobs == 1 ? u"1 job"_s : u"%L1 jobs"_s.arg(request.maxJobs);
    return request.url.isEmpty() ? u"run up to %1 on this computer"_s.arg(jobs)
                                 : u"have %1 run up to %2"_s.arg(QUrl(request.url).host(), jobs);
}

QString shellQuoted(const QString& text)
{
    QString inside = text;
    return u'\'' + inside.replace(u'\'', u"'\\''"_s) + u'\'';
}

namespace {
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
            return fail(
                ErrorKind::Unsupported,
                Sentence::tr("The path of queuedeckctl has characters no schedule can hold."));
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
        request.url = *remote::endpointUrl(asked.url);
    switch (request.target) {
    case ScheduleTarget::Systemd: return systemdTexts(request, now);
    case ScheduleTarget::Crontab: return crontabTexts(request);
    case ScheduleTarget::GitHub: return githubTexts(request, now);
    case ScheduleTarget::Vercel: return vercelTexts(request, now);
    }
    return fail(ErrorKind::Internal, Sentence::tr("There is no such kind of schedule."));
}

} // namespace queuedeck::schedule
