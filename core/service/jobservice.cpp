// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobservice.h"

#include "core/base/logging.h"
#include "core/domain/payloadschema.h"
#include "core/service/bulkrun.h"
#include "core/service/journalforgetting.h"
#include "core/service/reportwork.h"
#include "core/service/runninghere.h"
#include "core/store/payloadsampler.h"
#include "core/store/snapshotreader.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using domain::JobAction;

JobService::JobService(std::shared_ptr<SessionThreads> threads,
                       std::shared_ptr<const RunningHere> running, ChangeHook onChanged,
                       AddedHook onAdded)
    : m_threads(std::move(threads))
    , m_running(std::move(running))
    , m_kept(std::make_shared<store::KeptFigures>())
    , m_onChanged(std::move(onChanged))
    , m_onAdded(std::move(onAdded))
{
}

JobService::~JobService() = default;

QFuture<base::Result<domain::JobPage>> JobService::page(const domain::PageRequest& request)
{
    return m_threads->read([request, running = m_running](store::JobStore& store) {
        auto page = store.jobs.page(request);
        if (page)
            running->addProgress(page->jobs.data(), page->jobs.size());
        return page;
    });
}

QFuture<base::Result<domain::MatchCount>> JobService::count(const domain::JobFilter& filter,
                                                            qint64 limit)
{
    return m_threads->read(
        [filter, limit](store::JobStore& store) { return store.jobs.count(filter, limit); });
}

QFuture<base::Result<domain::MatchCount>> JobService::countLater(const domain::JobFilter& filter,
                                                                 qint64 limit,
                                                                 std::chrono::milliseconds patience)
{
    return m_threads->readFigures([filter, limit, patience](store::JobStore& store) {
        store.connection().setDeadline(patience);
        return store.jobs.count(filter, limit);
    });
}

QFuture<base::Result<domain::PayloadSample>> JobService::samplePayloads(int jobs)
{
    constexpr std::chrono::seconds kPatience(3);
    return m_threads->readFigures([jobs, kPatience](store::JobStore& store) {
        store.connection().setDeadline(kPatience);
        return store::samplePayloads(store.jobs, jobs);
    });
}

QFuture<base::Result<domain::JobDetail>> JobService::job(const domain::JobId& id)
{
    return m_threads->read([id, running = m_running](store::JobStore& store) {
        auto detail = store.jobs.job(id);
        if (detail)
            running->addProgress(&detail->job, 1);
        return detail;
    });
}

QFuture<base::Result<QHash<domain::JobId, domain::JobContent>>>
JobService::contents(const domain::JobIds& ids)
{
    return m_threads->read([ids](store::JobStore& store) { return store.jobs.contents(ids); });
}

QFuture<base::Result<std::optional<domain::Enrichment>>>
JobService::enrichment(const domain::JobId& id)
{
    return m_threads->read([id](store::JobStore& store) { return store.enrichments.ofJob(id); });
}

QFuture<base::Result<QHash<domain::JobId, QJsonObject>>>
JobService::wholeRows(const domain::JobIds& ids)
{
    return m_threads->read([ids](store::JobStore& store) { return store.jobs.wholeRows(ids); });
}

QFuture<base::Result<std::vector<domain::Statement>>> JobService::statements()
{
    return m_threads->read(
        [](store::JobStore& store) -> base::Result<std::vector<domain::Statement>> {
            return store.statements();
        });
}

QFuture<base::Result<QVector<domain::EngineSeen>>> JobService::engines()
{
    return m_threads->read([](store::JobStore& store) { return store.jobs.engines(); });
}

QFuture<base::Result<domain::QueueSnapshot>> JobService::snapshot()
{
    return m_threads->readFigures([kept = m_kept](store::JobStore& store) {
        return store::readSnapshot(store, QDateTime::currentDateTimeUtc(), *kept);
    });
}

QFuture<base::Result<domain::WaitingJobs>> JobService::waiting(int limit)
{
    return m_threads->read([limit](store::JobStore& store) { return store.jobs.waiting(limit); });
}

QFuture<base::Result<domain::FrozenJobs>> JobService::freeze(const domain::JobFilter& filter,
                                                             const std::stop_token& stop)
{
    return m_threads->check([filter, stop](store::JobStore& store) {
        auto frozen = store.jobs.freeze(filter, stop);
        if (frozen)
            frozen->rememberEach();
        return frozen;
    });
}

QFuture<base::Result<qint64>> JobService::others(const domain::JobFilter& filter,
                                                 const domain::FrozenJobs& jobs, int limit)
{
    domain::PageRequest request;
    request.filter = filter;
    request.limit = limit;
    return m_threads->read([request, jobs](store::JobStore& store) -> base::Result<qint64> {
        const auto page = store.jobs.page(request);
        if (!page)
            return page.error();
        return std::count_if(page->jobs.cbegin(), page->jobs.cend(),
                             [&](const domain::Job& job) { return !jobs.contains(job.id); });
    });
}

QFuture<base::Result<Prediction>> JobService::predict(JobAction action, const Selection& selection)
{
    return m_threads->read(
        [action, jobs = selection.jobs](store::JobStore& store) -> base::Result<Prediction> {
            if (const base::Status may = store.changes.mayChange(action); !may)
                return may.error();
            domain::FrozenJobs found;
            for (const domain::FrozenJobs::Part& part : jobs.parts()) {
                if (part.state()) {
                    found.add(part);
                    continue;
                }
                const auto named = store.jobs.freeze(part.ids());
                if (!named)
                    return named.error();
                for (const domain::FrozenJobs::Part& one : named->parts())
                    found.add(one);
            }
            domain::Outcome outcome = domain::prediction(action, found);
            if (action == JobAction::Delete)
                outcome.lost = store.shape().lostByDelete;
            return Prediction{outcome, found};
        });
}

