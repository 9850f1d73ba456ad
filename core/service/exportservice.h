// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/jobexport.h"

#include <QFuture>

#include <functional>
#include <memory>
#include <stop_token>

namespace queuedeck::async {
class TaskThread;
}

namespace queuedeck::service {

class SessionThreads;

/// Writes jobs to files, on a thread and a connection of its own, one export after the other, so
/// that nothing else waits for it. Nothing is changed in the database, which may be read-only.
class ExportService
{
public:
    explicit ExportService(std::shared_ptr<SessionThreads> threads);
    /// Stops what is running; its file is not there then.
    ~ExportService();

    struct Request
    {
        domain::ExportScope scope;
        domain::ExportChoice choice;
        QString file; ///< empty: `stream` takes what is written, on the thread of exports
        bool mayReplace = false;
        std::function<base::Status(const QByteArray&)> stream = {};
    };
    /// Called after some hundred jobs, on the thread of exports.
    using Progress = std::function<void(qint64 jobs)>;

    /// Whole or not at all. Invalid: the choice, and why; NotFound: no such folder; Denied: the
    /// file exists, or is none; Cancelled by `stop`; Internal: why it cannot be written.
    QFuture<base::Result<domain::ExportReport>>
    write(const Request& request, const std::stop_token& stop = {}, const Progress& progress = {});

    /// The first jobs of an export, to show what it would be like.
    struct Sample
    {
        QVector<domain::ExportedJob> jobs;
        QVector<domain::ExportPlace> places; ///< of their payloads, the most frequent first
    };
    QFuture<base::Result<std::shared_ptr<const Sample>>> sample(const domain::ExportScope& scope);
    QFuture<base::Result<domain::ExportPreview>> preview(std::shared_ptr<const Sample> sample,
                                                         const domain::ExportChoice& choice);
    /// A statement that reads these jobs, for the database's own shell.
    QFuture<base::Result<QString>> statement(const domain::JobIds& ids);

    /// Where a file would be.
    struct Place
    {
        qint64 freeBytes = -1; ///< -1: not known
        bool isTaken = false;  ///< there is a file of this name
    };
    QFuture<base::Result<Place>> place(const QString& file);

private:
    std::shared_ptr<SessionThreads> m_threads;
    std::stop_source m_end;
    std::unique_ptr<async::TaskThread> m_thread;
};

} // namespace queuedeck::service
