// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace queuedeck::endpoint {

struct Header
{
    QByteArray name; ///< in lower case
    QByteArray value;
};

/// A request as a value. The body is not kept: none of our routes reads one.
struct Request
{
    QByteArray method;
    QByteArray path;  ///< as sent: nothing is decoded or normalised
    QByteArray query; ///< after the "?"
    std::vector<Header> headers;
    QByteArray peer; ///< the address it came from
    bool keepAlive = true;

    /// How often the header occurs; `name` in lower case.
    int count(QByteArrayView name) const;
    /// The header's value if it occurs exactly once, else null.
    QByteArray only(QByteArrayView name) const;
};

/// A response as a value.
struct Response
{
    int status = 200;
    QByteArray body;
    QByteArray type = "application/json";
    QByteArray allow = {}; ///< for a 405
    int retryAfter = 0;    ///< in seconds; 0: header not sent
    bool close = false;    ///< the connection must be closed
    bool wasKnown = false; ///< the client showed a valid key; never sent
};

/// `{"error":"…"}`.
Response errorResponse(int status, const QString& sentence);

/// The bytes to send. They reveal neither server nor version.
QByteArray serialized(const Response& response, bool keepAlive, bool isHead);

} // namespace queuedeck::endpoint
