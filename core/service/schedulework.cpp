// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/schedulework.h"

#include "core/async/deliver.h"
#include "core/base/sentence.h"
#include "core/domain/report.h"
#include "core/remote/remoteservice.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"

#include <QJsonDocument>
#include <QPromise>

#include <algorithm>
#include <stop_token>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::Result;
using base::Sentence;

namespace {
using RunPromise = std::shared_ptr<QPromise<Result<QString>>>;

void finish(const RunPromise& promise, Result<QString> sentence)
{
    promise->addResult(std::move(sentence));
    promise->finish();
}

// A round in which every job failed has failed itself.
Result<QString> doneOrFailed(const QString& sentence, qint64 processed, qint64 failed)
{
    if (processed == 0 && failed > 0)
        return base::fail(base::ErrorKind::Invalid, sentence);
    return sentence;
}

QString cleanUpSentence(const domain::Outcome& outcome)
{
    QString sentence =
        outcome.changed == 1 ? u"1 job deleted"_s : u"%L1 jobs deleted"_s.arg(outcome.changed);
    if (!outcome.skipped.isEmpty())
        sentence += u", %L1 left alone: %2"_s.arg(outcome.skipped.size())
                        .arg(outcome.skipped.first().why.text());
    if (outcome.failure)
        sentence += u", then it ended: "_s + outcome.failure->detail;
    return sentence.endsWith(u'.') ? sentence : sentence + u'.';
}

// What was deleted stays deleted; a run that ended early has failed all the same.
Result<QString> cleanUpResult(const domain::Outcome& outcome)
{
    const QString sentence = cleanUpSentence(outcome);
    if (outcome.failure)
        return base::fail(outcome.failure->kind, sentence);
    return sentence;
}

base::Error noHandler(const QStringList& types)
{
    const Sentence form = types.size() == 1
                              ? Sentence::tr("%1 has no handler here. Its jobs stay pending.")
                              : Sentence::tr("%1 have no handler here. Their jobs stay pending.");
    return base::fail(base::ErrorKind::Unsupported, form.arg(types.join(u", "_s)));
}

/// Carries out schedules. Lives as long as the scheduler, its parent; a run that has not ended by
/// then is stopped.
class ScheduleWork : public QObject
{
public:
    ScheduleWork(EngineService& engine, JobService& jobs, remote::RemoteService& remote)
        : m_engine(engine)
        , m_jobs(jobs)
        , m_remote(remote)
    {
    }
    ~ScheduleWork() override { m_stop.request_stop(); }

    QFuture<Result<QString>> run(const schedule::Schedule& schedule)
    {
        auto promise = std::make_shared<QPromise<Result<QString>>>();
        promise->start();
        std::visit([&](const auto& round) { begin(round, promise); }, schedule.work);
        return promise->future();
    }

private:
    void begin(const schedule::LocalRound& round, const RunPromise& promise)
    {
        EngineSettings settings;
        settings.types = round.types;
        settings.maxJobs = round.maxJobs;
        settings.untilEmpty = true;
        async::deliver(m_engine.process(settings, m_stop.get_token()), this,
                       [this, types = round.types, promise](const Result<ProcessReport>& report) {
                           if (!report)
                               finish(promise, report.error());
                           else if (!types.isEmpty() && !isAnyHandled(types))
                               finish(promise, noHandler(types));
                           else
                               finish(promise, doneOrFailed(report->message + u'.',
                                                            report->processed, report->failed));
                       });
    }

    // To be called after the round, which has looked for new handlers.
    bool isAnyHandled(const QStringList& types) const
    {
        const QStringList handled = m_engine.handledTypes();
        return std::any_of(types.begin(), types.end(),
                           [&](const QString& type) { return handled.contains(type); });
    }

