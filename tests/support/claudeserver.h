// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/webserver.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace queuedeck::test {

/// Answers of the Messages API, and what its requests hold.
namespace claude {

inline QByteArray json(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A message with these blocks.
inline QJsonObject messageOf(const QJsonArray& content, const QString& stopReason)
{
    return {{QStringLiteral("id"), QStringLiteral("msg_1")},
            {QStringLiteral("type"), QStringLiteral("message")},
            {QStringLiteral("role"), QStringLiteral("assistant")},
            {QStringLiteral("model"), QStringLiteral("claude-haiku-5-5")},
            {QStringLiteral("content"), content},
            {QStringLiteral("stop_reason"), stopReason},
            {QStringLiteral("usage"), QJsonObject{{QStringLiteral("input_tokens"), 1500},
                                                  {QStringLiteral("output_tokens"), 100}}}};
}

inline QJsonObject textBlock(const QByteArray& text)
{
    return {{QStringLiteral("type"), QStringLiteral("text")},
            {QStringLiteral("text"), QString::fromUtf8(text)}};
}

/// A message whose text is this, after a block of thinking, as models answer.
inline QByteArray messageBody(const QByteArray& text,
                              const QString& stopReason = QStringLiteral("end_turn"))
{
    const QJsonObject thinking{{QStringLiteral("type"), QStringLiteral("thinking")},
                               {QStringLiteral("thinking"), QStringLiteral("{\"name\":\"no\"}")}};
    return json(messageOf({thinking, textBlock(text)}, stopReason));
}

inline QByteArray message(const QByteArray& text,
                          const QString& stopReason = QStringLiteral("end_turn"))
{
    return WebServer::counted(200, "application/json", messageBody(text, stopReason));
}

/// The fields of a business card as the schema wants them: all that are not given are empty.
inline QByteArray card(QJsonObject fields, double confidence = 0.97)
{
    for (const char* name :
         {"name", "title", "company", "phone", "email", "address", "website", "notes"}) {
        if (!fields.contains(QLatin1String(name)))
            fields[QLatin1String(name)] = QString();
    }
    fields[QStringLiteral("confidence")] = confidence;
    return json(fields);
}

inline QByteArray error(int status, const char* type, const QString& words,
                        const QByteArray& headers = {})
{
    const QJsonObject what{{QStringLiteral("type"), QLatin1String(type)},
                           {QStringLiteral("message"), words}};
    return WebServer::counted(status, "application/json",
                              json({{QStringLiteral("type"), QStringLiteral("error")},
                                    {QStringLiteral("error"), what},
                                    {QStringLiteral("request_id"), QStringLiteral("req_9")}}),
                              headers);
}

/// The blocks of a request's one message.
inline QJsonArray contentOf(const WebRequest& request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    return body[QStringLiteral("messages")].toArray()[0][QStringLiteral("content")].toArray();
}

/// The file of the picture in a request.
inline QByteArray pictureOf(const WebRequest& request)
{
    return QByteArray::fromBase64(
        contentOf(request)[0][QStringLiteral("source")][QStringLiteral("data")]
            .toString()
            .toLatin1());
}

} // namespace claude

} // namespace queuedeck::test
