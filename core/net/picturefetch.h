// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

#include <QStringList>

namespace queuedeck::net {

/// How much a picture at somebody's address may cost.
struct PictureLimits
{
    qint64 mostBytes = qint64(20) * 1024 * 1024;
    std::chrono::milliseconds within = std::chrono::seconds(20); ///< with all redirects
    int mostRedirects = 3;
};

/// Fetches a picture from an address that a stranger wrote: https only, from public addresses only,
/// decided for each address that is connected to, anew at each redirect; without cookies, keys or a
/// name and password. What comes is bytes: nothing is known of them but their number.
///
/// Blocks; on any thread but that of the window.
class PictureFetch
{
public:
    /// Hosts that may be private, HOST or HOST:PORT, in any case: named by a person, never found.
    explicit PictureFetch(QStringList allowedHosts = {}, HttpClient client = HttpClient(),
                          PictureLimits limits = {});

    /// Errors, each with a sentence that names the host and never the whole address, which may hold
    /// a key: Invalid for no https address or more than the limit; Denied for a private address, a
    /// redirect to anything else, TLS, 401 and 403; NotFound for 404 and 410; Unreachable and
    /// Timeout may be tried again; Cancelled.
    base::Result<QByteArray> fetch(const QString& address, const std::stop_token& stop = {}) const;

private:
    base::Status check(const QUrl& url) const;
    bool isAllowed(const QUrl& url) const;
    base::Error refused(const HttpError& error, const QUrl& url) const;

    QStringList m_allowedHosts;
    HttpClient m_client;
    PictureLimits m_limits;
};

/// Whether a picture lies at an address that can be fetched at all: https, with a host.
bool isPictureAddress(const QString& address);

} // namespace queuedeck::net
