// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/answers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
constexpr int kTryAgainSeconds = 5;

QJsonValue timeJson(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs))
                          : QJsonValue(QJsonValue::Null);
}

Response jsonResponse(const QJsonObject& object)
{
    return {.body = QJsonDocument(object).toJson(QJsonDocument::Compact), .wasKnown = true};
}

void addMetric(QByteArray& text, const char* name, const char* type, const char* help)
{
    text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

void addValue(QByteArray& text, const char* name, const QByteArray& labels, qint64 value)
{
    text += name + labels + ' ' + QByteArray::number(value) + '\n';
}
} // namespace

Response waitingResponse(const domain::WaitingJobs& waiting)
{
    QJsonArray jobs;
    for (const domain::Job& job : waiting.oldest) {
        jobs += QJsonObject{{u"id"_s, job.id.value},
                            {u"type"_s, job.type},
                            {u"attempts"_s, job.attempts.value_or(0)},
                            {u"createdAt"_s, timeJson(job.createdAt)}};
    }
    return jsonResponse({{u"pendingCount"_s, waiting.count}, {u"jobs"_s, jobs}});
}

Response processedResponse(const service::ProcessReport& report)
{
    return jsonResponse({{u"processed"_s, report.processed},
                         {u"failed"_s, report.failed},
                         {u"startTime"_s, timeJson(report.startTime)},
                         {u"endTime"_s, timeJson(report.endTime)},
                         {u"message"_s, report.message}});
}

Response metricsResponse(const domain::QueueSnapshot& snapshot, const Totals& totals)
{
    QByteArray text;
    addMetric(text, "queuedeck_jobs", "gauge", "Jobs in the table, by status.");
    const auto& counts = snapshot.counts;
    addValue(text, "queuedeck_jobs", "{status=\"pending\"}", counts.pending);
    addValue(text, "queuedeck_jobs", "{status=\"processing\"}", counts.processing);
    addValue(text, "queuedeck_jobs", "{status=\"completed\"}", counts.completed);
    addValue(text, "queuedeck_jobs", "{status=\"failed\"}", counts.failed);
    addValue(text, "queuedeck_jobs", "{status=\"other\"}", counts.other);
    addMetric(text, "queuedeck_dead_jobs", "gauge", "Pending jobs whose attempts are spent.");
    addValue(text, "queuedeck_dead_jobs", {}, snapshot.dead);
    addMetric(text, "queuedeck_stuck_jobs", "gauge", "Processing jobs that nothing works on.");
    addValue(text, "queuedeck_stuck_jobs", {}, snapshot.stuck);
    addMetric(text, "queuedeck_oldest_pending_seconds", "gauge",
              "Age of the oldest job that can still run; 0 when there is none.");
    addValue(text, "queuedeck_oldest_pending_seconds", {},
             snapshot.oldestPending.isValid()
                 ? std::max<qint64>(0, snapshot.oldestPending.secsTo(snapshot.takenAt))
                 : 0);
    addMetric(text, "queuedeck_attempts_last_hour", "gauge",
              "Attempts of the last hour that Queuedeck ran, by outcome.");
    addValue(text, "queuedeck_attempts_last_hour", "{outcome=\"completed\"}",
             snapshot.completedLastHour);
    addValue(text, "queuedeck_attempts_last_hour", "{outcome=\"failed\"}", snapshot.failedLastHour);
    addMetric(text, "queuedeck_endpoint_processed_total", "counter",
              "Jobs this endpoint completed since it was started.");
    addValue(text, "queuedeck_endpoint_processed_total", {}, totals.processed);
    addMetric(text, "queuedeck_endpoint_failed_total", "counter",
              "Attempts that failed in this endpoint since it was started.");
    addValue(text, "queuedeck_endpoint_failed_total", {}, totals.failed);
    addMetric(text, "queuedeck_endpoint_batches_total", "counter",
              "Batches this endpoint ran since it was started.");
    addValue(text, "queuedeck_endpoint_batches_total", {}, totals.batches);
    addMetric(text, "queuedeck_endpoint_running", "gauge", "1 while a batch runs.");
    addValue(text, "queuedeck_endpoint_running", {}, totals.isRunning ? 1 : 0);
    return {.body = text, .type = "text/plain; version=0.0.4; charset=utf-8", .wasKnown = true};
}

Response pictureResponse(const base::Result<service::ServedPicture>& picture)
{
    if (!picture)
        return errorResponse(404, u"There is no such picture."_s);
    return {.body = picture->bytes, .type = picture->mediaType};
}

Response failedResponse(const base::Error& error)
{
    const bool mayWorkLater = error.kind == base::ErrorKind::Unreachable ||
                              error.kind == base::ErrorKind::Timeout ||
                              error.kind == base::ErrorKind::Cancelled;
    Response response =
        mayWorkLater
            ? errorResponse(503, base::Sentence::tr("The database does not answer at the moment."))
            : errorResponse(500,
                            base::Sentence::tr("The database could not do this. The log of the "
                                               "endpoint says why."));
    response.retryAfter = mayWorkLater ? kTryAgainSeconds : 0;
    response.wasKnown = true;
    return response;
}

} // namespace queuedeck::endpoint
