// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"

#include "core/net/httpexchange.h"
#include "core/net/requestrules.h"

namespace queuedeck::net {

tl::expected<HttpAnswer, HttpError> HttpClient::send(const HttpRequest& request) const
{
    if (const base::Status checked = checkRequest(request); !checked)
        return tl::unexpected(notSent(HttpFault::NotAllowed, checked.error()));
    return HttpExchange(request, m_options.caFile).run();
}

} // namespace queuedeck::net
