// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/endpointaddress.h"

#include "core/net/httptypes.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::remote {

using base::ErrorKind;
using base::Result;
using base::Sentence;

namespace {
const QString kPath = u"/api/jobs/process"_s;
} // namespace

Result<QString> endpointUrl(const QString& text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty() || (scheme != "http"_L1 && scheme != "https"_L1))
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The address of an endpoint is written as https://app.example or "
                         "https://app.example/api/jobs/process."));
    if (!url.userInfo().isEmpty())
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("The address of the endpoint holds a user name or password. Leave it "
                         "out; the key is kept separately."));
    if (scheme == "http"_L1 && !net::isLoopback(url))
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("%1 is another computer, and over http the key would cross the network "
                         "in the clear. Use https.")
                .arg(url.host()));
    url.setFragment({});
    if (url.path().isEmpty() || url.path() == "/"_L1)
        url.setPath(kPath);
    return url.toString(QUrl::FullyEncoded);
}

Result<QString> keptUrl(const QString& text)
{
    auto url = endpointUrl(text);
    if (url && QUrl(*url).hasQuery())
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("Leave out the question mark and what follows it in the "
                                       "address of the endpoint; the "
                                       "number of jobs is set separately."));
    return url;
}

QString urlOfEnvironment()
{
    const QString own = qEnvironmentVariable("QUEUEDECK_ENDPOINT_URL");
    return own.isEmpty() ? qEnvironmentVariable("NEXT_PUBLIC_APP_URL") : own;
}

bool isOnThisComputer(const QString& url)
{
    return net::isLoopback(QUrl(url));
}

} // namespace queuedeck::remote
