// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/webhookmessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

using base::Sentence;

namespace {
// Slack reads <!channel>, <@U123> and links in angle brackets.
QString escaped(QString text)
{
    for (QChar& c : text) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return text.replace(u'&', u"&amp;"_s).replace(u'<', u"&lt;"_s).replace(u'>', u"&gt;"_s);
}

QString iso(const QDateTime& time)
{
    return time.toUTC().toString(Qt::ISODate);
}

QJsonObject fieldJson(const QString& title, const QString& value)
{
    return {{u"title"_s, title}, {u"value"_s, escaped(value)}, {u"short"_s, true}};
}

QString lastedText(const AlertEntry& entry)
{
    const qint64 minutes = (entry.began.secsTo(entry.ended) + 30) / 60;
    return minutes < 60 ? u"%1 min"_s.arg(minutes)
                        : u"%1 h %2 min"_s.arg(minutes / 60).arg(minutes % 60);
}

QByteArray bodyOf(const QString& text, const QString& color, const QJsonArray& fields,
                  const QJsonObject& payload)
{
    const QJsonObject attachment{{u"fallback"_s, text}, {u"color"_s, color}, {u"fields"_s, fields}};
    return QJsonDocument(
               QJsonObject{{u"text"_s, text},
                           {u"attachments"_s, QJsonArray{attachment}},
                           {u"metadata"_s, QJsonObject{{u"event_type"_s, u"queuedeck_alert"_s},
                                                       {u"event_payload"_s, payload}}}})
        .toJson(QJsonDocument::Compact);
}
} // namespace

Sentence tellingText(const AlertEntry& entry, Telling::Kind kind)
{
    const QString peak = peakText(entry);
    if (kind == Telling::Kind::Ended)
        return Sentence::tr("%1: over after %2").arg(entry.ruleName, lastedText(entry));
    return peak.isEmpty() ? Sentence(entry.ruleName)
                          : Sentence::tr("%1: %2").arg(entry.ruleName, peak);
}

QByteArray webhookBody(const AlertEntry& entry, Telling::Kind kind, const QString& queue)
{
    const bool isBegin = kind == Telling::Kind::Began;
    const QString text =
        u"%1 *%2* %3"_s.arg(isBegin ? u":red_circle:"_s : u":large_green_circle:"_s, escaped(queue),
                            escaped(tellingText(entry, kind)));
    QJsonArray fields{fieldJson(u"Began"_s, iso(entry.began))};
    if (!isBegin)
        fields += fieldJson(u"Ended"_s, iso(entry.ended));
    if (const QString peak = peakText(entry); !peak.isEmpty())
        fields += fieldJson(u"Worst"_s, peak);
    return bodyOf(text, isBegin ? u"danger"_s : u"good"_s, fields,
                  {{u"id"_s, webhookId(entry, kind)},
                   {u"alert"_s, entry.id},
                   {u"event"_s, isBegin ? u"began"_s : u"ended"_s},
                   {u"rule"_s, entry.ruleId},
                   {u"name"_s, entry.ruleName},
                   {u"queue"_s, queue},
                   {u"series"_s, infoOf(entry.series).word},
                   {u"peak"_s, entry.peak},
                   {u"began"_s, iso(entry.began)},
                   {u"ended"_s, isBegin ? QJsonValue() : QJsonValue(iso(entry.ended))}});
}

QByteArray webhookTestBody(const QString& queue, const QDateTime& now)
{
    return bodyOf(u"*%1* This is a test of the alerts of Queuedeck."_s.arg(escaped(queue)),
                  u"good"_s, {},
                  {{u"id"_s, u"test-%1"_s.arg(now.toSecsSinceEpoch())},
                   {u"event"_s, u"test"_s},
                   {u"queue"_s, queue}});
}

QString webhookId(const AlertEntry& entry, Telling::Kind kind)
{
    return entry.id + (kind == Telling::Kind::Began ? u"-began"_s : u"-ended"_s);
}

QByteArray webhookSignature(const base::Secret& key, qint64 timestamp, const QByteArray& body)
{
    const QByteArray signedText = "v1:" + QByteArray::number(timestamp) + ':' + body;
    return "v1=" + QMessageAuthenticationCode::hash(signedText, key.reveal().toByteArray(),
                                                    QCryptographicHash::Sha256)
                       .toHex();
}

} // namespace queuedeck::alerts
