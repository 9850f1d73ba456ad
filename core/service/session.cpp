// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/session.h"

#include "core/remote/remoteservice.h"
#include "core/service/changefeed.h"
#include "core/service/diagnosisservice.h"
#include "core/service/engineservice.h"
#include "core/service/errorgroupservice.h"
#include "core/service/exportservice.h"
#include "core/service/handlertables.h"
#include "core/service/historyservice.h"
#include "core/service/home.h"
#include "core/service/importservice.h"
#include "core/service/jobservice.h"
#include "core/service/keyservice.h"
#include "core/service/localrecorder.h"
#include "core/service/orphanwatch.h"
#include "core/service/reportservice.h"
#include "core/service/reportwork.h"
#include "core/service/samplehandlers.h"
#include "core/service/scanservice.h"
#include "core/service/schedulework.h"
#include "core/service/sessionthreads.h"
#include "core/service/snapshotfeed.h"
#include "core/service/storedpassword.h"

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

struct Opened::Parts
{
    db::DatabaseUrl url; ///< with the password that worked
    db::OpenMode mode;
    store::TableShape shape;
    HandlerTables handlers;
};

namespace {
base::Result<db::DatabaseUrl> addressOf(const Session::Options& options)
{
    if (options.address.isEmpty())
        return db::DatabaseUrl::sqliteFile(embeddedDatabase());
    return db::DatabaseUrl::parse(options.address);
}

base::Result<Opened> openOnce(const db::DatabaseUrl& url, db::OpenMode mode,
                              const Session::Options& options)
{
    auto store = store::JobStore::open(url, mode);
    if (!store)
        return store.error();
    const auto version = (*store)->serverVersion();
    if (!version)
        return version.error();
    const store::TableShape& shape = (*store)->shape();
    SessionInfo info{url.name(), url.display(), *version, shape.mode};
    info.readOnly = mode == db::OpenMode::ReadOnly || !shape.changesOff.isEmpty();
    info.isWatching = shape.mode == domain::QueueMode::Beside && !info.readOnly;
    info.changesOff = shape.changesOff;
    info.enqueueOff = shape.enqueueOff;
    info.deleteOff = shape.deleteOff;
    info.notes = shape.notes;
    info.embedded = options.address.isEmpty();
    info.key = databaseKey(url);
    info.user = url.user;
    info.rules = options.rules;
    if (!options.rules.name.isEmpty())
        info.name = options.rules.name;
    if (mode == db::OpenMode::ReadOnly)
        info.rules.safety = domain::Safety::ReadOnly;
    return Opened{info, std::make_shared<const Opened::Parts>(Opened::Parts{
                            url, mode, shape, readHandlerTables(isSampleDatabase(url))})};
}

// Exact for any number: whether pending fell may show only in the last digit.
remote::RemoteService::Count exactCount(const std::shared_ptr<SessionThreads>& threads)
{
    using Counted = remote::RemoteService::Counted;
    static const std::map<Counted, QString> kFilters{{Counted::Pending, u"status:pending"_s},
                                                     {Counted::Dead, u"is:dead"_s},
                                                     {Counted::Completed, u"status:completed"_s},
                                                     {Counted::Failed, u"status:failed"_s},
                                                     {Counted::Odd, u"is:unknown"_s}};
    return [threads](Counted counted) {
        const auto filter = domain::JobFilter::parse(kFilters.at(counted));
        return threads->readFigures([filter =
                                         *filter](store::JobStore& store) -> base::Result<qint64> {
            constexpr qint64 kNoLimit = 1'000'000'000'000;
            const auto found = store.jobs.count(filter, kNoLimit);
            return found ? base::Result<qint64>(found->count) : base::Result<qint64>(found.error());
        });
    };
}
} // namespace

QFuture<base::Result<Opened>> Session::open(const Options& options)
{
    db::Connection::makeRegistry();
    static async::TaskThread opener("qd-open"); // connecting may take seconds
    return opener.run([options]() -> base::Result<Opened> {
        auto url = addressOf(options);
        if (!url)
            return url.error();
        const bool embedded = options.address.isEmpty();
        const db::OpenMode mode = options.wantsReadOnly()      ? db::OpenMode::ReadOnly
                                  : options.create || embedded ? db::OpenMode::Create
                                                               : db::OpenMode::ReadWrite;
        const bool mayKeep = options.keepPassword && !url->password.isEmpty();
        auto opened = openWithStoredPassword(*url, [mode, &options](const db::DatabaseUrl& tried) {
            return openOnce(tried, mode, options);
        });
        if (opened && mayKeep)
            keepPassword(*url);
        return opened;
    });
}

Session::Session(const Opened& opened)
    : m_info(opened.info)
    , m_threads(std::make_shared<SessionThreads>(opened.parts->url, opened.parts->mode,
                                                 opened.parts->shape))
    , m_engine(std::make_unique<EngineService>(m_threads, opened.parts->handlers))
    , m_jobs(std::make_unique<JobService>(
          m_threads, m_engine->runningHere(),
          [engine = m_engine.get()](domain::JobAction action, const domain::JobIds& ids) {
              engine->jobsChanged(action, ids);
          },
          [engine = m_engine.get()] { engine->wake(); }))
    , m_scans(
          std::make_unique<ScanService>(m_threads, [engine = m_engine.get()] { engine->wake(); }))
    , m_reports(std::make_unique<ReportService>(reportsFolder(opened.parts->url)))
    , m_imports(
          std::make_unique<ImportService>(m_threads, [engine = m_engine.get()] { engine->wake(); }))
    , m_exports(std::make_unique<ExportService>(m_threads))
    , m_changes(std::make_unique<ChangeFeed>(m_threads))
    , m_snapshots(std::make_unique<SnapshotFeed>(*m_jobs, *m_changes))
    , m_watch(std::make_unique<OrphanWatch>(m_threads, *m_changes, m_info.isWatching))
    , m_history(std::make_unique<HistoryService>(
          m_threads, *m_changes, m_info.mode != domain::QueueMode::Guest && !m_info.readOnly,
          m_info.mode == domain::QueueMode::Guest
              ? std::make_unique<LocalRecorder>(historyFile(m_info.key), *m_snapshots)
              : nullptr))
    , m_errorGroups(std::make_unique<ErrorGroupService>(m_threads))
    , m_keys(std::make_unique<KeyService>())
    , m_remote(std::make_unique<remote::RemoteService>(exactCount(m_threads)))
    , m_schedules(makeScheduler(schedulesFile(m_info.key), *m_engine, *m_jobs, *m_remote))
    , m_diagnosis(std::make_unique<DiagnosisService>(m_threads, *m_engine, *m_schedules))
{
    m_scans->allowPictureHosts(m_engine->pictures().hosts);
}

Session::~Session()
{
    // No change may reach the engine once it is gone.
    m_threads->finishWriting();
}

void Session::setPictures(const PictureChoices& choices)
{
    m_engine->setPictures(choices);
    m_scans->allowPictureHosts(choices.hosts);
}

} // namespace queuedeck::service
