// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/answerreader.h"
#include "core/net/curlrequest.h"
#include "core/net/httpfaults.h"
#include "core/net/tlswitness.h"

#include <array>
#include <tl/expected.hpp>

namespace queuedeck::net {

/// One request and its response on one connection, entirely on the thread that calls run().
/// `request` must have been checked. For one use. See HttpClient for the policy. Private
/// to this room.
class HttpExchange
{
public:
    HttpExchange(const HttpRequest& request, const QString& caFile);

    tl::expected<HttpAnswer, HttpError> run();

private:
    void setCallbacks();
    CURLcode perform();
    tl::expected<HttpAnswer, HttpError> outcome(CURLcode code);
    curl_socket_t openSocket(const curl_sockaddr& address);

    const HttpRequest& m_request;
    AnswerReader m_reader;
    TlsWitness m_tls;
    Ending m_ending;
    std::array<char, CURL_ERROR_SIZE> m_said{}; ///< libcurl's own message
    CurlRequest m_curl;
};

} // namespace queuedeck::net