void JobService::setReadDeadline(std::chrono::milliseconds deadline)
{
    m_threads->setReadDeadline(deadline);
}

void JobService::stopReading()
{
    m_threads->stopReading();
}

QFuture<base::Result<domain::Outcome>> JobService::run(Begin begin, const ChangeOptions& options,
                                                       OnEnd onEnd)
{
    BulkRun::Work work;
    work.begin = std::move(begin);
    work.onEnd = std::move(onEnd);
    work.stop = options.stop;
    work.control = options.control;
    work.plan = options.plan;
    work.onStep = options.progress;
    work.onBatch = [onChanged = m_onChanged](const store::BulkChange& change) {
        if (onChanged && change.action())
            onChanged(*change.action(), change.lastBatch());
    };
    return BulkRun::start(m_threads, std::move(work));
}

namespace {
store::ChangeNote noteOf(const QString& action, const QString& scope)
{
    return {action, scope, domain::Actor::current()};
}
} // namespace

QFuture<base::Result<domain::Outcome>>
JobService::change(JobAction action, const Selection& selection, const ChangeOptions& options)
{
    return run(
        [action, selection, isSlow = options.plan.isSet()](store::JobStore& store) {
            store::ChangeNote note = noteOf(domain::actionName(action), selection.scope);
            note.isSlow = isSlow;
            return store.changes.begin(action, selection.jobs, note);
        },
        options);
}

QFuture<base::Result<domain::CleanUpPreview>>
JobService::previewCleanUp(const domain::CleanUp& request, const std::stop_token& stop)
{
    return m_threads->check([request, stop, url = m_threads->url()](store::JobStore& store) {
        auto preview = store.jobs.previewCleanUp(request, stop);
        if (preview && !request.keepReports)
            preview->lost += reportsOf(preview->frozen, url);
        return preview;
    });
}

QFuture<base::Result<domain::Outcome>> JobService::cleanUp(const domain::CleanUp& request,
                                                           const domain::CleanUpPreview& preview,
                                                           const ChangeOptions& options)
{
    const QString scope = u"created before %1"_s.arg(request.before.toUTC().toString(Qt::ISODate));
    OnEnd removeReports = [url = m_threads->url()](store::JobStore& store,
                                                   domain::Outcome& outcome) {
        if (outcome.changed == 0)
            return;
        // The jobs are deleted; a report that stays behind goes with the next clean-up.
        const auto removed = removeReportsOfGoneJobs(store, url);
        if (removed)
            outcome.lost += *removed;
        else
            qCWarning(lcHandlers).noquote() << removed.error().detail;
    };
    return run(
        [jobs = preview.frozen, scope](store::JobStore& store) {
            return store.changes.begin(JobAction::Delete, jobs, noteOf(u"cleanup"_s, scope));
        },
        options, request.keepReports ? OnEnd() : std::move(removeReports));
}

QFuture<base::Result<domain::JobIds>> JobService::enqueue(const QString& type,
                                                          const QByteArray& payload, int count)
{
    return m_threads->write(
        [=, onAdded = m_onAdded](store::JobStore& store) -> base::Result<domain::JobIds> {
            const auto checked = domain::checkPayload(type, payload);
            if (!checked)
                return checked.error();
            auto ids = store.additions.enqueue(
                QVector<domain::NewJob>(count, domain::NewJob::withText(type, payload)),
                domain::Actor::current());
            if (ids && onAdded)
                onAdded();
            return ids;
        });
}

QFuture<base::Result<domain::Outcome>> JobService::undo(const domain::JournalId& entry,
                                                        const ChangeOptions& options)
{
    return run([entry](store::JobStore& store) { return store.changes.beginUndo(entry); }, options);
}

QFuture<base::Result<domain::Outcome>> JobService::redo(const ChangeOptions& options)
{
    return run([](store::JobStore& store) { return store.changes.beginRedo(); }, options);
}

QFuture<base::Result<domain::Outcome>> JobService::resume(const domain::JournalId& entry,
                                                          const ChangeOptions& options)
{
    return run([entry](store::JobStore& store) { return store.changes.resume(entry); }, options);
}

QFuture<base::Result<QVector<domain::JournalEntry>>> JobService::journal(int limit)
{
    return m_threads->read(
        [limit](store::JobStore& store) { return store.changes.journal(limit); });
}

QFuture<base::Result<domain::JournalSize>> JobService::journalSize()
{
    return m_threads->readFigures([](store::JobStore& store) { return store.journal.size(); });
}

QFuture<base::Result<qint64>> JobService::countJournalBefore(const QDateTime& time)
{
    return m_threads->read(
        [time](store::JobStore& store) { return store.journal.countBefore(time); });
}

QFuture<base::Result<domain::Outcome>> JobService::forgetJournal(const QDateTime& before,
                                                                 const ChangeOptions& options)
{
    return forgetEntries(m_threads, before, options);
}

QFuture<base::Result<QVector<domain::JournalRow>>>
JobService::journalRows(const domain::JournalId& entry, const QString& after, int limit)
{
    return m_threads->read([entry, after, limit](store::JobStore& store) {
        return store.changes.journalRows(entry, after, limit);
    });
}

} // namespace queuedeck::service
