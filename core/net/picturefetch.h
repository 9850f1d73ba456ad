// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

#include <QStringList>

namespace queuedeck::net {

/// Limits for fetching a picture.
struct PictureLimits
{
    qint64 mostBytes = qint64(20) * 1024 * 1024;
    std::chrono::milliseconds within = std::chrono::seconds(20); ///< including redirects
    int mostRedirects = 3;
};

/// Why there is no picture.
struct PictureError : base::Error
{
    enum class Again {
        Never,   ///< it is refused, or not there
        Worth,   ///< a server answered, but not with the picture
        Anytime, ///< no server answered, or the fetch was stopped
    };
    Again again = Again::Never;
};

/// Fetches a picture from an untrusted URL: https only, from public addresses only, checked for
/// each address it connects to and again at each redirect; without cookies, keys, user name or
/// password. The result is raw bytes of which only the size has been checked.
///
/// Blocks; not for the GUI thread.
class PictureFetch
{
public:
    /// Hosts that may be private and may use plain http, HOST or HOST:PORT, in any case: chosen by
    /// the user only.
    explicit PictureFetch(QStringList allowedHosts = {}, HttpClient client = HttpClient(),
                          PictureLimits limits = {});

    /// Errors, each with a sentence that names the host and never the whole URL, which may contain
    /// a key: Invalid if not https or over the limit; Denied for a private address, a redirect to
    /// anything but https, TLS, 401 and 403; NotFound for 404 and 410; Unreachable and Timeout may
    /// be retried; Cancelled.
    tl::expected<QByteArray, PictureError> fetch(const QString& address,
                                                 const std::stop_token& stop = {}) const;

private:
    base::Status check(const QUrl& url) const;
    bool isAllowed(const QUrl& url) const;
    PictureError refused(const HttpError& error, const QUrl& url) const;

    QStringList m_allowedHosts;
    HttpClient m_client;
    PictureLimits m_limits;
};

/// Whether a picture's URL can be fetched at all: https, with a host.
bool isPictureAddress(const QString& address);

} // namespace queuedeck::net
