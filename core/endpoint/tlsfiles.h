// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QStringList>

#include <memory>
#include <openssl/ssl.h>

namespace queuedeck::endpoint {

/// A certificate chain and its private key, in PEM files that may be renewed while the server runs.
/// For one thread.
class TlsFiles
{
public:
    TlsFiles(const QString& certificate, const QString& privateKey);

    /// Reads both. Invalid: they cannot be used or do not match; Denied: the key is world-readable.
    /// context() is null until this succeeds once; a failure keeps the previous context.
    base::Status load();
    /// Checks, at most once a second, whether the files have changed since the last load(), and
    /// then reloads them. Returns a message to report, else empty; half a renewal, the certificate
    /// without its key yet, is reported once and retried.
    base::Sentence reloadIfChanged();

    /// With the system's defaults, but TLS 1.2 or later. Owned by this object.
    SSL_CTX* context() const { return m_context.get(); }
    /// Warnings for people, one sentence each: the certificate expires soon, has expired or is not
    /// yet valid; the key is group-readable.
    QStringList warnings(const QDateTime& now) const;

private:
    QByteArray stamp() const; ///< of both files; changes when one is written or replaced

    struct Free
    {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };

    const QString m_certificate;
    const QString m_privateKey;
    std::unique_ptr<SSL_CTX, Free> m_context;
    QByteArray m_stamp;
    QByteArray m_told; ///< the stamp of a renewal that could not be used
    std::chrono::steady_clock::time_point m_checkedAt{};
};

} // namespace queuedeck::endpoint
