// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/message.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

namespace {
QByteArrayView reason(int status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Internal Server Error";
    }
}
} // namespace

int Request::count(QByteArrayView name) const
{
    return int(std::count_if(headers.begin(), headers.end(),
                             [name](const Header& header) { return header.name == name; }));
}

QByteArray Request::only(QByteArrayView name) const
{
    if (count(name) != 1)
        return {};
    return std::find_if(headers.begin(), headers.end(),
                        [name](const Header& header) { return header.name == name; })
        ->value;
}

Response errorResponse(int status, const QString& sentence)
{
    const QJsonObject error{{u"error"_s, sentence}};
    return {.status = status, .body = QJsonDocument(error).toJson(QJsonDocument::Compact)};
}

QByteArray serialized(const Response& response, bool keepAlive, bool isHead)
{
    QByteArray bytes;
    bytes.reserve(256 + response.body.size());
    bytes += "HTTP/1.1 " + QByteArray::number(response.status) + ' ';
    bytes += reason(response.status);
    bytes += "\r\nContent-Type: " + response.type +
             "\r\nContent-Length: " + QByteArray::number(response.body.size()) +
             "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    if (response.status == 401)
        bytes += "WWW-Authenticate: ApiKey\r\n"; // RFC 9110 requires one
    if (!response.allow.isEmpty())
        bytes += "Allow: " + response.allow + "\r\n";
    if (response.retryAfter > 0)
        bytes += "Retry-After: " + QByteArray::number(response.retryAfter) + "\r\n";
    bytes += keepAlive && !response.close ? "Connection: keep-alive\r\n\r\n"
                                          : "Connection: close\r\n\r\n";
    if (!isHead)
        bytes += response.body;
    return bytes;
}

} // namespace queuedeck::endpoint
