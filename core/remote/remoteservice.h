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

/// An endpoint somewhere else. Its key is not in here: see secrets::Entry::processorKey.
struct RemoteAddress
{
    QString name;
    QString url; ///< "https://app.example" or with the path; without one /api/jobs/process is meant
    /// How long a call may take; it lasts as long as the jobs do.
    std::chrono::milliseconds timeout = std::chrono::minutes(15);
};

/// How a call ended, as far as a program can act on it.
enum class RemoteVerdict {
    Running,       ///< not ended yet
    Done,          ///< the endpoint processed, and said so
    NoFall,        ///< it said so, but pending did not fall
    Refused,       ///< 401, 403, or no key
    NotThere,      ///< 404, 405: no endpoint at this address
    TooMany,       ///< 429
    Failed,        ///< 5xx and other answers that are no success
    NotUnderstood, ///< 200, but not the answer of the endpoint
    NoAnswer,      ///< no answer in time, or the connection broke while it worked
    Unsafe,        ///< certificate, redirect, no TLS: nothing was risked
    Unreachable,   ///< no such host, connection refused: nothing was sent
    Cancelled,
};

/// What one call, or all calls of a drain so far, came to.
struct RemoteReport
{
    RemoteVerdict verdict = RemoteVerdict::Running;
    int httpStatus = 0; ///< of the last call; 0: there was no answer
    /// As the endpoint says, over all calls; where the database shows more failures than it
    /// counted, as the database says.
    qint64 processed = 0;
    qint64 failed = 0;
    /// What came to be completed and failed in the database meanwhile, whoever did it; none when it
    /// is not known.
    std::optional<qint64> completedInDatabase;
    std::optional<qint64> failedInDatabase;
    int calls = 0;                       ///< requests that were sent
    QDateTime startTime;                 ///< as the endpoint says, of the first call
    QDateTime endTime;                   ///< of the last
    QString message;                     ///< the endpoint's own, of the last call
    std::optional<qint64> pendingBefore; ///< in the database; none when it is not known
    std::optional<qint64> pendingAfter;  ///< now, while it runs
    QString sentence;                    ///< for people: what happened and what was not done
    QString answerText; ///< the start of an answer that was not understood; the key is masked

    bool isSuccess() const
    {
        return verdict == RemoteVerdict::Done || verdict == RemoteVerdict::NoFall;
    }
    /// The sentence as an error, for what ended without success.
    base::Error error() const;
};

/// What an endpoint says is pending.
struct RemoteQueue
{
    struct Job
    {
        QString id;
        QString type;
        std::optional<qint64> attempts; ///< none: it says no number
        QDateTime createdAt;
    };
    qint64 pendingCount = 0;
    bool isCapped = false; ///< the web application counts to 100 only
    QVector<Job> jobs;     ///< the oldest first
    std::optional<qint64> pendingInDatabase;
    std::optional<qint64> deadInDatabase; ///< of these, with no attempts left, or NULL: not run
    std::optional<qint64> oddInDatabase;  ///< besides, of a status that is none of the four
    QString sentence;                     ///< "12 pending there, 12 in the database."
};

/// Calls the endpoint of a web application that runs jobs itself, and holds what it says against
/// the database. A POST is never sent twice: what was sent may still be working. Calls of trigger
/// and drain follow each other on one thread, status has its own. Signals come on the thread this
/// object lives on.
///
/// A future's error is for what could not begin (Invalid: no such URL); how a call ended, well or
/// not, is a report with its sentence. status() has no report, so there every end is an error.
class RemoteService : public QObject
{
    Q_OBJECT

public:
    /// Of the database: pending, with the dead ones; dead, pending with all attempts spent; odd, of
    /// a status that is none of the four.
    enum class Counted { Pending, Dead, Completed, Failed, Odd };
    /// Counts exactly; from any thread. Empty: there is no database.
    using Count = std::function<QFuture<base::Result<qint64>>(Counted)>;

    explicit RemoteService(Count count = {}, QObject* parent = nullptr);
    ~RemoteService() override;

    /// One call for at most `maxJobs`.
    QFuture<base::Result<RemoteReport>> trigger(const RemoteAddress& address, int maxJobs);
    /// Calls again as long as pending falls. Waits when it is told to (429, 409 or 503 with
    /// Retry-After).
    QFuture<base::Result<RemoteReport>> drain(const RemoteAddress& address, int maxJobsACall);
    QFuture<base::Result<RemoteQueue>> status(const RemoteAddress& address);
    /// Ends what runs now; what was sent may still be working there, and the report says so.
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
