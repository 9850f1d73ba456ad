// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlsfaults.h"

#include <QSslCertificate>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
QString date(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd"_s);
}

// Whom a certificate is for: its first alternative names, else its common name.
QString namesIn(const QSslCertificate& certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    std::sort(names.begin(), names.end());
    if (names.isEmpty())
        return u"nobody named"_s;
    return names.size() > 3 ? names.first(3).join(u", "_s) + u", …"_s : names.join(u", "_s);
}

HttpFault faultOf(const QSslError& error)
{
    switch (error.error()) {
    case QSslError::HostNameMismatch: return HttpFault::TlsWrongHost;
    case QSslError::CertificateExpired: return HttpFault::TlsExpired;
    case QSslError::CertificateNotYetValid: return HttpFault::TlsNotYetValid;
    case QSslError::SelfSignedCertificate: return HttpFault::TlsSelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate: return HttpFault::TlsUntrusted;
    default: return HttpFault::TlsOther;
    }
}

// What cannot be mended by whom first: a stranger's certificate may besides be for another host.
int weight(HttpFault fault)
{
    switch (fault) {
    case HttpFault::TlsSelfSigned: return 0;
    case HttpFault::TlsUntrusted: return 1;
    case HttpFault::TlsWrongHost: return 2;
    case HttpFault::TlsExpired: return 3;
    case HttpFault::TlsNotYetValid: return 4;
    default: return 5;
    }
}

QString sentenceOf(HttpFault fault, const QSslCertificate& certificate, const QString& host)
{
    switch (fault) {
    case HttpFault::TlsWrongHost:
        return u"The certificate is for another host (%1), not for %2."_s.arg(namesIn(certificate),
                                                                              host);
    case HttpFault::TlsExpired:
        return u"The certificate of %1 expired on %2."_s.arg(host, date(certificate.expiryDate()));
    case HttpFault::TlsNotYetValid:
        return u"The certificate of %1 is not valid before %2; the clock of this computer may be "
               "wrong."_s.arg(host, date(certificate.effectiveDate()));
    case HttpFault::TlsSelfSigned:
        return u"The certificate of %1 is signed by itself, so it proves nothing. A file with it "
               "can be named in SSL_CERT_FILE to trust it."_s.arg(host);
    default:
        return u"The certificate of %1 is signed by an authority this computer does not trust. A "
               "file with that authority can be named in SSL_CERT_FILE."_s.arg(host);
    }
}
} // namespace

HttpError tlsError(const QSslSocket& socket, const QString& host)
{
    HttpFault fault = HttpFault::TlsOther;
    QString reason = socket.errorString();
    for (const QSslError& error : socket.sslHandshakeErrors()) {
        if (weight(faultOf(error)) <= weight(fault)) {
            fault = faultOf(error);
            reason = error.errorString();
        }
    }
    const QString sentence = fault == HttpFault::TlsOther
                                 ? u"No safe connection to %1 could be made: %2."_s.arg(
                                       host, reason.endsWith(u'.') ? reason.chopped(1) : reason)
                                 : sentenceOf(fault, socket.peerCertificate(), host);
    return {fault, base::fail(base::ErrorKind::Denied, sentence + u" Nothing was sent."_s)};
}

} // namespace queuedeck::net
