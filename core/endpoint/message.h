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

/// A request as a value. The body is not kept: no route of ours reads one.
struct Request
{
    QByteArray method;
    QByteArray path;  ///< as sent: nothing is decoded or normalised
    QByteArray query; ///< behind the "?"
    std::vector<Header> headers;
    QByteArray peer; ///< the address it came from
    bool keepAlive = true;

    /// How often the header stands there; `name` in lower case.
    int count(QByteArrayView name) const;
    /// The header's value when it stands there exactly once, else null.
    QByteArray only(QByteArrayView name) const;
};

/// An answer as a value.
struct Response
{
    int status = 200;
    QByteArray body;
    QByteArray type = "application/json";
    QByteArray allow = {}; ///< of a 405
    int retryAfter = 0;    ///< in seconds; 0: not said
    bool close = false;    ///< the connection cannot go on
    bool wasKnown = false; ///< it answers somebody with a valid key; never sent
};

/// `{"error":"…"}`.
Response errorResponse(int status, const QString& sentence);

/// The bytes to send. It tells neither a server nor a version.
QByteArray serialized(const Response& response, bool keepAlive, bool isHead);

} // namespace queuedeck::endpoint
