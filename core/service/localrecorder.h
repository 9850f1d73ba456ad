// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taskthread.h"
#include "core/domain/snapshot.h"
#include "core/store/jobstore.h"

#include <QObject>

#include <memory>

namespace queuedeck::service {

class SnapshotFeed;

/// The history of a queue in whose database nothing of ours exists: inferred from one snapshot to
/// the next while this session shows it, and kept in a SQLite file of this program, which has the
/// tables of a history like any database of ours. Lives on the GUI thread, the file on its own.
/// Private to this room.
class LocalRecorder : public QObject
{
    Q_OBJECT

public:
    /// `path`: of the file, which is made with the first snapshot.
    LocalRecorder(QString path, const SnapshotFeed& snapshots);
    ~LocalRecorder() override;

    template <class Job>
    auto run(Job job)
    {
        return m_thread->run([this, job = std::move(job)]() mutable -> decltype(job(*m_store)) {
            if (const base::Status open = ensureOpen(); !open)
                return open.error();
            return job(*m_store);
        });
    }

private:
    void note(const domain::QueueSnapshot& snapshot);
    base::Status ensureOpen();

    const QString m_path;
    domain::QueueSnapshot m_latest;
    qint64 m_noted = 0;
    const QString m_recorder;                    ///< as an engine's id: this run of the program
    std::unique_ptr<store::JobStore> m_store;    ///< on m_thread only
    std::unique_ptr<async::TaskThread> m_thread; // last: it uses all of the above
};

} // namespace queuedeck::service