    void begin(const schedule::RemoteRound& round, const RunPromise& promise)
    {
        remote::RemoteAddress address;
        address.url = round.url;
        async::deliver(round.drain ? m_remote.drain(address, round.maxJobs)
                                   : m_remote.trigger(address, round.maxJobs),
                       this, [promise](const Result<remote::RemoteReport>& report) {
                           if (!report)
                               finish(promise, report.error());
                           else if (!report->isSuccess())
                               finish(promise, report->error());
                           else
                               finish(promise, doneOrFailed(report->sentence, report->processed,
                                                            report->failed));
                       });
    }

    void begin(const schedule::CleanUpRound& round, const RunPromise& promise)
    {
        auto request = domain::CleanUp::olderThan(round.olderThanDays, base::Clock::system().now());
        request.statuses = round.statuses;
        async::deliver(m_jobs.previewCleanUp(request), this,
                       [this, request, promise](const Result<domain::CleanUpPreview>& preview) {
                           if (!preview)
                               finish(promise, preview.error());
                           else if (preview->frozen.isEmpty())
                               finish(promise, Sentence::tr("Nothing is older than %1.")
                                                   .arg(request.before.toString(u"yyyy-MM-dd"_s)));
                           else
                               cleanUp(request, *preview, promise);
                       });
    }

    void cleanUp(const domain::CleanUp& request, const domain::CleanUpPreview& preview,
                 const RunPromise& promise)
    {
        ChangeOptions options;
        options.stop = m_stop.get_token();
        async::deliver(m_jobs.cleanUp(request, preview, options), this,
                       [promise](const Result<domain::Outcome>& outcome) {
                           finish(promise, outcome ? cleanUpResult(*outcome)
                                                   : Result<QString>(outcome.error()));
                       });
    }

    void begin(const schedule::ReportRound& round, const RunPromise& promise)
    {
        domain::ReportRequest request;
        request.kind = round.report;
        request.format = round.format;
        const QByteArray payload = QJsonDocument(request.payload()).toJson(QJsonDocument::Compact);
        async::deliver(m_jobs.enqueue(domain::kReportType, payload), this,
                       [this, promise](const Result<domain::JobIds>& ids) {
                           if (ids)
                               make(ids->front(), promise);
                           else
                               finish(promise, ids.error());
                       });
    }

    // Here and at once: beside the web application, its own processor would make none.
    void make(const domain::JobId& job, const RunPromise& promise)
    {
        EngineSettings settings;
        settings.types = {domain::kReportType};
        settings.untilEmpty = true;
        async::deliver(m_engine.process(settings, m_stop.get_token()), this,
                       [this, job, promise](const Result<ProcessReport>& done) {
                           if (done)
                               tellOf(job, promise);
                           else
                               finish(promise, done.error());
                       });
    }

    void tellOf(const domain::JobId& id, const RunPromise& promise)
    {
        async::deliver(m_jobs.job(id), this, [promise](const Result<domain::JobDetail>& detail) {
            if (!detail)
                return finish(promise, detail.error());
            const domain::Job& job = detail->job;
            if (job.status == domain::JobStatus::Completed)
                return finish(promise, u"The report was made by the job %1."_s.arg(job.id.value));
            if (job.status == domain::JobStatus::Failed)
                return finish(promise, base::fail(base::ErrorKind::Internal, job.error));
            finish(promise,
                   u"The report waits: its job %1 is tried again later."_s.arg(job.id.value));
        });
    }

    EngineService& m_engine;
    JobService& m_jobs;
    remote::RemoteService& m_remote;
    std::stop_source m_stop;
};
} // namespace

std::unique_ptr<schedule::Scheduler> makeScheduler(const QString& file, EngineService& engine,
                                                   JobService& jobs, remote::RemoteService& remote)
{
    auto* work = new ScheduleWork(engine, jobs, remote);
    auto scheduler = std::make_unique<schedule::Scheduler>(
        file, [work](const schedule::Schedule& schedule) { return work->run(schedule); });
    work->setParent(scheduler.get());
    return scheduler;
}

} // namespace queuedeck::service
