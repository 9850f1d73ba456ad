// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/proxy.h"

#include <QNetworkProxy>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
constexpr int kUsualPort = 1080; // libcurl's default

QByteArray address(const QNetworkProxy& proxy, const QString& scheme)
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    url.setUserName(proxy.user());
    url.setPassword(proxy.password());
    return url.toEncoded();
}

QByteArray proxyOfDesktop(const QUrl& url)
{
    for (const QNetworkProxy& proxy :
         QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url))) {
        switch (proxy.type()) {
        case QNetworkProxy::HttpProxy: return address(proxy, u"http"_s);
        case QNetworkProxy::Socks5Proxy: return address(proxy, u"socks5h"_s);
        case QNetworkProxy::NoProxy: return {};
        default: break;
        }
    }
    return {};
}
} // namespace

QByteArray proxyFor(const HttpRequest& request)
{
    if (isLoopback(request.url) || request.mayConnectTo)
        return {};
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        if (const QByteArray proxy = qgetenv(name); !proxy.isEmpty())
            return proxy;
    }
    return proxyOfDesktop(request.url);
}

QString placeOfProxy(const QByteArray& proxy)
{
    const bool hasScheme = proxy.contains("://");
    const QUrl url = QUrl::fromEncoded(hasScheme ? proxy : "http://" + proxy);
    return u"%1:%2"_s.arg(url.host()).arg(url.port(kUsualPort));
}

} // namespace queuedeck::net
