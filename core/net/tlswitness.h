// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <openssl/types.h>

namespace queuedeck::net {

/// Records which certificates a server presents and why OpenSSL distrusts one of them, which
/// libcurl reports as a sentence only. Never changes OpenSSL's decision. Must outlive the
/// connection. Private to this room.
class TlsWitness
{
public:
    /// Call before the handshake, with the context it will use.
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
HttpError unsafe(const QString& host, base::Sentence reason);

} // namespace queuedeck::net
