// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QVector>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace queuedeck::remote {

/// A remote endpoint. Its key is stored elsewhere: see secrets::Entry::processorKey.
struct RemoteAddress
{
    QString name;
    QString url; ///< "https://app.example" or with a path; default path: /api/jobs/process
    /// How long a call may take; it lasts as long as its jobs.
    std::chrono::milliseconds timeout = std::chrono::minutes(15);
};

/// How a call ended, in kinds that a program can act on.
enum class RemoteVerdict {
    Running,       ///< not ended yet
    Done,          ///< the endpoint reported success
    NoFall,        ///< it reported success, but pending did not fall
    Refused,       ///< 401, 403, or no key
    NotThere,      ///< 404, 405: no endpoint at this address
    TooMany,       ///< 429
    Failed,        ///< 5xx and other unsuccessful responses
    NotUnderstood, ///< 200, but not a response of our endpoint
    NoAnswer,      ///< no response in time, or the connection broke meanwhile
    Unsafe,        ///< certificate, redirect, no TLS: the key was not exposed
    Unreachable,   ///< no such host, connection refused: nothing was sent
    Cancelled,
};

/// The result of one call, or of all calls of a drain so far.
struct RemoteReport
{
    RemoteVerdict verdict = RemoteVerdict::Running;
    int httpStatus = 0; ///< of the last call; 0: no response
    /// As the endpoint reports, over all calls; from the database if that shows more failures than
    /// the endpoint counted.
    qint64 processed = 0;
    qint64 failed = 0;
    /// Jobs that became completed and failed in the database meanwhile, whatever ran them; nothing
    /// if unknown.
    std::optional<qint64> completedInDatabase;
    std::optional<qint64> failedInDatabase;
    int calls = 0;                       ///< requests sent
    QDateTime startTime;                 ///< as the endpoint reports, of the first call
    QDateTime endTime;                   ///< of the last
    QString message;                     ///< the endpoint's message, of the last call
    std::optional<qint64> pendingBefore; ///< in the database; nothing if unknown
    std::optional<qint64> pendingAfter;  ///< current while it runs
    base::Sentence sentence;             ///< for people: what happened and what was not done
    QString answerText; ///< the start of a response that was not understood, with the key masked

    bool isSuccess() const
    {
        return verdict == RemoteVerdict::Done || verdict == RemoteVerdict::NoFall;
    }
    /// The sentence as an error, for calls without success.
    base::Error error() const;
};

/// What an endpoint reports as pending.
struct RemoteQueue
{
    struct Job
    {
        QString id;
        QString type;
        std::optional<qint64> attempts; ///< nothing: not a number
        QDateTime createdAt;
    };
    qint64 pendingCount = 0;
    bool isCapped = false; ///< the web application counts only up to 100
    QVector<Job> jobs;     ///< the oldest first
    std::optional<qint64> pendingInDatabase;
    std::optional<qint64> deadInDatabase; ///< of these, with no attempts left, or NULL: never run
    std::optional<qint64> oddInDatabase;  ///< in addition, with a status that is none of the four
    base::Sentence sentence;              ///< "12 pending there, 12 in the database."
};

/// Calls the endpoint of a web application that runs jobs itself, and compares what it reports with
/// the database. A POST is never sent twice: the first may still be running. Calls of trigger and
/// drain run one after another on one thread; status has its own. Signals are emitted on this
/// object's thread.
///
/// A future's error means that the call could not begin (Invalid: no such URL); how it ended, well
/// or not, is a report with its sentence. status() has no report, so there every failure is an
/// error.
class RemoteService : public QObject
{
    Q_OBJECT

public:
    /// In the database: Pending includes dead ones; Dead is pending with all attempts used; Odd has
    /// a status that is none of the four.
    enum class Counted { Pending, Dead, Completed, Failed, Odd };
    /// Counts exactly; callable from any thread. Empty: there is no database.
    using Count = std::function<QFuture<base::Result<qint64>>(Counted)>;

    explicit RemoteService(Count count = {}, QObject* parent = nullptr);
    ~RemoteService() override;

    /// One call for at most `maxJobs` jobs.
    QFuture<base::Result<RemoteReport>> trigger(const RemoteAddress& address, int maxJobs);
    /// Calls again as long as pending falls. Waits if asked to (429, 409 or 503 with Retry-After).
    QFuture<base::Result<RemoteReport>> drain(const RemoteAddress& address, int maxJobsACall);
    QFuture<base::Result<RemoteQueue>> status(const RemoteAddress& address);
    /// Ends the current call; a sent request may still be running there, and the report says so.
    void cancel();

Q_SIGNALS:
    /// About once a second while a call runs, and after each call of a drain.
    void progressed(const queuedeck::remote::RemoteReport& soFar);

private:
    class Private;
    std::function<void(const RemoteReport&)> tellProgress();

    std::unique_ptr<Private> d;
};

} // namespace queuedeck::remote
