// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules of internet services, which run in UTC and call an endpoint.
#include "core/base/sentence.h"
#include "core/domain/cronwords.h"
#include "core/remote/endpointaddress.h"
#include "core/schedule/targets/scheduletargets.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Result;
using base::Sentence;
using domain::Cron;

namespace {
constexpr int kRunsLookedAt = 300;

/// The expression using only what every cron interprets alike: a day or a weekday, or either of
/// them. Nothing if both must match, which a service may interpret differently.
std::optional<QString> plainNumbers(const Cron& cron)
{
    QStringList fields = cron.numbers().split(u' ');
    if (cron.isEitherDay()) {
        if (cron.isFull(Cron::Day) || cron.isFull(Cron::Weekday))
            fields[Cron::Day] = fields[Cron::Weekday] = u"*"_s;
        return fields.join(u' ');
    }
    if (!cron.isFull(Cron::Day) && !cron.isFull(Cron::Weekday))
        return std::nullopt;
    for (const Cron::Field field : {Cron::Day, Cron::Weekday}) {
        if (cron.isFull(field))
            fields[field] = u"*"_s;
    }
    return fields.join(u' ');
}

// The shortest interval between two runs, in UTC.
std::chrono::seconds shortestPause(const Cron& cron, const QDateTime& now)
{
    const auto runs = cron.nextRuns(kRunsLookedAt, now, QTimeZone::utc());
    qint64 shortest = std::chrono::seconds(24h * 366).count();
    for (qsizetype i = 1; i < runs.size(); ++i)
        shortest = std::min(shortest, runs[i - 1].secsTo(runs[i]));
    return std::chrono::seconds(shortest);
}

base::Status checkForeign(const ScheduleRequest& request, const QString& name)
{
    if (!request.zone.isEmpty() && request.zone != "UTC")
        return fail(ErrorKind::Unsupported,
                    Sentence::tr("%1 runs by UTC and knows no other time zone.").arg(name));
    if (request.url.isEmpty())
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr("%1 cannot run jobs on this computer. Give the URL of an endpoint.")
                .arg(name));
    return {};
}

QUrl withMaxJobs(const ScheduleRequest& request)
{
    QUrl url(request.url);
    url.setQuery(u"maxJobs=%1"_s.arg(request.maxJobs));
    return url;
}

} // namespace

Result<ScheduleTexts> githubTexts(const ScheduleRequest& request, const QDateTime& now)
{
    if (const auto good = checkForeign(request, u"GitHub Actions"_s); !good)
        return good.error();
    if (remote::isOnThisComputer(request.url))
        return fail(ErrorKind::Unsupported,
                    Sentence::tr("GitHub cannot reach %1, which is this computer.")
                        .arg(QUrl(request.url).host()));
    const auto numbers = plainNumbers(request.cron);
    if (!numbers)
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr(
                "Here the day and the weekday must both fit, since one of them begins with *. "
                "GitHub does not say whether it reads them that way. Write the days out, or use "
                "systemd or crontab."));
    // curl reads the header from standard input, where no other program sees it. --fail makes a 401
    // an error; without following redirects, so is a redirect to a sign-in page.
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
            curl --fail --location --max-redirs 0 --silent --show-error --max-time 900 \
              --request POST --header @- %4
)"_s.arg(domain::cronInWords(request.cron), taskText(request), *numbers,
         shellQuoted(withMaxJobs(request).toString(QUrl::FullyEncoded)));
    ScheduleTexts texts{{{u".github/workflows/process-jobs.yml"_s, text}},
                        {Sentence::tr("Put the file into the repository, on its default branch."),
                         Sentence::tr("Add the key to the repository's secrets as "
                                      "JOB_PROCESSOR_API_KEY (Settings, Secrets and "
                                      "variables, Actions).")},
                        {Sentence::tr("GitHub runs schedules by UTC, later when it is busy, and "
                                      "switches them off in a public "
                                      "repository without activity for 60 days.")}};
    if (shortestPause(request.cron, now) < 5min)
        texts.warnings +=
            Sentence::tr("GitHub runs a schedule at most every 5 minutes; this one asks for "
                         "more.");
    return texts;
}

Result<ScheduleTexts> vercelTexts(const ScheduleRequest& request, const QDateTime& now)
{
    if (const auto good = checkForeign(request, u"Vercel"_s); !good)
        return good.error();
    const auto numbers = plainNumbers(request.cron);
    if (!numbers)
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr(
                "Here the day and the weekday must both fit, since one of them begins with *. "
                "Vercel takes only one of the two, and two schedules would mean either. Take "
                "systemd or crontab."));
    const QStringList fields = numbers->split(u' ');
    if (fields[Cron::Day] != "*"_L1 && fields[Cron::Weekday] != "*"_L1)
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr("Vercel takes a day of the month or a weekday, not both. Write two "
                         "schedules."));
    const QString path = withMaxJobs(request).toString(QUrl::FullyEncoded | QUrl::RemoveScheme |
                                                       QUrl::RemoveAuthority);
    const QJsonObject cron{{u"path"_s, path}, {u"schedule"_s, *numbers}};
    const QByteArray json = QJsonDocument(QJsonObject{{u"crons"_s, QJsonArray{cron}}}).toJson();
    ScheduleTexts texts{
        {{u"vercel.json"_s, QString::fromUtf8(json)}},
        {Sentence::tr(
             "Add the entry of \"crons\" to the vercel.json of the project and deploy it to "
             "production."),
         Sentence::tr("Set CRON_SECRET in the project's environment variables; Vercel then sends "
                      "it along.")},
        {Sentence::tr(
             "Vercel calls this path of its own project by GET with \"Authorization: Bearer "
             "CRON_SECRET\", by UTC. The endpoint of the web application runs jobs on POST with "
             "x-api-key only and answers such a GET with 401: there this runs nothing."),
         Sentence::tr(
             "It runs jobs where GET with that secret does, as with `queuedeckctl serve` and "
             "CRON_SECRET set, to which the project passes the path on. Otherwise take github, "
             "systemd or crontab.")}};
    if (shortestPause(request.cron, now) < 24h)
        texts.warnings +=
            Sentence::tr("Vercel's Hobby plan runs a schedule once a day at most and refuses "
                         "this one.");
    return texts;
}

} // namespace queuedeck::schedule
