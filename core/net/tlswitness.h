// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <openssl/types.h>

namespace queuedeck::net {

/// Sees which certificates a server shows and why OpenSSL trusts one of them no further, which
/// libcurl tells as a sentence only. It changes no verdict. Must outlive the connection. Private to
/// this room.
class TlsWitness
{
public:
    /// To be called before the handshake, with the context it will use.
    void watch(SSL_CTX* context);

    /// Why the certificate of `host` was not trusted, as a fault with a sentence that names the
    /// reason and the host.
    HttpError distrust(const QString& host) const;

private:
    static int verified(int isGood, X509_STORE_CTX* store);

    int m_fault = 0;     ///< X509_V_…, the first
    QByteArray m_faulty; ///< DER of the certificate with that fault
    QByteArray m_leaf;   ///< DER of the server's own
};

/// A fault with the sentence that no safe connection to `host` could be made, for `reason`.
HttpError unsafe(const QString& host, QString reason);

} // namespace queuedeck::net
