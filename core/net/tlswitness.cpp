// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlswitness.h"

#include "core/base/sentence.h"

#include <QHostAddress>
#include <QSslCertificate>

#include <algorithm>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
int placeInContext()
{
    static const int kPlace = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return kPlace;
}

QByteArray derOf(X509* certificate)
{
    unsigned char* bytes = nullptr;
    const int size = certificate ? i2d_X509(certificate, &bytes) : 0;
    QByteArray der;
    if (size > 0)
        der = QByteArray(reinterpret_cast<const char*>(bytes), size);
    OPENSSL_free(bytes);
    return der;
}

bool isFor(const QByteArray& der, const QString& host)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.constData());
    X509* const certificate = d2i_X509(nullptr, &bytes, long(der.size()));
    if (!certificate)
        return true; // unreadable: no statement about its host
    const QByteArray name = host.toLatin1();
    const bool isFor =
        QHostAddress(host).isNull()
            ? X509_check_host(certificate, name.constData(), size_t(name.size()), 0, nullptr) == 1
            : X509_check_ip_asc(certificate, name.constData(), 0) == 1;
    X509_free(certificate);
    return isFor;
}

HttpFault faultOf(int code)
{
    switch (code) {
    case X509_V_OK: // libcurl checks the host name itself, after the chain
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return HttpFault::TlsWrongHost;
    case X509_V_ERR_CERT_HAS_EXPIRED: return HttpFault::TlsExpired;
    case X509_V_ERR_CERT_NOT_YET_VALID: return HttpFault::TlsNotYetValid;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return HttpFault::TlsSelfSigned;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_INVALID_CA: return HttpFault::TlsUntrusted;
    default: return HttpFault::TlsOther;
    }
}

QString date(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd"_s);
}

// The hosts a certificate is for: its first alternative names, else its common name.
QString namesIn(const QSslCertificate& certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    std::sort(names.begin(), names.end());
    if (names.isEmpty())
        return u"no named host"_s;
    return names.size() > 3 ? names.first(3).join(u", "_s) + u", …"_s : names.join(u", "_s);
}

base::Sentence sentenceOf(HttpFault fault, const QSslCertificate& certificate, const QString& host)
{
    switch (fault) {
    case HttpFault::TlsWrongHost:
        return base::Sentence::tr("The certificate is for another host (%1), not for %2.")
            .arg(namesIn(certificate), host);
    case HttpFault::TlsExpired:
        return base::Sentence::tr("The certificate of %1 expired on %2.")
            .arg(host, date(certificate.expiryDate()));
    case HttpFault::TlsNotYetValid:
        return base::Sentence::
            tr("The certificate of %1 is not valid before %2; the clock of this computer may be "
               "wrong.")
                .arg(host, date(certificate.effectiveDate()));
    case HttpFault::TlsSelfSigned:
        return base::Sentence::tr(
                   "The certificate of %1 is self-signed, so it proves nothing. A file with it "
                   "can be named in SSL_CERT_FILE to trust it.")
            .arg(host);
    default:
        return base::Sentence::
            tr("The certificate of %1 is signed by an authority this computer does not trust. A "
               "file with that authority can be named in SSL_CERT_FILE.")
                .arg(host);
    }
}
} // namespace

void TlsWitness::watch(SSL_CTX* context)
{
    SSL_CTX_set_ex_data(context, placeInContext(), this);
    SSL_CTX_set_verify(context, SSL_CTX_get_verify_mode(context), &TlsWitness::verified);
}

int TlsWitness::verified(int isGood, X509_STORE_CTX* store)
{
    auto* tls =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* self =
        static_cast<TlsWitness*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), placeInContext()));
    if (self && self->m_leaf.isEmpty())
        self->m_leaf = derOf(X509_STORE_CTX_get0_cert(store));
    if (self && !isGood && self->m_fault == X509_V_OK) {
        self->m_fault = X509_STORE_CTX_get_error(store);
        self->m_faulty = derOf(X509_STORE_CTX_get_current_cert(store));
    }
    return isGood;
}

HttpError TlsWitness::distrust(const QString& host) const
{
    HttpFault fault = faultOf(m_fault);
    if (fault == HttpFault::TlsOther)
        return unsafe(host, QString::fromLatin1(X509_verify_cert_error_string(m_fault)));
    // A certificate for another host would not do even if it were current.
    const bool isOld = fault == HttpFault::TlsExpired || fault == HttpFault::TlsNotYetValid;
    if (isOld && !isFor(m_leaf, host))
        fault = HttpFault::TlsWrongHost;
    const QSslCertificate certificate(fault == HttpFault::TlsWrongHost ? m_leaf : m_faulty,
                                      QSsl::Der);
    return {fault,
            base::fail(base::ErrorKind::Denied, sentenceOf(fault, certificate, host) +
                                                    base::Sentence::tr(" Nothing was sent."))};
}

HttpError unsafe(const QString& host, base::Sentence reason)
{
    if (reason.endsWith(u'.'))
        reason.chop(1);
    return {HttpFault::TlsOther,
            base::fail(
                base::ErrorKind::Denied,
                base::Sentence::tr("No safe connection to %1 could be made: %2. Nothing was sent.")
                    .arg(host, reason))};
}

} // namespace queuedeck::net
