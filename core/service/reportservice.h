// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/report.h"

#include <QFuture>
#include <QVector>

#include <memory>
#include <optional>

namespace queuedeck::async {
class TaskThread;
}

namespace queuedeck::service {

/// The reports that were made on this computer for the jobs of a database. Files are read and
/// written on a thread of its own; no database is needed.
class ReportService
{
public:
    explicit ReportService(QString folder);
    ~ReportService();

    /// Newest first.
    QFuture<base::Result<QVector<domain::ReportFile>>> list();
    /// None if it was not made here, or has been removed.
    QFuture<base::Result<std::optional<domain::ReportFile>>> report(const domain::JobId& job);
    /// Copies a report, whole or not at all, and returns the full path. NotFound as above; Denied
    /// if the file exists and may not be replaced.
    QFuture<base::Result<QString>> save(const domain::JobId& job, const QString& path,
                                        bool mayReplace);

private:
    async::TaskThread& thread();

    const QString m_folder;
    std::unique_ptr<async::TaskThread> m_thread; ///< created on first use
};

} // namespace queuedeck::service
