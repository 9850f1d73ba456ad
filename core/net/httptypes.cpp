// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httptypes.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

QByteArray HttpAnswer::header(const QByteArray& name) const
{
    for (const auto& [key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

bool isLoopback(const QUrl& url)
{
    const QString host = url.host().toLower();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace queuedeck::net
