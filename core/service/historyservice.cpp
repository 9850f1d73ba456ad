// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/historyservice.h"

#include "core/base/logging.h"
#include "core/base/wholefile.h"
#include "core/service/changefeed.h"
#include "core/service/localrecorder.h"
#include "core/service/sessionthreads.h"

#include <QFileInfo>

namespace queuedeck::service {

namespace {
constexpr std::chrono::seconds kRecord{30};
} // namespace

HistoryService::HistoryService(std::shared_ptr<SessionThreads> threads, const ChangeFeed& changes,
                               bool mayRecord, std::unique_ptr<LocalRecorder> recorder)
    : m_threads(std::move(threads))
    , m_changes(changes)
    , m_recorder(std::move(recorder))
{
    m_timer.setInterval(kRecord);
    connect(&m_timer, &QTimer::timeout, this, &HistoryService::record);
    if (mayRecord)
        m_timer.start();
}

HistoryService::~HistoryService() = default;

QFuture<base::Result<domain::History>> HistoryService::read(domain::HistoryPeriod period,
                                                            const QString& type)
{
    const auto job = [period, type](store::JobStore& store) {
        return store.historyReader.read(period, type);
    };
    return m_recorder ? m_recorder->run(job) : m_threads->read(job);
}

QFuture<base::Result<QMap<QString, domain::HistoryFigures>>> HistoryService::totals()
{
    return m_threads->read([](store::JobStore& store) { return store.historyReader.totals(); });
}

QFuture<base::Result<QString>> HistoryService::save(const QString& path, const QByteArray& bytes)
{
    return m_threads->work([path, bytes]() -> base::Result<QString> {
        auto whole = base::WholeFile::write(path, bytes, base::WholeFile::Readers::ByUmask);
        if (!whole)
            return whole.error();
        if (const base::Status published = (*whole)->publish(true); !published)
            return published.error();
        return QFileInfo(path).absoluteFilePath();
    });
}

// A database that does not answer is reported by the feed.
void HistoryService::record()
{
    if (m_changes.isPaused() || m_changes.isLost())
        return;
    (void)m_threads->write([](store::JobStore& store) -> base::Result<bool> {
        const base::Status done = store.history.rollUp();
        if (!done)
            qCWarning(lcDb).noquote() << "history:" << done.error().detail;
        return done ? base::Result<bool>(true) : base::Result<bool>(done.error());
    });
}

} // namespace queuedeck::service
