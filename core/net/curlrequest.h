// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/curlhandle.h"
#include "core/net/httptypes.h"

namespace queuedeck::net {

/// A libcurl handle with all options set, those of the request and our policy for every request.
/// `request` must outlive it. Private to this room.
class CurlRequest
{
public:
    CurlRequest(const HttpRequest& request, const QString& caFile, const QByteArray& proxy);

    CURL* easy() const { return m_easy.get(); }
    /// False if libcurl rejected an option: then nothing may be sent without the full policy.
    bool isReady() const { return m_easy && m_done == CURLE_OK; }

    template <class Value>
    void set(CURLoption option, Value value)
    {
        if (isReady())
            m_done = curl_easy_setopt(m_easy.get(), option, value);
    }

private:
    void setAddress(const QUrl& url);
    void setMessage(const HttpRequest& request);
    void setTls(const QString& caFile);
    void setPolicy(const HttpRequest& request);

    CurlAddress m_address;
    CurlLines m_lines;
    CurlEasy m_easy;
    CURLcode m_done = CURLE_OK;
};

} // namespace queuedeck::net
