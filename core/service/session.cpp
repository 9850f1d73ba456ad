// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/session.h"

#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/home.h"
#include "core/service/jobservice.h"
#include "core/service/scanservice.h"
#include "core/service/sessionthreads.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
base::Result<db::DatabaseUrl> addressOf(const Session::Options& options)
{
    if (options.address.isEmpty())
        return db::DatabaseUrl::sqliteFile(embeddedDatabase());
    return db::DatabaseUrl::parse(options.address);
}

// Opens once to see that it works, and what it is.
base::Result<SessionInfo> look(const db::DatabaseUrl& url, db::OpenMode mode, bool embedded)
{
    auto store = store::JobStore::open(url, mode);
    if (!store)
        return store.error();
    const auto version = (*store)->serverVersion();
    if (!version)
        return version.error();
    return SessionInfo{url.name(), url.display(),
                       *version,   u"own"_s,
                       mode == db::OpenMode::ReadOnly, embedded};
}
} // namespace

QFuture<base::Result<std::shared_ptr<Session>>> Session::open(const Options& options)
{
    // The thread serves this one question; it ends with the last reference to its promise.
    auto opener = std::make_shared<async::TaskThread>("qd-open");
    const auto future = opener->run([options]() -> base::Result<std::shared_ptr<Session>> {
        const auto url = addressOf(options);
        if (!url)
            return url.error();
        const bool embedded = options.address.isEmpty();
        const db::OpenMode mode = options.readOnly              ? db::OpenMode::ReadOnly
                                  : options.create || embedded ? db::OpenMode::Create
                                                               : db::OpenMode::ReadWrite;
        const auto info = look(*url, mode, embedded);
        if (!info)
            return info.error();
        auto threads = std::make_shared<SessionThreads>(*url, mode);
        return std::shared_ptr<Session>(new Session(*info, std::move(threads)));
    });
    return future;
}

Session::Session(SessionInfo info, std::shared_ptr<SessionThreads> threads)
    : m_info(std::move(info))
    , m_threads(std::move(threads))
    , m_jobs(std::make_unique<JobService>(m_threads))
    , m_scans(std::make_unique<ScanService>(m_threads))
    , m_engine(std::make_unique<EngineService>(m_threads))
    , m_changes(std::make_unique<ChangeFeed>(m_threads))
{
}

Session::~Session() = default;

} // namespace queuedeck::service
