// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/reportwork.h"

#include "core/base/sentence.h"
#include "core/domain/reportfigures.h"
#include "core/handlers/report_generation/reportfiles.h"
#include "core/service/home.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using domain::ReportDocument;

namespace {
/// Of one worker thread.
class Reader
{
public:
    explicit Reader(std::shared_ptr<SessionThreads> threads)
        : m_threads(std::move(threads))
    {
    }

    base::Result<ReportDocument> report(const domain::ReportRequest& request,
                                        const domain::JobId& job, const std::stop_token& stop)
    {
        if (!m_store) {
            auto opened = m_threads->openStore();
            if (!opened)
                return opened.error();
            m_store = std::move(*opened);
        }
        auto report = read(request, job, stop);
        if (!report && report.error().kind == ErrorKind::Unreachable)
            m_store.reset(); // the next attempt connects again
        if (!report && stop.stop_requested())
            return base::fail(ErrorKind::Cancelled,
                              Sentence::tr("Stopped while the figures were read."));
        return report;
    }

private:
    base::Result<ReportDocument> read(const domain::ReportRequest& request,
                                      const domain::JobId& job, const std::stop_token& stop)
    {
        const QDateTime now = base::Clock::system().now();
        const auto asked = m_store->jobs.job(job);
        if (!asked && asked.error().kind != ErrorKind::NotFound)
            return asked.error();
        const auto span =
            request.span(asked && asked->job.createdAt.isValid() ? asked->job.createdAt : now);
        if (!span)
            return span.error();
        const auto server = m_store->serverVersion();
        if (!server)
            return server.error();
        const domain::ReportOrigin origin{
            *span, m_threads->url().name(), *server, m_store->shape().mode, now, job};
        // A long query ends at once; a stop that comes between two is seen before the next.
        const std::stop_callback interrupting(stop, [this] { m_store->connection().interrupt(); });
        if (stop.stop_requested())
            return base::fail(ErrorKind::Cancelled, {});
        switch (request.kind) {
        case domain::ReportKind::QueueHealth:
            return from(m_store->reports.queueHealth(*span), domain::queueHealthReport, origin);
        case domain::ReportKind::Scans:
            return from(m_store->reports.scans(*span), domain::scansReport, origin);
        case domain::ReportKind::Imports:
            return from(m_store->reports.imports(*span), domain::importsReport, origin);
        case domain::ReportKind::Enrichment:
            return from(m_store->reports.enrichments(*span), domain::enrichmentReport, origin);
        case domain::ReportKind::Spend:
            return from(m_store->reports.spend(*span), domain::spendReport, origin);
        }
        return base::fail(ErrorKind::Internal, Sentence::tr("There is no such report."));
    }

    template <class Rows>
    static base::Result<ReportDocument> from(const base::Result<Rows>& rows,
                                             ReportDocument (*make)(const Rows&,
                                                                    const domain::ReportOrigin&),
                                             const domain::ReportOrigin& origin)
    {
        if (!rows)
            return rows.error();
        return make(*rows, origin);
    }

    const std::shared_ptr<SessionThreads> m_threads;
    std::unique_ptr<store::JobStore> m_store;
};

base::Sentences clause(qint64 reports)
{
    if (reports == 0)
        return {};
    return {reports == 1 ? Sentence::tr("1 report on this computer")
                         : Sentence::tr("%L1 reports on this computer").arg(reports)};
}
} // namespace

QString reportsFolder(const db::DatabaseUrl& url)
{
    return u"%1/reports/%2"_s.arg(homeFolder(), databaseKey(url));
}

handlers::ReportSource reportSource(const std::shared_ptr<SessionThreads>& threads)
{
    return [reader = std::make_shared<Reader>(threads)](
               const domain::ReportRequest& request, const domain::JobId& job,
               const std::stop_token& stop) { return reader->report(request, job, stop); };
}

base::Sentences reportsOf(const domain::FrozenJobs& jobs, const db::DatabaseUrl& url)
{
    const QVector<domain::ReportFile> reports = handlers::ReportFiles(reportsFolder(url)).list();
    if (reports.isEmpty())
        return {};
    return clause(std::count_if(reports.cbegin(), reports.cend(),
                                [&](const auto& report) { return jobs.contains(report.job); }));
}

base::Result<base::Sentences> removeReportsOfGoneJobs(store::JobStore& store,
                                                      const db::DatabaseUrl& url)
{
    const handlers::ReportFiles files(reportsFolder(url));
    domain::JobIds ids;
    for (const domain::ReportFile& report : files.list())
        ids += report.job;
    if (ids.isEmpty())
        return base::Sentences();
    const auto there = store.jobs.wholeRows(ids);
    if (!there)
        return there.error();
    ids.removeIf([&](const domain::JobId& id) { return there->contains(id); });
    for (const domain::JobId& id : std::as_const(ids))
        files.remove(id);
    return clause(ids.size());
}

} // namespace queuedeck::service
