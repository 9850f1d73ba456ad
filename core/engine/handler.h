// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/effect.h"
#include "core/domain/job.h"

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
};

/// The outcome of an attempt.
struct TaskResult
{
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

    static TaskResult completed(QVector<domain::Effect> effects = {})
    {
        return {Kind::Completed, {}, std::move(effects)};
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
