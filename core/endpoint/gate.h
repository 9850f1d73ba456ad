// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/badkeys.h"
#include "core/endpoint/keycheck.h"
#include "core/endpoint/routes.h"

#include <QSet>

#include <memory>

namespace queuedeck::endpoint {

/// Decides on a request before any work is done for it: whether it is addressed to us, who sent it,
/// what it wants. Pure except for the count of wrong keys. For one thread.
class Gate
{
public:
    struct Options
    {
        QByteArray apiKey;        ///< of x-api-key; if empty, no request is accepted
        QByteArray cronSecret;    ///< of "Authorization: Bearer"; empty: not accepted
        QSet<QByteArray> hosts;   ///< names in Host besides localhost, in lower case, without port
        int mostJobs = kMostJobs; ///< per request
        int badKeysAMinute = 5;
        bool servesPictures = false;
    };

    explicit Gate(const Options& options);

    /// A key is counted before it is compared, and after too many different ones from an address
    /// none is compared: for exceptions see BadKeys.
    Admission admit(const Request& request, BadKeys::Time now);

private:
    bool isForUs(const Request& request) const;
    struct Tried
    {
        bool isAny = false; ///< a key was sent
        int wait = 0;       ///< > 0: it was not compared; seconds until the next one may be
    };
    Standing standingOf(const Request& request, BadKeys::Time now, Tried& tried);
    bool isRight(const KeyCheck& check, QByteArrayView presented, const QByteArray& peer,
                 BadKeys::Time now, Tried& tried);

    const QSet<QByteArray> m_hosts;
    const int m_mostJobs;
    const bool m_servesPictures;
    KeyCheck m_apiKey;
    std::unique_ptr<KeyCheck> m_cronSecret;
    BadKeys m_badKeys;
};

} // namespace queuedeck::endpoint
