// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/localrecorder.h"

#include "core/base/logging.h"
#include "core/base/privatefiles.h"
#include "core/domain/inferredhistory.h"
#include "core/service/snapshotfeed.h"

#include <QFileInfo>

namespace queuedeck::service {

LocalRecorder::LocalRecorder(QString path, const SnapshotFeed& snapshots)
    : m_path(std::move(path))
    , m_recorder(domain::newUuid(base::Clock::system().now().toMSecsSinceEpoch()))
    , m_thread(std::make_unique<async::TaskThread>("qd-recorder", [this] { m_store.reset(); }))
{
    connect(&snapshots, &SnapshotFeed::read, this,
            [this, &snapshots] { note(snapshots.current()); });
}

LocalRecorder::~LocalRecorder()
{
    m_thread.reset(); // the file is closed by its own thread
}

void LocalRecorder::note(const domain::QueueSnapshot& snapshot)
{
    domain::InferredHistory inferred = domain::inferHistory(m_latest, snapshot);
    m_latest = snapshot;
    domain::HistoryBatch batch{m_recorder, ++m_noted, std::move(inferred.parts)};
    (void)run([batch = std::move(batch),
               seen = inferred.seen](store::JobStore& store) -> base::Result<bool> {
        base::Status done = store.history.note(batch);
        if (done)
            done = store.history.rollUp(seen);
        if (!done)
            qCWarning(lcDb).noquote() << "history:" << done.error().detail;
        return done ? base::Result<bool>(true) : base::Result<bool>(done.error());
    });
}

base::Status LocalRecorder::ensureOpen()
{
    if (m_store)
        return {};
    if (const base::Status made = base::makePrivateFolder(QFileInfo(m_path).absolutePath()); !made)
        return made;
    auto opened = store::JobStore::open(db::DatabaseUrl::sqliteFile(m_path), db::OpenMode::Create);
    if (!opened)
        return opened.error();
    m_store = std::move(*opened);
    return {};
}

} // namespace queuedeck::service
