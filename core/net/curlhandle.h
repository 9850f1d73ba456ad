// SPDX-License-Identifier: GPL-3.0-or-later
// Owning wrappers for libcurl's objects.
#pragma once

#include <QByteArray>

#include <cstring>
#include <curl/curl.h>
#include <memory>
#include <string.h>

namespace queuedeck::net {

/// False if the library cannot be used at all. From any thread.
inline bool isCurlReady()
{
    static const CURLcode kDone = curl_global_init(CURL_GLOBAL_DEFAULT);
    return kDone == CURLE_OK;
}

template <auto Free>
struct CurlDeleter
{
    template <class Handle>
    void operator()(Handle* handle) const
    {
        Free(handle);
    }
};
using CurlEasy = std::unique_ptr<CURL, CurlDeleter<&curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, CurlDeleter<&curl_multi_cleanup>>;
using CurlAddress = std::unique_ptr<CURLU, CurlDeleter<&curl_url_cleanup>>;

/// Header lines of a request, overwritten on destruction, since they contain keys.
class CurlLines
{
public:
    CurlLines() = default;
    CurlLines(const CurlLines&) = delete;
    CurlLines& operator=(const CurlLines&) = delete;
    ~CurlLines()
    {
        for (curl_slist* line = m_first; line; line = line->next)
            ::explicit_bzero(line->data, std::strlen(line->data));
        curl_slist_free_all(m_first);
    }

    void add(QByteArray&& line)
    {
        m_first = curl_slist_append(m_first, line.constData());
        ::explicit_bzero(line.data(), size_t(line.size()));
    }
    curl_slist* first() const { return m_first; }

private:
    curl_slist* m_first = nullptr;
};

} // namespace queuedeck::net
