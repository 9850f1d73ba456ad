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
