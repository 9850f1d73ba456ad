// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace queuedeck::test {

namespace {
bool addExtension(X509* certificate, int id, const char* value)
{
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
    const bool isAdded = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return isAdded;
}

template <class Write>
bool toFile(const QString& path, Write write)
{
    BIO* const file = BIO_new_file(path.toLocal8Bit().constData(), "w");
    const bool isWritten = file && write(file) == 1;
    BIO_free(file);
    return isWritten;
}
} // namespace

bool makeCertificate(const QString& certificate, const QString& privateKey, const QDateTime& from,
                     const QDateTime& to)
{
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const x509 = X509_new();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    ASN1_TIME_set(X509_getm_notBefore(x509), from.toSecsSinceEpoch());
    ASN1_TIME_set(X509_getm_notAfter(x509), to.toSecsSinceEpoch());
    X509_set_pubkey(x509, key);
    X509_NAME* const name = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(x509, name);
    const bool isMade =
        addExtension(x509, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1") &&
        addExtension(x509, NID_basic_constraints, "critical,CA:TRUE") &&
        X509_sign(x509, key, EVP_sha256()) > 0 &&
        toFile(certificate, [x509](BIO* file) { return PEM_write_bio_X509(file, x509); }) &&
        toFile(privateKey,
               [key](BIO* file) {
                   return PEM_write_bio_PrivateKey(file, key, nullptr, nullptr, 0, nullptr,
                                                   nullptr);
               }) &&
        ::chmod(privateKey.toLocal8Bit().constData(), 0600) == 0;
    X509_free(x509);
    EVP_PKEY_free(key);
    return isMade;
}

bool makeCertificate(const QString& certificate, const QString& privateKey)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return makeCertificate(certificate, privateKey, now.addSecs(-60), now.addDays(90));
}

} // namespace queuedeck::test
