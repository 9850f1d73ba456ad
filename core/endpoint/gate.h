// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/badkeys.h"
#include "core/endpoint/keycheck.h"
#include "core/endpoint/routes.h"

#include <QSet>

#include <memory>

namespace queuedeck::endpoint {

/// Decides on a request before anything is done for it: who is meant, who asks, what for. Pure but
/// for the count of wrong keys. For one thread.
class Gate
{
public:
    struct Options
    {
        QByteArray apiKey;        ///< of x-api-key; nobody is let in when empty
        QByteArray cronSecret;    ///< of "Authorization: Bearer"; empty: not accepted
        QSet<QByteArray> hosts;   ///< names in Host beside localhost, in lower case, without port
        int mostJobs = kMostJobs; ///< of one request
        int badKeysAMinute = 5;
    };

    explicit Gate(const Options& options);

    /// A right key is let in however many wrong ones came from the same address: else anybody
    /// there, or one forgotten client with an old key, could lock the owner out.
    Verdict admit(const Request& request, BadKeys::Time now);

private:
    bool isForUs(const Request& request) const;
    Standing standingOf(const Request& request, bool& hasTried) const;

    const QSet<QByteArray> m_hosts;
    const int m_mostJobs;
    KeyCheck m_apiKey;
    std::unique_ptr<KeyCheck> m_cronSecret;
    BadKeys m_badKeys;
};

} // namespace queuedeck::endpoint
