// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/gate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
constexpr qsizetype kLongestPort = 5;

// "localhost:3000" → "localhost"; null if what follows the name is not a port.
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
    , m_servesPictures(options.servesPictures)
    , m_apiKey(options.apiKey)
    , m_cronSecret(options.cronSecret.isEmpty() ? nullptr
                                                : std::make_unique<KeyCheck>(options.cronSecret))
    , m_badKeys(options.badKeysAMinute)
{
}

// DNS rebinding: a web page whose name resolves to this computer still sends that name.
bool Gate::isForUs(const Request& request) const
{
    if (request.count("host") == 0)
        return true; // HTTP/1.0, which no browser speaks
    return m_hosts.contains(nameOf(request.only("host")));
}

bool Gate::isRight(const KeyCheck& check, QByteArrayView presented, const QByteArray& peer,
                   BadKeys::Time now, Tried& tried)
{
    tried.isAny = true;
    const QByteArray fingerprint = check.fingerprint(presented);
    tried.wait = m_badKeys.tries(peer, fingerprint, now);
    if (tried.wait > 0 || !check.matches(presented))
        return false;
    m_badKeys.wasRight(peer, fingerprint);
    return true;
}

Standing Gate::standingOf(const Request& request, BadKeys::Time now, Tried& tried)
{
    const int keys = request.count("x-api-key");
    if (keys > 0) {
        tried.isAny = true;
        // A proxy may check a different one of two keys than we do, so two count as none.
        if (keys == 1 && isRight(m_apiKey, request.only("x-api-key"), request.peer, now, tried))
            return Standing::KeyHolder;
    }
    const QByteArray authorization = request.only("authorization");
    constexpr QByteArrayView kBearer = "bearer ";
    if (keys == 0 && m_cronSecret &&
        authorization.left(kBearer.size()).compare(kBearer, Qt::CaseInsensitive) == 0) {
        const auto secret = QByteArrayView(authorization).sliced(kBearer.size());
        if (isRight(*m_cronSecret, secret, request.peer, now, tried))
            return Standing::Cron;
    }
    return Standing::Nobody;
}

Admission Gate::admit(const Request& request, BadKeys::Time now)
{
    if (!isForUs(request))
        return errorResponse(
            421, u"The Host header names another server. `--host NAME` makes a name known."_s);
    if (request.count("origin") > 0)
        return errorResponse(403, u"Web pages may not use this endpoint."_s);
    Tried tried;
    const Standing standing = standingOf(request, now, tried);
    if (tried.isAny && standing == Standing::Nobody) {
        if (const int wait = std::max(tried.wait, m_badKeys.note(request.peer, now))) {
            Response response = errorResponse(
                429, u"Too many wrong keys came from this address. Try again in %1 s."_s.arg(wait));
            response.retryAfter = wait;
            response.close = true;
            return response;
        }
    }
    Admission admission = route(request, standing, m_mostJobs, m_servesPictures);
    if (auto* response = std::get_if<Response>(&admission))
        response->wasKnown = standing != Standing::Nobody;
    return admission;
}

} // namespace queuedeck::endpoint
