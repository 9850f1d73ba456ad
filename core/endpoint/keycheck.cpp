// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/keycheck.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace queuedeck::endpoint {

KeyCheck::KeyCheck(const QByteArray& key)
{
    m_isReady = RAND_bytes(m_secret.bytes, int(kHashSize)) == 1 && !key.isEmpty();
    if (m_isReady)
        m_expected = hashOf(key);
}

KeyCheck::~KeyCheck()
{
    OPENSSL_cleanse(m_secret.bytes, kHashSize);
    OPENSSL_cleanse(m_expected.bytes, kHashSize);
}

KeyCheck::Hash KeyCheck::hashOf(QByteArrayView text) const
{
    Hash hash;
    unsigned int size = 0;
    HMAC(EVP_sha256(), m_secret.bytes, int(kHashSize),
         reinterpret_cast<const unsigned char*>(text.data()), size_t(text.size()), hash.bytes,
         &size);
    return hash;
}

bool KeyCheck::matches(QByteArrayView presented) const
{
    const Hash hash = hashOf(presented);
    const bool isSame = CRYPTO_memcmp(hash.bytes, m_expected.bytes, kHashSize) == 0;
    return m_isReady && isSame;
}

QByteArray KeyCheck::fingerprint(QByteArrayView presented) const
{
    return QByteArray(reinterpret_cast<const char*>(hashOf(presented).bytes), kHashSize);
}

} // namespace queuedeck::endpoint
