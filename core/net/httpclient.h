// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <tl/expected.hpp>

namespace queuedeck::net {

/// Sends one request on one connection of its own, HTTP/1.1, and never a second time: a POST here
/// starts work, and what sends it again when the connection breaks, as Qt's access manager does,
/// starts it twice. Nothing of the request leaves before the certificate is verified (TLS 1.2 or
/// later, without exceptions to click away); plain http goes to this computer only. Redirects are
/// faults and are not followed. No cookies, no cache, no authentication of its own. For other
/// computers the proxy of the environment is used, else that of the desktop, by CONNECT.
///
/// Blocks until the answer is whole, the deadline passes or `stop` is asked for; on any thread but
/// that of the window. No event loop is needed.
class HttpClient
{
public:
    struct Options
    {
        /// Trusted authorities, PEM, instead of those of the system. Unless given: SSL_CERT_FILE.
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
