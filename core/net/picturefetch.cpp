// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/picturefetch.h"

#include "core/net/publicaddress.h"

#include <QDeadlineTimer>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::ErrorKind;
using base::Sentence;

namespace {
// The only part shown of an untrusted URL.
QString hostOf(const QUrl& url)
{
    return url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
}

using Again = PictureError::Again;

PictureError error(base::Error why, Again again)
{
    PictureError error;
    static_cast<base::Error&>(error) = std::move(why);
    error.again = again;
    return error;
}

// Whether another attempt may succeed, and whether the server has had a part in this one.
Again againAfter(const HttpError& error)
{
    switch (error.fault) {
    case HttpFault::NoSuchHost:
    case HttpFault::Refused:
    case HttpFault::Unreachable:
    case HttpFault::Cancelled: return Again::Anytime;
    case HttpFault::TimedOut:
    case HttpFault::Broken: return error.isSent ? Again::Worth : Again::Anytime;
    case HttpFault::NotAllowed:
    case HttpFault::TooLarge:
    case HttpFault::Redirected: return Again::Never;
    default: return Again::Worth; // no HTTP, or a certificate that somebody may renew
    }
}

PictureError refusedBy(int status, const QUrl& url)
{
    const QString host = hostOf(url);
    if (status == 404 || status == 410)
        return error(
            base::fail(ErrorKind::NotFound,
                       Sentence::tr("There is no such picture at %1 (%2).").arg(host).arg(status)),
            Again::Never);
    if (status == 401 || status == 403)
        return error(
            base::fail(
                ErrorKind::Denied,
                Sentence::tr("%1 does not show the picture without signing in, or its address "
                             "has expired (%2).")
                    .arg(host)
                    .arg(status)),
            Again::Never);
    return error(
        base::fail(ErrorKind::Unreachable,
                   Sentence::tr("%1 answered %2 instead of the picture.").arg(host).arg(status)),
        Again::Worth);
}
} // namespace

bool isPictureAddress(const QString& address)
{
    const QUrl url(address, QUrl::StrictMode);
    return url.isValid() && url.scheme() == "https"_L1 && !url.host().isEmpty();
}

PictureFetch::PictureFetch(QStringList allowedHosts, HttpClient client, PictureLimits limits)
    : m_allowedHosts(std::move(allowedHosts))
    , m_client(std::move(client))
    , m_limits(limits)
{
}

bool PictureFetch::isAllowed(const QUrl& url) const
{
    const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    const int port = url.port(url.scheme() == "http"_L1 ? 80 : 443);
    return m_allowedHosts.contains(host, Qt::CaseInsensitive) ||
           m_allowedHosts.contains(u"%1:%2"_s.arg(host).arg(port), Qt::CaseInsensitive);
}

base::Status PictureFetch::check(const QUrl& url) const
{
    if (!url.isValid() || url.host().isEmpty())
        return base::fail(ErrorKind::Invalid, Sentence::tr("The picture has no web address."));
    const bool mayBePlain = url.scheme() == "http"_L1 && isAllowed(url);
    if (url.scheme() != "https"_L1 && !mayBePlain)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The address of the picture begins with %1: and not with https:, so it "
                         "is not fetched.")
                .arg(url.scheme().left(20)));
    if (!url.userInfo().isEmpty())
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr(
                "The address of the picture at %1 holds a user name or password, so it is not "
                "fetched.")
                .arg(hostOf(url)));
    return {};
}

PictureError PictureFetch::refused(const HttpError& fault, const QUrl& url) const
{
    const QString host = hostOf(url);
    const auto told = [&fault](ErrorKind kind, const QString& sentence) {
        return error(base::fail(kind, sentence), againAfter(fault));
    };
    switch (fault.fault) {
    case HttpFault::TooLarge:
        return told(ErrorKind::Invalid,
                    Sentence::tr("The picture at %1 is larger than %2 MB, which is the limit.")
                        .arg(host)
                        .arg(m_limits.mostBytes / (1024 * 1024)));
    case HttpFault::TimedOut:
        return told(ErrorKind::Timeout,
                    Sentence::tr("%1 did not deliver the picture within %2 s.")
                        .arg(host, QString::number((m_limits.within.count() + 999) / 1000)));
    case HttpFault::Broken:
        return told(
            ErrorKind::Unreachable,
            Sentence::tr("The connection to %1 ended before the picture had arrived.").arg(host));
    case HttpFault::Cancelled:
        return told(ErrorKind::Cancelled, Sentence::tr("Stopped before the picture had arrived."));
    default: return error(fault.error, againAfter(fault));
    }
}

tl::expected<QByteArray, PictureError> PictureFetch::fetch(const QString& address,
                                                           const std::stop_token& stop) const
{
    QUrl url(address, QUrl::StrictMode);
    const QDeadlineTimer until(m_limits.within);
    for (int redirects = 0;; ++redirects) {
        if (const base::Status may = check(url); !may)
            return tl::unexpected(error(may.error(), Again::Never));
        HttpRequest request;
        request.mayBePlain = isAllowed(url);
        request.url = url.adjusted(QUrl::RemoveFragment);
        request.headers = {{"Accept", "image/jpeg, image/png, image/webp"}};
        request.deadline = std::chrono::milliseconds(qMax<qint64>(1, until.remainingTime()));
        request.mostBytes = m_limits.mostBytes;
        request.stop = stop;
        if (!isAllowed(url))
            request.mayConnectTo = [host = url.host()](const QHostAddress& to) {
                const base::Sentence why = whyNotPublic(to);
                return why.isEmpty() ? why
                                     : Sentence::tr("%1 was not contacted: %2.").arg(host, why);
            };
        const auto answer = m_client.send(request);
        if (answer && answer->status == 200)
            return answer->body;
        if (answer)
            return tl::unexpected(refusedBy(answer->status, url));
        if (answer.error().fault != HttpFault::Redirected)
            return tl::unexpected(refused(answer.error(), url));
        if (redirects == m_limits.mostRedirects)
            return tl::unexpected(error(
                base::fail(
                    ErrorKind::Denied,
                    Sentence::tr("%1 redirects more than %2 times, so the picture was not fetched.")
                        .arg(hostOf(QUrl(address)))
                        .arg(m_limits.mostRedirects)),
                Again::Never));
        url = answer.error().redirect;
    }
}

} // namespace queuedeck::net
