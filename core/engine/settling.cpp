// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settling.h"

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

using domain::JobStatus;

namespace {
// An error is meant to be read: its beginning says what happened, the rest is noise in every list.
// The 8 KB that we keep of a program's standard error fit, with what we put before them.
constexpr qsizetype kLongestError = 8 * 1024 + 128;
// A job that was postponed is tried again after this.
constexpr std::chrono::seconds kPostponement{15};

// The work is done and stays done, so what cannot be kept is replaced by why.
QByteArray keptResult(const QByteArray& result)
{
    if (result.size() <= TaskResult::kLargestResult)
        return result;
    return QJsonDocument(
               QJsonObject{
                   {u"notKept"_s, u"The result is larger than the %1 bytes that are kept."_s.arg(
                                      TaskResult::kLargestResult)}})
        .toJson(QJsonDocument::Compact);
}
} // namespace

store::Settlement handBack(const store::ClaimedJob& job)
{
    store::Settlement settlement;
    settlement.id = job.id;
    settlement.version = job.version;
    settlement.address = job.address;
    settlement.type = job.type;
    settlement.payload = job.payload;
    settlement.status = JobStatus::Pending;
    settlement.refund = true;
    settlement.outcome = u"released"_s;
    return settlement;
}

store::Settlement settlementFor(const store::ClaimedJob& job, const TaskResult& result,
                                const QDateTime& startedAt, const domain::RetryPolicy& policy,
                                double random)
{
    store::Settlement settlement;
    settlement.id = job.id;
    settlement.version = job.version;
    settlement.address = job.address;
    settlement.startedAt = startedAt;
    settlement.type = job.type;
    settlement.payload = job.payload;
    settlement.effects = result.effects;
    settlement.error = result.error.left(kLongestError);
    switch (result.kind) {
    case TaskResult::Kind::Completed:
        settlement.status = JobStatus::Completed;
        settlement.outcome = u"completed"_s;
        settlement.error = QString();
        settlement.result = keptResult(result.result);
        return settlement;
    case TaskResult::Kind::Postponed:
        settlement.status = JobStatus::Pending;
        settlement.outcome = u"released"_s;
        settlement.refund = true;
        settlement.retryIn = result.wait.count() > 0 ? result.wait : kPostponement;
        return settlement;
    case TaskResult::Kind::Failed:
        if (job.attempt < policy.maxAttempts) {
            settlement.status = JobStatus::Pending;
            settlement.outcome = u"retried"_s;
            settlement.retryIn = policy.backOff(job.attempt, random);
            return settlement;
        }
        break;
    case TaskResult::Kind::Unrecoverable: break;
    }
    settlement.status = JobStatus::Failed;
    settlement.outcome = u"failed"_s;
    return settlement;
}

} // namespace queuedeck::engine
