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

/// The file of schedules on the disk, and which Queuedeck has it: one at a time, until it ends.
/// Reading is quick and blocks; writing, which waits for the disk, has a thread of its own. Lives
/// on the GUI thread. Private to this room.
class ScheduleStore
{
public:
    explicit ScheduleStore(const QString& file);
    ~ScheduleStore(); ///< writes what is not yet written

    /// Takes the file for this Queuedeck. Conflict: another one has it; Denied: no such folder can
    /// be made or written.
    base::Status take();
    bool isTaken() const;

    /// Empty when there is no file yet. Invalid: it is not understood, and says why.
    base::Result<ScheduleFileContent> read() const;
    /// By a temporary file that is renamed; only its owner may read it.
    QFuture<base::Status> write(const ScheduleFileContent& content);
    void flush();

private:
    const QString m_file;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<async::TaskThread> m_writer; ///< most programs never write, and have none
};

} // namespace queuedeck::schedule
