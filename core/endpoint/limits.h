// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace queuedeck::endpoint {

/// What a client may cost before it has shown a key. All limits apply before authentication.
struct Limits
{
    qsizetype requestLine = 8 * 1024;
    qsizetype headers = 16 * 1024; ///< all header lines together
    int headerCount = 64;
    qint64 body = 64 * 1024;

    // Each is absolute: a client that sends a byte now and then gains nothing.
    std::chrono::milliseconds headerDeadline = std::chrono::seconds(5);
    std::chrono::milliseconds bodyDeadline = std::chrono::seconds(10);
    std::chrono::milliseconds writeDeadline = std::chrono::seconds(10);
    qint64 leastBytesPerSecond = 64 * 1024; ///< a larger response gets as much more time
    std::chrono::milliseconds idle = std::chrono::seconds(15); ///< between requests
    std::chrono::milliseconds linger =
        std::chrono::seconds(2); ///< for the client to read a refusal

    int connections = 64;
    int perAddress = 8;
    int perLoopbackAddress = 64; ///< all clients on this computer share an address

    int badKeysAMinute = 5; ///< per address
};

} // namespace queuedeck::endpoint
