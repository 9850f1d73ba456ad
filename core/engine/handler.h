// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/effect.h"
#include "core/domain/job.h"
#include "core/domain/progress.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>

namespace queuedeck::engine {

/// The input of a handler. `payload` has passed the schema of its type.
struct Task
{
    domain::JobId id; ///< the idempotency key: a job may be started more than once
    QString type;
    QJsonObject payload;
    int attempt = 1;      ///< 1 is the first
    std::stop_token stop; ///< set when the job is cancelled or lost, or the engine must stop now
    QByteArray payloadText = {}; ///< the payload as stored: order and numbers unchanged
    /// Set when the engine begins to stop: work that is cheap to repeat may be handed back.
    std::stop_token leaving = {};
    /// Where to say how far the job is; nullptr: nobody looks.
    domain::ProgressSink* progress = nullptr;

    /// How far the job is, from 0 to 1, and what is being done, in a few words. Costs next to
    /// nothing, so it may be called for every line of a file.
    void report(double fraction, const QString& text = {}) const
    {
        if (progress)
            progress->report({fraction, text});
    }
    /// The same where nobody can say how far it is.
    void report(const QString& text) const
    {
        if (progress)
            progress->report({std::nullopt, text});
    }
};

/// The outcome of an attempt.
struct TaskResult
{
    /// The largest `result` that is kept, in bytes.
    static constexpr qsizetype kLargestResult = 64 * 1024;

    enum class Kind {
        Completed,
        Failed,        ///< counts as an attempt; retried while attempts are left
        Unrecoverable, ///< retrying cannot help: bad picture, invalid payload, rejected key
        Postponed,     ///< hand it back without using up the attempt (asked to wait, or stopping)
    };

    Kind kind = Kind::Completed;
    QString error;                        ///< the reason, for people; not for Completed
    QVector<domain::Effect> effects = {}; ///< written to other tables, together with the result
    std::chrono::milliseconds wait{0};    ///< for Postponed: at least; 0: the usual time
    /// For Completed: what to show with the job, the text of a small JSON object. It is kept in the
    /// history as it is, where there is one. Empty: nothing.
    QByteArray result = {};

    static TaskResult completed(QVector<domain::Effect> effects = {})
    {
        return {Kind::Completed, {}, std::move(effects)};
    }
    static TaskResult completed(const QJsonObject& result, QVector<domain::Effect> effects = {})
    {
        TaskResult done = completed(std::move(effects));
        done.result = QJsonDocument(result).toJson(QJsonDocument::Compact);
        return done;
    }
    static TaskResult failed(QString why) { return {Kind::Failed, std::move(why)}; }
    static TaskResult unrecoverable(QString why) { return {Kind::Unrecoverable, std::move(why)}; }
    static TaskResult postponed(QString why, std::chrono::milliseconds wait = {})
    {
        return {Kind::Postponed, std::move(why), {}, wait};
    }
};

/// Runs the jobs of one type. One handler object lives on one engine worker thread: `run` is never
/// called from two threads, so it may keep expensive state (an OCR engine, a connection) between
/// calls. It blocks until done, checks `task.stop` where it can, and never throws.
class Handler
{
public:
    virtual ~Handler() = default;
    virtual TaskResult run(const Task& task) = 0;
};

/// Creates a handler for a worker thread, on that thread.
using HandlerFactory = std::function<std::unique_ptr<Handler>()>;

/// The types that an engine can run; it claims no others. Built before the engine starts.
using HandlerTable = std::map<QString, HandlerFactory>;

} // namespace queuedeck::engine
