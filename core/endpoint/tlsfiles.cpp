// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/tlsfiles.h"

#include <QFile>

#include <openssl/err.h>
#include <openssl/x509.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

using base::ErrorKind;
using base::Sentence;

namespace {
constexpr std::chrono::seconds kCheckEvery{1};
constexpr int kDaysBefore = 14; ///< days before expiry when warnings begin

Sentence lastReason()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char* const reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    return reason ? QString::fromLatin1(reason) : Sentence::tr("it cannot be read");
}

QDateTime timeOf(const ASN1_TIME* time)
{
    tm parts = {};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return QDateTime(QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
                     QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC);
}

mode_t modeOf(const QString& path)
{
    struct stat file = {};
    return ::stat(QFile::encodeName(path), &file) == 0 ? file.st_mode : 0;
}

QString dayOf(const QDateTime& time)
{
    return time.toString(u"yyyy-MM-dd HH:mm"_s) + u" UTC"_s;
}
} // namespace

TlsFiles::TlsFiles(const QString& certificate, const QString& privateKey)
    : m_certificate(certificate)
    , m_privateKey(privateKey)
{
}

QByteArray TlsFiles::stamp() const
{
    QByteArray stamp;
    for (const QString& path : {m_certificate, m_privateKey}) {
        struct stat file = {};
        if (::stat(QFile::encodeName(path), &file) != 0)
            continue;
        for (const qint64 part :
             {qint64(file.st_dev), qint64(file.st_ino), qint64(file.st_size),
              qint64(file.st_mtim.tv_sec), qint64(file.st_mtim.tv_nsec), qint64(file.st_mode)})
            stamp += QByteArray::number(part) + ' ';
    }
    return stamp;
}

base::Status TlsFiles::load()
{
    const QByteArray before = stamp();
    if ((modeOf(m_privateKey) & (S_IROTH | S_IWOTH)) != 0)
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("Every user of this computer can read the private key %1. Close it with "
                         "chmod 600, and take a new key if others may have read it.")
                .arg(m_privateKey));
    ERR_clear_error();
    std::unique_ptr<SSL_CTX, Free> context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return base::fail(ErrorKind::Internal,
                          Sentence::tr("TLS cannot be used: %1.").arg(lastReason()));
    SSL_CTX_set_options(context.get(),
                        SSL_OP_ALL | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
    // Never prompts for a key's password on the terminal.
    SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return 0; });
    if (SSL_CTX_use_certificate_chain_file(context.get(), QFile::encodeName(m_certificate)) != 1)
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("%1 cannot be used as a certificate chain in PEM form: %2.")
                              .arg(m_certificate, lastReason()));
    if (SSL_CTX_use_PrivateKey_file(context.get(), QFile::encodeName(m_privateKey),
                                    SSL_FILETYPE_PEM) != 1) {
        if (ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH) {
            ERR_clear_error();
            return base::fail(
                ErrorKind::Invalid,
                Sentence::tr("%1 is not the private key of %2.").arg(m_privateKey, m_certificate));
        }
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("%1 cannot be used as the certificate's private key in PEM form: %2.")
                .arg(m_privateKey, lastReason()));
    }
    if (SSL_CTX_check_private_key(context.get()) != 1)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("%1 is not the private key of %2.").arg(m_privateKey, m_certificate));
    m_context = std::move(context);
    m_stamp = before;
    return {};
}

Sentence TlsFiles::reloadIfChanged()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_checkedAt < kCheckEvery)
        return {};
    m_checkedAt = now;
    const QByteArray current = stamp();
    if (current == m_stamp)
        return {};
    if (const base::Status loaded = load(); !loaded) {
        if (std::exchange(m_told, current) == current)
            return {};
        return Sentence::tr("The certificate files have changed and cannot be used; the old ones "
                            "stay in use. ") +
               loaded.error().detail;
    }
    m_told.clear();
    return Sentence::tr("The certificate has changed and is in use.");
}

QStringList TlsFiles::warnings(const QDateTime& now) const
{
    QStringList warnings;
    const X509* const certificate = m_context ? SSL_CTX_get0_certificate(m_context.get()) : nullptr;
    const QDateTime begin = certificate ? timeOf(X509_get0_notBefore(certificate)) : QDateTime();
    const QDateTime end = certificate ? timeOf(X509_get0_notAfter(certificate)) : QDateTime();
    if (end.isValid() && end <= now)
        warnings += Sentence::tr("The certificate %1 expired on %2: no client will accept it.")
                        .arg(m_certificate, dayOf(end));
    else if (end.isValid() && end < now.addDays(kDaysBefore))
        warnings +=
            Sentence::tr(
                "The certificate %1 expires on %2. A new one in its place is taken up without "
                "a restart.")
                .arg(m_certificate, dayOf(end));
    if (begin.isValid() && begin > now)
        warnings += Sentence::tr(
                        "The certificate %1 is not valid before %2: no client will accept it until "
                        "then.")
                        .arg(m_certificate, dayOf(begin));
    if ((modeOf(m_privateKey) & S_IRGRP) != 0)
        warnings += Sentence::tr(
                        "A group of users can read the private key %1. chmod 600 closes it, unless "
                        "that is meant.")
                        .arg(m_privateKey);
    return warnings;
}

} // namespace queuedeck::endpoint
