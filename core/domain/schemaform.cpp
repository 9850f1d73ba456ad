// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemaform.h"

#include "core/domain/jsonmembers.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using Kind = FormField::Kind;

namespace {
constexpr qsizetype kMostFields = 100;

QHash<QString, QString> valuesOf(const QString& object)
{
    QHash<QString, QString> values;
    for (const JsonMember& member : membersOf(object))
        values[member.key] = member.valueIn(object);
    return values;
}

QJsonValue parsed(const QString& value)
{
    return QJsonDocument::fromJson('[' + value.toUtf8() + ']').array().at(0);
}

QString jsonOf(const QJsonValue& value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1).chopped(1));
}

// The one type that a single field can hold; a value that may be null is left out for that.
std::optional<Kind> kindOf(const QJsonObject& property)
{
    const QJsonArray choices = property["enum"_L1].toArray();
    if (!choices.isEmpty()) {
        const bool areSimple = std::none_of(choices.begin(), choices.end(), [](const auto& value) {
            return value.isObject() || value.isArray();
        });
        return areSimple ? std::optional(Kind::Choice) : std::nullopt;
    }
    QStringList types{property["type"_L1].toString()};
    if (property["type"_L1].isArray())
        types = property["type"_L1].toVariant().toStringList();
    types.removeAll(u"null"_s);
    const QString type = types.size() == 1 ? types.first() : QString();
    if (type == "string"_L1 || (type.isEmpty() && property.contains("pattern"_L1)))
        return Kind::Text;
    if (type == "integer"_L1)
        return Kind::Integer;
    if (type == "number"_L1)
        return Kind::Number;
    if (type == "boolean"_L1)
        return Kind::Boolean;
    return std::nullopt;
}

std::optional<double> numberIn(const QJsonObject& property, QLatin1String key)
{
    return property[key].isDouble() ? std::optional(property[key].toDouble()) : std::nullopt;
}

bool isDay(const QJsonObject& property)
{
    if (property["format"_L1].toString() == "date"_L1)
        return true;
    const QString pattern = property["pattern"_L1].toString();
    return pattern == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"_L1 || pattern == "^\\d{4}-\\d{2}-\\d{2}$"_L1;
}

// References lead into these, so they go along with every property.
std::shared_ptr<const SchemaValidator> ruleFor(const QString& key, const QJsonObject& property,
                                               const QJsonObject& root)
{
    QJsonObject rule{{u"properties"_s, QJsonObject{{key, property}}}};
    for (const QString& shared : {u"definitions"_s, u"$defs"_s, u"$schema"_s}) {
        if (root.contains(shared))
            rule[shared] = root[shared];
    }
    auto made = SchemaValidator::make(rule);
    return made ? *made : nullptr; // then the whole payload is checked all the same
}

QString emptyValue(const QJsonObject& property)
{
    const QJsonArray choices = property["enum"_L1].toArray();
    if (!choices.isEmpty())
        return jsonOf(choices.first());
    const QString type = property["type"_L1].toString();
    if (type == "integer"_L1 || type == "number"_L1)
        return u"0"_s;
    if (type == "boolean"_L1)
        return u"false"_s;
    if (type == "array"_L1)
        return u"[]"_s;
    if (type == "object"_L1)
        return u"{}"_s;
    return u"\"\""_s;
}
} // namespace

SchemaForm formOf(const QByteArray& schema)
{
    SchemaForm form;
    const QString text = QString::fromUtf8(schema);
    const QJsonObject root = QJsonDocument::fromJson(schema).object();
    form.title = root["title"_L1].toString();
    form.description = root["description"_L1].toString();
    const QJsonArray required = root["required"_L1].toArray();
    const QString properties = valuesOf(text).value(u"properties"_s);
    for (const JsonMember& member : membersOf(properties)) {
        const QString written = member.valueIn(properties);
        const QJsonObject property = parsed(written).toObject();
        const auto kind = kindOf(property);
        if (!kind || form.fields.size() == kMostFields)
            continue;
        FormField field;
        field.key = member.key;
        field.title = property["title"_L1].toString(member.key);
        field.help = property["description"_L1].toString();
        field.kind = *kind;
        field.isRequired = required.contains(member.key);
        for (const QJsonValue& choice : property["enum"_L1].toArray())
            field.choices += jsonOf(choice);
        if (*kind == Kind::Boolean)
            field.choices = QStringList{u"true"_s, u"false"_s};
        field.defaultValue = valuesOf(written).value(u"default"_s);
        field.maxLength = property["maxLength"_L1].toInt();
        field.minimum = numberIn(property, "minimum"_L1);
        field.maximum = numberIn(property, "maximum"_L1);
        field.isDay = isDay(property);
        field.rule = ruleFor(member.key, property, root);
        form.fields += field;
    }
    return form;
}

QString faultOf(const FormField& field, const QString& value)
{
    if (!field.rule)
        return {};
    const base::Status checked = field.rule->check({{field.key, parsed(value)}});
    if (checked)
        return {};
    QString sentence = checked.error().detail;
    for (const QString& place : {field.key + u": "_s, field.key + u' '}) {
        if (sentence.startsWith(place))
            sentence = sentence.mid(place.size());
    }
    return sentence.isEmpty() ? sentence : sentence[0].toUpper() + sentence.mid(1);
}

QString shownValue(const FormField& field, const QString& value)
{
    if (field.kind == Kind::Choice || field.kind == Kind::Boolean)
        return value;
    return value.startsWith(u'"') ? parsed(value).toString() : value;
}

QString valueOfInput(const FormField& field, const QString& input)
{
    if (input.isEmpty())
        return {};
    static const QRegularExpression kNumber(
        u"\\A-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?\\z"_s);
    switch (field.kind) {
    case Kind::Choice:
    case Kind::Boolean: return input;
    case Kind::Integer:
    case Kind::Number:
        return kNumber.match(input.trimmed()).hasMatch() ? input.trimmed() : jsonString(input);
    case Kind::Text: break;
    }
    return jsonString(input);
}

QString payloadTemplate(const QByteArray& schema)
{
    const QString text = QString::fromUtf8(schema);
    const QJsonArray required = QJsonDocument::fromJson(schema).object()["required"_L1].toArray();
    const QString properties = valuesOf(text).value(u"properties"_s);
    QStringList lines;
    QStringList known;
    for (const JsonMember& member : membersOf(properties)) {
        const QString written = member.valueIn(properties);
        const QString given = valuesOf(written).value(u"default"_s);
        if (!required.contains(member.key) && given.isEmpty())
            continue;
        known += member.key;
        lines +=
            u"  %1: %2"_s.arg(jsonString(member.key),
                              given.isEmpty() ? emptyValue(parsed(written).toObject()) : given);
    }
    for (const QJsonValue& key : required) {
        if (!known.contains(key.toString()))
            lines += u"  %1: \"\""_s.arg(jsonString(key.toString()));
    }
    return lines.isEmpty() ? u"{\n}"_s : u"{\n%1\n}"_s.arg(lines.join(u",\n"_s));
}

} // namespace queuedeck::domain
