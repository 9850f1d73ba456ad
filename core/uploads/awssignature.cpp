// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/awssignature.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

namespace {
constexpr auto kSha256 = QCryptographicHash::Sha256;

QByteArray hmac(const QByteArray& key, const QByteArray& text)
{
    return QMessageAuthenticationCode::hash(text, key, kSha256);
}

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, kSha256).toHex();
}

// As libcurl sends it: without the port that the scheme implies.
QByteArray hostHeader(const QUrl& url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const int usual = url.scheme() == "https"_L1 ? 443 : 80;
    return url.port(usual) == usual ? host : host + ':' + QByteArray::number(url.port());
}
} // namespace

void signForBucket(net::HttpRequest& request, const UploadKey& key, const QString& region,
                   const QDateTime& now)
{
    const QByteArray time = now.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s).toLatin1();
    const QByteArray day = time.left(8);
    const QByteArray bodyHash = sha256(request.body);
    request.headers.emplace_back("x-amz-content-sha256", bodyHash);
    request.headers.emplace_back("x-amz-date", time);

    std::map<QByteArray, QByteArray> headers{{"host", hostHeader(request.url)}}; // sorted
    for (const auto& [name, value] : request.headers)
        headers[name.toLower()] = value.simplified();
    if (!key.session.isEmpty()) {
        request.secretHeaders.emplace_back("x-amz-security-token", key.session);
        headers["x-amz-security-token"] = key.session.reveal().toByteArray();
    }
    QByteArray lines;
    QByteArrayList names;
    for (const auto& [name, value] : headers) {
        lines += name + ':' + value + '\n';
        names += name;
    }
    const QByteArray signedNames = names.join(';');
    const QByteArray path = request.url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray canonical =
        request.method + '\n' + path + "\n\n" + lines + '\n' + signedNames + '\n' + bodyHash;

    const QByteArray scope = day + '/' + region.toLatin1() + "/s3/aws4_request";
    const QByteArray toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + sha256(canonical);
    QByteArray signer = "AWS4" + key.secret.reveal().toByteArray();
    for (const QByteArray& part :
         {day, region.toLatin1(), QByteArray("s3"), QByteArray("aws4_request")})
        signer = hmac(signer, part);
    request.headers.emplace_back("authorization",
                                 "AWS4-HMAC-SHA256 Credential=" + key.id.toLatin1() + '/' + scope +
                                     ", SignedHeaders=" + signedNames +
                                     ", Signature=" + hmac(signer, toSign).toHex());
}

} // namespace queuedeck::uploads
