// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/history.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

#include <memory>

namespace queuedeck::service {

class ChangeFeed;
class LocalRecorder;
class SessionThreads;

/// The recorded history of a queue. While the session may write, it also rolls the history up and
/// notes how old the oldest pending job is, so that this is known where no engine runs; paused, it
/// does not. A guest's history is inferred from what changes while the session shows the queue, and
/// kept on this computer. Lives on the GUI thread.
class HistoryService : public QObject
{
    Q_OBJECT

public:
    /// `mayRecord`: this session may write to tables of ours. `recorder`: a guest's, else null.
    HistoryService(std::shared_ptr<SessionThreads> threads, const ChangeFeed& changes,
                   bool mayRecord, std::unique_ptr<LocalRecorder> recorder);
    ~HistoryService() override;

    /// `type` limits the charted figures; empty: every type.
    QFuture<base::Result<domain::History>> read(domain::HistoryPeriod period,
                                                const QString& type = {});
    /// By type since the history began: figures that never fall.
    QFuture<base::Result<QMap<QString, domain::HistoryFigures>>> totals();
    /// Writes a chart to a file, whole or not at all, in place of one that is there; returns the
    /// full path.
    QFuture<base::Result<QString>> save(const QString& path, const QByteArray& bytes);

    /// As every half minute.
    void record();

private:
    std::shared_ptr<SessionThreads> m_threads;
    const ChangeFeed& m_changes;
    QTimer m_timer{this};
    std::unique_ptr<LocalRecorder> m_recorder;
};

} // namespace queuedeck::service
