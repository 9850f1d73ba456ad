// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/requestrules.h"

#include "core/base/sentence.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::ErrorKind;
using base::Sentence;

namespace {
bool canBeSent(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}
} // namespace

base::Status checkRequest(const HttpRequest& request)
{
    const QUrl& url = request.url;
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The address is not an http address, such as https://app.example."));
    if (!url.userInfo().isEmpty())
        return base::fail(ErrorKind::Denied,
                          Sentence::tr("The address holds a user name or password. Leave it out."));
    if (url.scheme() == "http"_L1 && !isLoopback(url) && !request.mayBePlain)
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("%1 is another computer, and over http the key would cross the network "
                         "in the clear. Use https.")
                .arg(url.host()));
    const bool isSendable =
        std::all_of(request.headers.begin(), request.headers.end(),
                    [](const auto& header) {
                        return canBeSent(header.first) && canBeSent(header.second);
                    }) &&
        std::all_of(request.secretHeaders.begin(), request.secretHeaders.end(),
                    [](const auto& header) {
                        return canBeSent(header.first) && canBeSent(header.second.reveal());
                    });
    if (!isSendable)
        return base::fail(
            ErrorKind::Invalid,
            Sentence::tr("The key holds characters that no HTTP header can carry. Use printable "
                         "ASCII characters only."));
    return {};
}

} // namespace queuedeck::net
