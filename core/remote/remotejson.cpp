// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/remotejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::remote {

namespace {
constexpr int kDeepest = 6;
constexpr double kExactBelow = 9.2e18; ///< fits into a qint64
constexpr int kMostDigits = 18;

QJsonValue documentIn(const net::HttpAnswer& answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(answer.text());
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QString reasonOf(const QJsonValue& value, int depth);

// The first name with content wins; the more specific ones come first.
QString reasonOf(const QJsonObject& object, int depth)
{
    static const QStringList kNames{u"error"_s,  u"errors"_s,       u"message"_s,
                                    u"detail"_s, u"details"_s,      u"error_description"_s,
                                    u"reason"_s, u"errormessage"_s, u"msg"_s,
                                    u"title"_s,  u"description"_s,  u"cause"_s,
                                    u"fault"_s,  u"data"_s,         u"result"_s};
    QStringList found;
    for (const QString& name : kNames) {
        for (auto one = object.begin(); one != object.end(); ++one) {
            if (one.key().compare(name, Qt::CaseInsensitive) != 0)
                continue;
            const QString reason = reasonOf(one.value(), depth + 1);
            if (!reason.isEmpty())
                found += reason;
        }
    }
    if (found.isEmpty())
        return {};
    // "error":"invalid_grant" is a code, "error":"Bad Request" a status; an explanation may follow.
    static const QRegularExpression kStatus(
        u"^(?:\\S+|bad (?:request|gateway)|internal server error|not (?:found|implemented)|"
        "(?:service|temporarily) unavailable|gateway time-?out|method not allowed|"
        "too many requests|payment required|request time-?out|error|failed)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto explains = [](const QString& text) { return !kStatus.match(text).hasMatch(); };
    const auto words = std::find_if(found.cbegin(), found.cend(), explains);
    return words != found.cend() ? *words : found.first();
}

QString reasonOf(const QJsonValue& value, int depth)
{
    if (depth > kDeepest)
        return {};
    if (value.isObject())
        return reasonOf(value.toObject(), depth);
    if (!value.isArray())
        return value.toString().simplified();
    for (const QJsonValue one : value.toArray()) {
        const QString reason = reasonOf(one, depth + 1);
        if (!reason.isEmpty())
            return reason;
    }
    return {};
}
} // namespace

QJsonObject objectIn(const net::HttpAnswer& answer)
{
    return documentIn(answer).toObject();
}

std::optional<qint64> countIn(const QJsonValue& value)
{
    if (value.isDouble()) {
        constexpr qint64 kNone = -1;
        const qint64 number = value.toInteger(kNone); // exact if written as an integer
        if (number != kNone || value.toDouble() == double(kNone))
            return number >= 0 ? std::optional(number) : std::nullopt;
        const double real = value.toDouble();
        const bool isWhole = std::floor(real) == real && real >= 0 && real < kExactBelow;
        return isWhole ? std::optional(qint64(real)) : std::nullopt;
    }
    const QString digits = value.toString().trimmed();
    const bool isNumber =
        !digits.isEmpty() && digits.size() <= kMostDigits &&
        std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? std::optional(digits.toLongLong()) : std::nullopt;
}

QString idIn(const QJsonValue& value)
{
    if (!value.isDouble())
        return value.toString();
    if (const auto count = countIn(value))
        return QString::number(*count);
    const double real = value.toDouble();
    return std::floor(real) == real ? QString::number(real, 'f', 0)
                                    : QString::number(real, 'g', 17);
}

QDateTime timeIn(const QJsonValue& value)
{
    if (const auto milliseconds = countIn(value); milliseconds && value.isDouble())
        return QDateTime::fromMSecsSinceEpoch(*milliseconds, Qt::UTC);
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

QString reasonIn(const net::HttpAnswer& answer)
{
    const QByteArray text = answer.text();
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isNull())
        return reasonOf(documentIn(answer), 0);
    // A lone string, JSON or plain; an HTML page has no short reason.
    const QJsonValue alone = QJsonDocument::fromJson('[' + text + ']').array().first();
    if (alone.isString())
        return alone.toString().simplified();
    return answer.header("content-type").startsWith("text/plain")
               ? QString::fromUtf8(text).simplified()
               : QString();
}

} // namespace queuedeck::remote
