// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadsurvey.h"

#include "core/domain/filterlexer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr int kMostShown = 12;
constexpr qsizetype kLongestKey = 100;

using Kind = PayloadPath::Kind;

Kind kindOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String: return Kind::Text;
    case QJsonValue::Double: return Kind::Number;
    case QJsonValue::Bool: return Kind::Truth;
    default: return Kind::Other;
    }
}

// As a filter would name it; null: it cannot be named exactly.
QString wordOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String: return value.toString();
    case QJsonValue::Bool: return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double: {
        constexpr double kExact = 9007199254740992.0; // 2^53
        const double number = value.toDouble();
        return number == std::floor(number) && std::abs(number) < kExact
                   ? QString::number(qint64(number))
                   : QString();
    }
    default: return {};
    }
}

bool canBeWritten(const QString& text)
{
    return std::none_of(text.cbegin(), text.cend(),
                        [](QChar one) { return one.category() == QChar::Other_Control; });
}
} // namespace

bool isSecretName(const QString& name)
{
    static const QRegularExpression kSecret(
        u"passw|passphrase|secret|token|credential|api.?key|access.?key|private.?key|authori[sz]ation|bearer|cookie|^pin$|^pwd$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return kSecret.match(name).hasMatch();
}

QString PayloadPath::text() const
{
    QString path = u"payload"_s;
    for (const QString& key : keys) {
        const bool isPlain = std::none_of(key.cbegin(), key.cend(), [](QChar one) {
            return one.isSpace() || u"().:=<>!\""_s.contains(one);
        });
        path += u'.' + (isPlain ? key : quotedValue(key));
    }
    return path;
}

void PayloadSurvey::add(const QByteArray& json)
{
    ++m_sampled;
    addObject(QJsonDocument::fromJson(json).object(), {});
}

void PayloadSurvey::addObject(const QJsonObject& object, const QStringList& above)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString key = it.key();
        if (key.isEmpty() || key.size() > kLongestKey || !canBeWritten(key))
            continue;
        const QStringList keys = above + QStringList{key};
        if (it.value().isObject()) {
            if (keys.size() < kDeepest)
                addObject(it.value().toObject(), keys);
            continue;
        }
        auto place = m_places.find(keys);
        if (place == m_places.end()) {
            if (m_places.size() >= kMostPaths)
                continue;
            place = m_places.insert(keys, {});
        }
        ++place->found;
        place->kinds |= 1 << int(kindOf(it.value()));
        const QString word = wordOf(it.value());
        const bool isKept = !word.isEmpty() && word.size() <= kLongestValue && canBeWritten(word);
        if (isKept && (place->values.contains(word) || place->values.size() < kMostValues))
            ++place->values[word];
        else if (word.size() > kLongestValue)
            ++place->unkept;
    }
}

QVector<PayloadPath> PayloadSurvey::paths() const
{
    QVector<PayloadPath> paths;
    for (auto it = m_places.cbegin(); it != m_places.cend(); ++it) {
        PayloadPath path{it.key(), Kind::Mixed, it->found,
                         std::min<qint64>(it->values.size() + it->unkept, kMostValues)};
        for (const Kind kind : {Kind::Text, Kind::Number, Kind::Truth, Kind::Other}) {
            if (it->kinds == 1 << int(kind))
                path.kind = kind;
        }
        const bool isSecret = std::any_of(it.key().cbegin(), it.key().cend(), isSecretName);
        for (auto value = it->values.cbegin(); value != it->values.cend() && !isSecret; ++value) {
            if (value.value() > 1)
                path.values += {value.key(), value.value()};
        }
        std::sort(path.values.begin(), path.values.end(), [](const auto& one, const auto& other) {
            return one.count != other.count ? one.count > other.count : one.text < other.text;
        });
        if (path.values.size() > kMostShown)
            path.values.resize(kMostShown);
        paths += path;
    }
    std::stable_sort(paths.begin(), paths.end(),
                     [](const auto& one, const auto& other) { return one.found > other.found; });
    return paths;
}

} // namespace queuedeck::domain
