// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedulejson.h"

#include <QFuture>

#include <memory>

class QLockFile;

namespace queuedeck::async {
class TaskThread;
}

namespace queuedeck::schedule {

/// The schedule file on disk, and its lock: one Queuedeck at a time holds it, until it exits.
/// Reading is quick and blocks; writing, which waits for the disk, has its own thread. Lives on the
/// GUI thread. Private to this room.
class ScheduleStore
{
public:
    explicit ScheduleStore(const QString& file);
    ~ScheduleStore(); ///< writes what is not yet written

    /// Locks the file for this Queuedeck. Conflict: another one holds it; Denied: the folder cannot
    /// be created or written.
    base::Status take();
    bool isTaken() const;

    /// Empty if there is no file yet. Invalid: it is not understood; the message says why.
    base::Result<ScheduleFileContent> read() const;
    /// Through a temporary file that is renamed; only its owner may read it.
    QFuture<base::Status> write(const ScheduleFileContent& content);
    void flush();

private:
    const QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<async::TaskThread>
        m_writer; ///< created on the first write: most programs never write
};

} // namespace queuedeck::schedule
