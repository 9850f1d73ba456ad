// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <tl/expected.hpp>

namespace queuedeck::net {

/// Sends one HTTP/1.1 request on its own connection, and never a second time: a POST here starts
/// work, and resending it after a broken connection, as QNetworkAccessManager does, would start it
/// twice. No part of the request is sent before the certificate is verified (TLS 1.2 or later,
/// with no way to accept exceptions); plain http goes to this computer only,
/// unless the request says that it may. Redirects are faults
/// and are not followed. No cookies, no cache, no authentication of its own. Other computers are
/// reached through the proxy of the environment, else that of the desktop, by CONNECT.
///
/// Blocks until the response is complete, the deadline passes or `stop` is requested; not for the
/// GUI thread. Needs no event loop.
class HttpClient
{
public:
    struct Options
    {
        /// Trusted CA certificates, PEM, instead of the system's. Default: SSL_CERT_FILE.
        QString caFile = qEnvironmentVariable("SSL_CERT_FILE");
    };

    HttpClient() = default;
    explicit HttpClient(Options options)
        : m_options(std::move(options))
    {
    }

    tl::expected<HttpAnswer, HttpError> send(const HttpRequest& request) const;

private:
    Options m_options;
};

} // namespace queuedeck::net
