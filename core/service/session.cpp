// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/session.h"

#include "core/remote/remoteservice.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/home.h"
#include "core/service/jobservice.h"
#include "core/service/keyservice.h"
#include "core/service/orphanwatch.h"
#include "core/service/scanservice.h"
#include "core/service/schedulework.h"
#include "core/service/sessionthreads.h"
#include "core/service/snapshotfeed.h"
#include "core/service/storedpassword.h"

#include <QCryptographicHash>
#include <QThread>

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
base::Result<db::DatabaseUrl> addressOf(const Session::Options& options)
{
    if (options.address.isEmpty())
        return db::DatabaseUrl::sqliteFile(embeddedDatabase());
    return db::DatabaseUrl::parse(options.address);
}

// Whoever signs in, with whatever password.
QString keyOf(const db::DatabaseUrl& url)
{
    constexpr int kEnough = 16; // digits: no computer knows so many databases
    const QString text = url.dialect == db::Dialect::Sqlite
                             ? u"sqlite:"_s + url.path
                             : u"postgresql://%1:%2/%3?schema=%4"_s.arg(url.host).arg(url.port).arg(
                                   url.database, url.schema);
    const QByteArray digest =
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QString::fromLatin1(digest.left(kEnough));
}

// Opens once to see that it works, and what it is.
struct Look
{
    SessionInfo info;
    store::TableShape shape;
};

base::Result<Look> look(const db::DatabaseUrl& url, db::OpenMode mode, bool embedded)
{
    auto store = store::JobStore::open(url, mode);
    if (!store)
        return store.error();
    const auto version = (*store)->serverVersion();
    if (!version)
        return version.error();
    const store::TableShape& shape = (*store)->shape();
    SessionInfo info{url.name(), url.display(), *version, store::modeText(shape.mode)};
    info.readOnly = mode == db::OpenMode::ReadOnly || !shape.changesOff.isEmpty();
    info.isWatching = shape.mode == store::TableShape::Mode::Beside && !info.readOnly;
    info.changesOff = shape.changesOff;
    info.enqueueOff = shape.enqueueOff;
    info.notes = shape.notes;
    info.embedded = embedded;
    info.key = keyOf(url);
    return Look{info, shape};
}

// Exact however many there are: whether pending fell is seen in the last digit.
remote::RemoteService::Count exactCount(const std::shared_ptr<SessionThreads>& threads)
{
    using Counted = remote::RemoteService::Counted;
    static const std::map<Counted, QString> kFilters{{Counted::Pending, u"status:pending"_s},
                                                     {Counted::Dead, u"is:dead"_s},
                                                     {Counted::Completed, u"status:completed"_s},
                                                     {Counted::Failed, u"status:failed"_s}};
    return [threads](Counted counted) {
        const auto filter = domain::JobFilter::parse(kFilters.at(counted));
        return threads->read([filter = *filter](store::JobStore& store) -> base::Result<qint64> {
            constexpr qint64 kNoLimit = 1'000'000'000'000;
            const auto found = store.jobs.count(filter, kNoLimit);
            return found ? base::Result<qint64>(found->count) : base::Result<qint64>(found.error());
        });
    };
}
} // namespace

QFuture<base::Result<std::shared_ptr<Session>>> Session::open(const Options& options)
{
    db::Connection::makeRegistry();
    static async::TaskThread opener("qd-open"); // connecting may take seconds, whatever else runs
    QThread* const home = QThread::currentThread();
    return opener.run([options, home]() -> base::Result<std::shared_ptr<Session>> {
        auto url = addressOf(options);
        if (!url)
            return url.error();
        const bool embedded = options.address.isEmpty();
        const db::OpenMode mode = options.readOnly             ? db::OpenMode::ReadOnly
                                  : options.create || embedded ? db::OpenMode::Create
                                                               : db::OpenMode::ReadWrite;
        const bool mayKeep = options.keepPassword && !url->password.isEmpty();
        auto found = openWithStoredPassword(*url, [mode, embedded](const db::DatabaseUrl& tried) {
            return look(tried, mode, embedded);
        });
        if (!found)
            return found.error();
        if (mayKeep)
            found->info.notes += keepPassword(*url);
        std::shared_ptr<Session> session(
            new Session(found->info, std::make_shared<SessionThreads>(*url, mode, found->shape)));
        session->m_engine->moveToThread(home);
        session->m_changes->moveToThread(home);
        session->m_snapshots->moveToThread(home);
        session->m_watch->moveToThread(home);
        session->m_remote->moveToThread(home);
        session->m_schedules->moveToThread(home);
        session->m_changes->start();
        session->m_watch->start();
        return session;
    });
}

Session::Session(SessionInfo info, std::shared_ptr<SessionThreads> threads)
    : m_info(std::move(info))
    , m_threads(std::move(threads))
    , m_engine(std::make_unique<EngineService>(m_threads))
    , m_jobs(std::make_unique<JobService>(
          m_threads,
          [engine = m_engine.get()](domain::JobAction action, const domain::JobIds& ids) {
              engine->jobsChanged(action, ids);
          },
          [engine = m_engine.get()] { engine->wake(); }))
    , m_scans(
          std::make_unique<ScanService>(m_threads, [engine = m_engine.get()] { engine->wake(); }))
    , m_changes(std::make_unique<ChangeFeed>(m_threads))
    , m_snapshots(std::make_unique<SnapshotFeed>(*m_jobs, *m_changes))
    , m_watch(std::make_unique<OrphanWatch>(m_threads, *m_changes, m_info.isWatching))
    , m_keys(std::make_unique<KeyService>())
    , m_remote(std::make_unique<remote::RemoteService>(exactCount(m_threads)))
    , m_schedules(makeScheduler(schedulesFile(m_info.key), *m_engine, *m_jobs, *m_remote))
{
}

Session::~Session()
{
    // No question may reach the engine once it is gone.
    m_threads->finishWriting();
}

} // namespace queuedeck::service
