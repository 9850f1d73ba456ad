// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/picturefetch.h"

#include "core/net/publicaddress.h"

#include <QDeadlineTimer>
#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::ErrorKind;

namespace {
// The only part shown of an untrusted URL.
QString hostOf(const QUrl& url)
{
    return url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
}

base::Error refusedBy(int status, const QUrl& url)
{
    const QString host = hostOf(url);
    if (status == 404 || status == 410)
        return base::fail(ErrorKind::NotFound,
                          u"There is no such picture at %1 (%2)."_s.arg(host).arg(status));
    if (status == 401 || status == 403)
        return base::fail(ErrorKind::Denied,
                          u"%1 does not show the picture without signing in, or its address has "
                          "expired (%2)."_s.arg(host)
                              .arg(status));
    return base::fail(ErrorKind::Unreachable,
                      u"%1 answered %2 instead of the picture."_s.arg(host).arg(status));
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
    return m_allowedHosts.contains(url.host(), Qt::CaseInsensitive) ||
           m_allowedHosts.contains(u"%1:%2"_s.arg(url.host()).arg(url.port(443)),
                                   Qt::CaseInsensitive);
}

base::Status PictureFetch::check(const QUrl& url) const
{
    if (!url.isValid() || url.host().isEmpty())
        return base::fail(ErrorKind::Invalid, u"The picture has no web address."_s);
    if (url.scheme() != "https"_L1)
        return base::fail(ErrorKind::Invalid,
                          u"The address of the picture begins with %1: and not with https:, so it "
                          "is not fetched."_s.arg(url.scheme().left(20)));
    if (!url.userInfo().isEmpty())
        return base::fail(
            ErrorKind::Denied,
            u"The address of the picture at %1 holds a user name or password, so it is not "
            "fetched."_s.arg(hostOf(url)));
    return {};
}

base::Error PictureFetch::refused(const HttpError& error, const QUrl& url) const
{
    const QString host = hostOf(url);
    switch (error.fault) {
    case HttpFault::TooLarge:
        return base::fail(
            ErrorKind::Invalid,
            u"The picture at %1 is larger than %2 MB, which is the limit."_s.arg(host).arg(
                m_limits.mostBytes / (1024 * 1024)));
    case HttpFault::TimedOut:
        return base::fail(ErrorKind::Timeout,
                          u"%1 did not deliver the picture within %2 s."_s.arg(
                              host, QString::number((m_limits.within.count() + 999) / 1000)));
    case HttpFault::Broken:
        return base::fail(
            ErrorKind::Unreachable,
            u"The connection to %1 ended before the picture had arrived."_s.arg(host));
    case HttpFault::Cancelled:
        return base::fail(ErrorKind::Cancelled, u"Stopped before the picture had arrived."_s);
    default: return error.error;
    }
}

base::Result<QByteArray> PictureFetch::fetch(const QString& address,
                                             const std::stop_token& stop) const
{
    QUrl url(address, QUrl::StrictMode);
    const QDeadlineTimer until(m_limits.within);
    for (int redirects = 0;; ++redirects) {
        if (const base::Status may = check(url); !may)
            return may.error();
        HttpRequest request;
        request.url = url.adjusted(QUrl::RemoveFragment);
        request.headers = {{"Accept", "image/jpeg, image/png, image/webp"}};
        request.deadline = std::chrono::milliseconds(qMax<qint64>(1, until.remainingTime()));
        request.mostBytes = m_limits.mostBytes;
        request.stop = stop;
        if (!isAllowed(url))
            request.mayConnectTo = [host = url.host()](const QHostAddress& to) {
                const QString why = whyNotPublic(to);
                return why.isEmpty() ? why : u"%1 was not contacted: %2."_s.arg(host, why);
            };
        const auto answer = m_client.send(request);
        if (answer)
            return answer->status == 200 ? base::Result<QByteArray>(answer->body)
                                         : refusedBy(answer->status, url);
        if (answer.error().fault != HttpFault::Redirected)
            return refused(answer.error(), url);
        if (redirects == m_limits.mostRedirects)
            return base::fail(ErrorKind::Denied,
                              u"%1 redirects more than %2 times, so the picture was not fetched."_s
                                  .arg(hostOf(QUrl(address)))
                                  .arg(m_limits.mostRedirects));
        url = answer.error().redirect;
    }
}

} // namespace queuedeck::net
