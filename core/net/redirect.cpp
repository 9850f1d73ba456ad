// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/redirect.h"

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
constexpr qsizetype kMostAddress = 300; // in a sentence

QString shown(const QUrl& to, const HttpRequest& request)
{
    if (!to.isValid() || to.host().isEmpty())
        return u"nowhere"_s;
    QString whole = to.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveQuery |
                                QUrl::RemoveFragment);
    for (const auto& [name, value] : request.secretHeaders) {
        if (!value.isEmpty())
            whole.replace(QString::fromLatin1(value.reveal()), u"•••"_s);
    }
    return whole.size() > kMostAddress ? whole.left(kMostAddress) + u'…' : whole;
}

QString pathOf(const QUrl& url)
{
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}
} // namespace

HttpError redirected(const HttpAnswer& answer, const HttpRequest& request)
{
    const QUrl to =
        request.url.resolved(QUrl::fromEncoded(answer.header("location"), QUrl::StrictMode));
    // Differs only in host name, scheme or trailing slash: a permanent address.
    const bool isSamePlace = to.isValid() && !to.host().isEmpty() &&
                             pathOf(to) == pathOf(request.url) && answer.status != 303;
    return {HttpFault::Redirected,
            base::fail(
                base::ErrorKind::Denied,
                base::Sentence::tr(
                    "The endpoint redirects callers to %1 (%2). That was not followed, so the key "
                    "went nowhere else. %3")
                    .arg(shown(to, request), QString::number(answer.status),
                         isSamePlace ? base::Sentence::tr("Write that address.")
                                     : base::Sentence::tr("Use the final address."))),
            true, answer.status, to};
}

} // namespace queuedeck::net
