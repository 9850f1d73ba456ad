// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace queuedeck::endpoint {

/// What a stranger may cost before he has shown a key. All of it is checked before authentication.
struct Limits
{
    qsizetype requestLine = 8 * 1024;
    qsizetype headers = 16 * 1024; ///< all header lines together
    int headerCount = 64;
    qint64 body = 64 * 1024;

    // Each is absolute: a client that drips a byte now and then gains nothing.
    std::chrono::milliseconds headerDeadline = std::chrono::seconds(5);
    std::chrono::milliseconds bodyDeadline = std::chrono::seconds(10);
    std::chrono::milliseconds writeDeadline = std::chrono::seconds(10);
    std::chrono::milliseconds idle = std::chrono::seconds(15);  ///< between two requests
    std::chrono::milliseconds linger = std::chrono::seconds(2); ///< for a refusal to be read

    int connections = 64;
    int perAddress = 8;
    int perLoopbackAddress = 64; ///< the clients of one's own computer all share an address

    int badKeysAMinute = 5; ///< of one address
};

} // namespace queuedeck::endpoint
