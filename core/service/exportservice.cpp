// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/exportservice.h"

#include "core/async/taskthread.h"
#include "core/exports/exportlook.h"
#include "core/exports/jobexport.h"
#include "core/service/sessionthreads.h"
#include "core/store/jobstatement.h"

#include <QFileInfo>
#include <QStorageInfo>

namespace queuedeck::service {

using exports::ExportTarget;

namespace {
constexpr qsizetype kSample = 200;

// Of a statement: an export may look through rows that nothing finds by an index.
constexpr std::chrono::minutes kDeadline(2);

base::Result<std::unique_ptr<store::JobStore>> opened(const SessionThreads& threads)
{
    auto store = store::JobStore::open(threads.url(), db::OpenMode::ReadOnly);
    if (store)
        (*store)->connection().setDeadline(kDeadline);
    return store;
}

base::Result<domain::ExportReport> written(const SessionThreads& threads,
                                           const ExportService::Request& request,
                                           const std::stop_token& stop,
                                           const ExportService::Progress& progress)
{
    if (const base::Status valid = domain::checkExport(request.choice); !valid)
        return valid.error();
    std::unique_ptr<ExportTarget> target;
    if (request.file.isEmpty()) {
        target = ExportTarget::stream(request.stream);
    } else {
        auto file = ExportTarget::file(request.file, request.mayReplace);
        if (!file)
            return file.error();
        target = std::move(*file);
    }
    const auto store = opened(threads);
    if (!store)
        return store.error();
    const std::stop_callback interrupt(stop, [&store] { (*store)->connection().interrupt(); });
    auto report =
        exports::exportJobs(**store, request.scope, request.choice, *target, stop, progress);
    if (!report && stop.stop_requested())
        return base::fail(base::ErrorKind::Cancelled,
                          base::Sentence::tr("Stopped. No file was written."));
    return report;
}
} // namespace

ExportService::ExportService(std::shared_ptr<SessionThreads> threads)
    : m_threads(std::move(threads))
    , m_thread(std::make_unique<async::TaskThread>("qd-export"))
{
}

ExportService::~ExportService()
{
    m_end.request_stop();
}

QFuture<base::Result<domain::ExportReport>>
ExportService::write(const Request& request, const std::stop_token& stop, const Progress& progress)
{
    return m_thread->run([threads = m_threads, request, stop, progress, end = m_end.get_token()] {
        // Either stops it: the person, or the end of the session.
        std::stop_source either;
        const std::stop_callback byPerson(stop, [&either] { either.request_stop(); });
        const std::stop_callback byEnd(end, [&either] { either.request_stop(); });
        return written(*threads, request, either.get_token(), progress);
    });
}

QFuture<base::Result<std::shared_ptr<const ExportService::Sample>>>
ExportService::sample(const domain::ExportScope& scope)
{
    using Found = std::shared_ptr<const Sample>;
    return m_thread->run([threads = m_threads, scope,
                          end = m_end.get_token()]() -> base::Result<Found> {
        const auto store = opened(*threads);
        if (!store)
            return store.error();
        auto sample = std::make_shared<Sample>();
        std::stop_source enough;
        const std::stop_callback byEnd(end, [&enough] { enough.request_stop(); });
        const base::Status read = exports::readJobs(
            **store, scope, true, enough.get_token(),
            [&](const QVector<domain::ExportedJob>& jobs) -> base::Status {
                sample->jobs += jobs.first(std::min(jobs.size(), kSample - sample->jobs.size()));
                if (sample->jobs.size() == kSample)
                    enough.request_stop();
                return {};
            });
        if (!read && !enough.stop_requested())
            return read.error();
        sample->places = exports::placesOf(sample->jobs);
        return Found(sample);
    });
}

QFuture<base::Result<domain::ExportPreview>>
ExportService::preview(std::shared_ptr<const Sample> sample, const domain::ExportChoice& choice)
{
    return m_thread->run(
        [sample = std::move(sample), choice] { return exports::previewOf(sample->jobs, choice); });
}

QFuture<base::Result<QString>> ExportService::statement(const domain::JobIds& ids)
{
    return m_thread->run([threads = m_threads, ids]() -> base::Result<QString> {
        const auto store = opened(*threads);
        if (!store)
            return store.error();
        return store::statementReading(**store, ids);
    });
}

QFuture<base::Result<ExportService::Place>> ExportService::place(const QString& file)
{
    return m_thread->run([file]() -> base::Result<Place> {
        const QStorageInfo disk(QFileInfo(file).absolutePath());
        return Place{disk.isValid() ? disk.bytesAvailable() : qint64(-1), QFileInfo(file).isFile()};
    });
}

} // namespace queuedeck::service
