// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/routes.h"

#include "core/base/result.h"
#include "core/service/servedpictures.h"

#include <QByteArrayList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
constexpr qsizetype kMostDigits = 4;
constexpr QByteArrayView kPictures = "/pictures/";

base::Result<int> maxJobsOf(const QByteArray& query, int mostJobs)
{
    const auto wrong =
        base::fail(base::ErrorKind::Invalid,
                   base::Sentence::tr("maxJobs must be one integer from 1 to %1.").arg(mostJobs));
    int maxJobs = 0;
    for (const QByteArray& pair : query.split('&')) {
        if (pair != "maxJobs" && !pair.startsWith("maxJobs="))
            continue;
        const QByteArray digits = pair.mid(qsizetype(sizeof("maxJobs=")) - 1);
        const bool isNumber =
            !digits.isEmpty() && digits.size() <= kMostDigits &&
            std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        const int value = isNumber ? digits.toInt() : 0;
        if (maxJobs != 0 || value < 1 || value > mostJobs)
            return wrong;
        maxJobs = value;
    }
    return maxJobs != 0 ? maxJobs : std::min(kJobsUnlessSaid, mostJobs);
}

// The response to other methods: OPTIONS lists the allowed ones, anything else gets 405.
Response otherMethod(const Request& request, const QByteArray& allowed)
{
    Response response;
    if (request.method != "OPTIONS")
        response = errorResponse(
            405,
            u"%1 accepts only %2."_s.arg(QString::fromLatin1(request.path),
                                         QString::fromLatin1(allowed).replace(u", "_s, u" or "_s)));
    response.allow = allowed;
    return response;
}

Admission processed(const QByteArray& query, int mostJobs)
{
    const auto maxJobs = maxJobsOf(query, mostJobs);
    if (!maxJobs)
        return errorResponse(400, maxJobs.error().detail);
    return Work{Work::Kind::Process, *maxJobs};
}
} // namespace

Response unauthorized()
{
    return errorResponse(401, u"Unauthorized"_s);
}

Admission route(const Request& request, Standing standing, int mostJobs, bool servesPictures)
{
    const bool isGet = request.method == "GET" || request.method == "HEAD";
    const bool isPost = request.method == "POST";
    const bool isOptions = request.method == "OPTIONS";
    const bool isProcess = request.path == "/api/jobs/process";
    const bool isHealth = request.path == "/healthz";
    if (isHealth && isGet)
        return Response{.body = R"({"status":"ok"})"};
    if (isHealth && (isOptions || standing == Standing::KeyHolder))
        return otherMethod(request, "GET, HEAD");
    if (servesPictures && request.path.startsWith(kPictures)) {
        const QByteArray name = request.path.mid(kPictures.size());
        if (service::ServedPictures::isName(name))
            return isGet ? Admission(Work{Work::Kind::Picture, 0, name})
                         : otherMethod(request, "GET, HEAD");
    }
    if (standing == Standing::Cron) {
        // Its GET runs jobs; HEAD, which must be safe, is not treated as that GET.
        if (isProcess && request.method == "GET")
            return processed(request.query, mostJobs);
        return isProcess ? Admission(otherMethod(request, "GET")) : unauthorized();
    }
    if (standing == Standing::Nobody)
        return unauthorized();
    if (isProcess) {
        if (isPost)
            return processed(request.query, mostJobs);
        return isGet ? Admission(Work{Work::Kind::Look}) : otherMethod(request, "GET, HEAD, POST");
    }
    if (request.path == "/metrics")
        return isGet ? Admission(Work{Work::Kind::Metrics}) : otherMethod(request, "GET, HEAD");
    return errorResponse(404, u"There is nothing at this address."_s);
}

} // namespace queuedeck::endpoint
