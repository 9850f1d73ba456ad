// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QStringList>

#include <memory>
#include <openssl/ssl.h>

namespace queuedeck::endpoint {

/// A certificate chain and its private key, PEM files that are renewed while the server runs. For
/// one thread.
class TlsFiles
{
public:
    TlsFiles(const QString& certificate, const QString& privateKey);

    /// Reads both. Invalid: they cannot be used or do not belong together; Denied: everybody on
    /// this computer can read the key. Until it succeeds once, context() is null; what worked
    /// before stays.
    base::Status load();
    /// Looks, at most once a second, whether the files are others than at the last load(), and
    /// loads them then. What is to be told of that, else empty; a half of a renewal, the
    /// certificate without its key yet, is told of once and tried again.
    QString reloadIfChanged();

    /// With the system's defaults but TLS 1.2 at least. Owned by this object.
    SSL_CTX* context() const { return m_context.get(); }
    /// What a person should know of them: a sentence each. The certificate's end is near or past or
    /// its beginning to come; the key can be read by a group.
    QStringList warnings(const QDateTime& now) const;

private:
    QByteArray stamp() const; ///< of both files; differs once one is written or replaced

    struct Free
    {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };

    const QString m_certificate;
    const QString m_privateKey;
    std::unique_ptr<SSL_CTX, Free> m_context;
    QByteArray m_stamp;
    QByteArray m_told; ///< the stamp of a renewal that could not be used
    std::chrono::steady_clock::time_point m_lookedAt{};
};

} // namespace queuedeck::endpoint
