// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/jobservice.h"

#include "core/base/logging.h"
#include "core/domain/payloadschema.h"
#include "core/service/reportwork.h"
#include "core/service/runninghere.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using domain::JobAction;

namespace {
base::Result<domain::Outcome> changeInStore(store::JobStore& store, JobAction action,
                                            const domain::JobIds& ids, const QString& name,
                                            const QString& scope, const ChangeOptions& options)
{
    return store.changes.change(action, ids, {name, scope, domain::Actor::current()},
                                options.dryRun, [&options](qint64 done, qint64 total) {
                                    if (options.progress)
                                        options.progress(done, total);
                                    return !options.stop.stop_requested();
                                });
}
} // namespace

JobService::JobService(std::shared_ptr<SessionThreads> threads,
                       std::shared_ptr<const RunningHere> running, ChangeHook onChanged,
                       AddedHook onAdded)
    : m_threads(std::move(threads))
    , m_running(std::move(running))
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
    return m_threads->readFigures([](store::JobStore& store) { return store.jobs.snapshot(); });
}

QFuture<base::Result<domain::WaitingJobs>> JobService::waiting(int limit)
{
    return m_threads->read([limit](store::JobStore& store) { return store.jobs.waiting(limit); });
}

QFuture<base::Result<domain::JobIds>> JobService::freeze(const domain::JobFilter& filter)
{
    return m_threads->read([filter](store::JobStore& store) { return store.jobs.ids(filter); });
}

void JobService::setReadDeadline(std::chrono::milliseconds deadline)
{
    m_threads->setReadDeadline(deadline);
}

void JobService::stopReading()
{
    m_threads->stopReading();
}

QFuture<base::Result<domain::Outcome>>
JobService::change(JobAction action, const Selection& selection, const ChangeOptions& options)
{
    return m_threads->write([=, onChanged = m_onChanged](store::JobStore& store) {
        auto outcome = changeInStore(store, action, selection.ids, domain::actionName(action),
                                     selection.scope, options);
        if (outcome && outcome->changed > 0 && !options.dryRun && onChanged)
            onChanged(action, selection.ids);
        return outcome;
    });
}

QFuture<base::Result<domain::CleanUpPreview>>
JobService::previewCleanUp(const domain::CleanUp& request)
{
    return m_threads->read([request, url = m_threads->url()](store::JobStore& store) {
        auto preview = store.jobs.previewCleanUp(request);
        if (preview && !request.keepReports)
            preview->lost += reportsOf(preview->ids, url);
        return preview;
    });
}

QFuture<base::Result<domain::Outcome>> JobService::cleanUp(const domain::CleanUp& request,
                                                           const domain::CleanUpPreview& preview,
                                                           const ChangeOptions& options)
{
    const QString scope = u"created before %1"_s.arg(request.before.toUTC().toString(Qt::ISODate));
    return m_threads->write([ids = preview.ids, scope, options, url = m_threads->url(),
                             keepReports = request.keepReports](store::JobStore& store) {
        auto outcome = changeInStore(store, JobAction::Delete, ids, u"cleanup"_s, scope, options);
        if (!outcome || keepReports)
            return outcome;
        if (options.dryRun) {
            outcome->lost += reportsOf(ids, url);
        } else if (outcome->changed > 0) {
            // The jobs are deleted; a report that stays behind goes with the next clean-up.
            const auto removed = removeReportsOfGoneJobs(store, url);
            if (removed)
                outcome->lost += *removed;
            else
                qCWarning(lcHandlers).noquote() << removed.error().detail;
        }
        return outcome;
    });
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

QFuture<base::Result<domain::Outcome>> JobService::undo(const domain::JournalId& entry)
{
    return m_threads->write([entry](store::JobStore& store) { return store.changes.undo(entry); });
}

QFuture<base::Result<QVector<domain::JournalEntry>>> JobService::journal(int limit)
{
    return m_threads->read(
        [limit](store::JobStore& store) { return store.changes.journal(limit); });
}

} // namespace queuedeck::service
