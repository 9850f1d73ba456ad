// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/message.h"

#include <variant>

namespace queuedeck::endpoint {

/// Who sent the request.
enum class Standing {
    Nobody,    ///< no valid key
    KeyHolder, ///< x-api-key
    Cron,      ///< CRON_SECRET as bearer token: may GET /api/jobs/process, which then processes
};

/// Work to do before there is a response.
struct Work
{
    enum class Kind {
        Look,    ///< list waiting jobs, as JSON
        Process, ///< run jobs
        Metrics, ///< for Prometheus
        Picture, ///< send an uploaded picture
    };
    Kind kind = Kind::Look;
    int maxJobs = 0;         ///< for Process
    QByteArray picture = {}; ///< for Picture: its name, see service::ServedPictures::isName

    bool operator==(const Work&) const = default;
};

using Admission = std::variant<Response, Work>;

constexpr int kMostJobs = 1000;
constexpr int kJobsUnlessSaid = 10;

/// Routes a request. Pure. Denies by default: without a valid key every path except /healthz gives
/// the same 401, whether it exists or not. HEAD works like GET where GET only reads; OPTIONS lists
/// the allowed methods. If pictures are served, whoever knows the name of one gets it without a
/// key.
Admission route(const Request& request, Standing standing, int mostJobs = kMostJobs,
                bool servesPictures = false);

/// The one response to every request without a valid key.
Response unauthorized();

} // namespace queuedeck::endpoint
