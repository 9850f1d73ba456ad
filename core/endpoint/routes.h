// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/message.h"

#include <variant>

namespace queuedeck::endpoint {

/// Who asks.
enum class Standing {
    Nobody,    ///< no valid key
    KeyHolder, ///< x-api-key
    Cron,      ///< the bearer of CRON_SECRET: may GET /api/jobs/process, which processes
};

/// What is left to do before there is an answer.
struct Work
{
    enum class Kind {
        Look,    ///< what waits, as JSON
        Process, ///< run jobs
        Metrics, ///< for Prometheus
    };
    Kind kind = Kind::Look;
    int maxJobs = 0; ///< of Process

    bool operator==(const Work&) const = default;
};

using Verdict = std::variant<Response, Work>;

constexpr int kMostJobs = 1000;
constexpr int kJobsUnlessSaid = 10;

/// What a request comes to. Pure. Denies by default: without a valid key every address but
/// /healthz gives the same 401, whether it exists or not. HEAD is what GET would be, where GET only
/// looks; OPTIONS tells what an address takes.
Verdict route(const Request& request, Standing standing, int mostJobs = kMostJobs);

/// The one answer to everybody without a valid key.
Response unauthorized();

} // namespace queuedeck::endpoint
