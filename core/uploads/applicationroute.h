// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/uploads/picturestorage.h"

namespace queuedeck::uploads {

/// The largest picture that the web application accepts.
constexpr qint64 kMostApplicationBytes = qint64(5) * 1024 * 1024;

/// The web application's own upload route: a form with the field `image`, and the cookie of a
/// browser's session, since the route knows no key. The application stores the picture and adds the
/// scan and its job itself. Blocks; from any thread. Nothing is sent twice.
class ApplicationRoute
{
public:
    /// The key's secret is the Cookie header: NAME=VALUE, or several separated by "; ".
    ApplicationRoute(domain::UploadPlace place, UploadKey key)
        : m_place(std::move(place))
        , m_key(std::move(key))
    {
    }

    /// The scan that the application made. Invalid for a picture above its limit; Denied if it does
    /// not accept the session; Unreachable, Timeout, Cancelled, Unsupported, each saying whether
    /// the picture may have arrived.
    base::Result<domain::ScanId> upload(const OutgoingPicture& picture, const QString& fileName,
                                        const std::stop_token& stop) const;

private:
    const domain::UploadPlace m_place;
    const UploadKey m_key;
};

} // namespace queuedeck::uploads
