// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/gate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
constexpr qsizetype kLongestPort = 5;

// "localhost:3000" → "localhost"; null when what follows the name is no port.
QByteArray nameOf(const QByteArray& host)
{
    const qsizetype start = host.startsWith('[') ? host.indexOf(']') : 0;
    const qsizetype colon = start < 0 ? -1 : host.indexOf(':', start);
    if (colon < 0)
        return host.toLower();
    const QByteArray port = host.mid(colon + 1);
    const bool isPort =
        !port.isEmpty() && port.size() <= kLongestPort &&
        std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isPort ? host.left(colon).toLower() : QByteArray();
}
} // namespace

Gate::Gate(const Options& options)
    : m_hosts(QSet<QByteArray>(options.hosts) | QSet<QByteArray>{"localhost", "127.0.0.1", "[::1]"})
    , m_mostJobs(std::clamp(options.mostJobs, 1, kMostJobs))
    , m_apiKey(options.apiKey)
    , m_cronSecret(options.cronSecret.isEmpty() ? nullptr
                                                : std::make_unique<KeyCheck>(options.cronSecret))
    , m_badKeys(options.badKeysAMinute)
{
}

// A web page that had its own name lead to this computer would still send that name.
bool Gate::isForUs(const Request& request) const
{
    if (request.count("host") == 0)
        return true; // HTTP/1.0, which no browser speaks
    return m_hosts.contains(nameOf(request.only("host")));
}

Standing Gate::standingOf(const Request& request, bool& hasTried) const
{
    const int keys = request.count("x-api-key");
    if (keys > 0) {
        hasTried = true;
        // Programs on the way may look at another one of two, so two are none.
        if (keys == 1 && m_apiKey.matches(request.only("x-api-key")))
            return Standing::KeyHolder;
    }
    const QByteArray authorization = request.only("authorization");
    constexpr QByteArrayView kBearer = "bearer ";
    if (keys == 0 && m_cronSecret &&
        authorization.left(kBearer.size()).compare(kBearer, Qt::CaseInsensitive) == 0) {
        hasTried = true;
        if (m_cronSecret->matches(QByteArrayView(authorization).sliced(kBearer.size())))
            return Standing::Cron;
    }
    return Standing::Nobody;
}

Verdict Gate::admit(const Request& request, BadKeys::Time now)
{
    if (!isForUs(request))
        return errorResponse(
            421, u"The Host header names another server. `--host NAME` makes a name known."_s);
    if (request.count("origin") > 0)
        return errorResponse(403, u"Web pages may not use this endpoint."_s);
    bool hasTried = false;
    const Standing standing = standingOf(request, hasTried);
    if (hasTried && standing == Standing::Nobody) {
        if (const int wait = m_badKeys.note(request.peer, now)) {
            Response response = errorResponse(
                429, u"Too many wrong keys came from this address. Try again in %1 s."_s.arg(wait));
            response.retryAfter = wait;
            response.close = true;
            return response;
        }
    }
    Verdict verdict = route(request, standing, m_mostJobs);
    if (auto* response = std::get_if<Response>(&verdict))
        response->wasKnown = standing != Standing::Nobody;
    return verdict;
}

} // namespace queuedeck::endpoint
