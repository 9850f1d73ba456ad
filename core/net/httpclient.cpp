// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"

#include "core/net/httpexchange.h"

namespace queuedeck::net {

tl::expected<HttpAnswer, HttpError> HttpClient::send(const HttpRequest& request) const
{
    return HttpExchange(request, m_options.caFile).run();
}

} // namespace queuedeck::net
