// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadschema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <mutex>
#include <regex>
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using namespace Qt::StringLiterals;

namespace {
// "$" is the very end in a schema; in QRegularExpression it may stand before a last line break.
QString withRealEnds(const QString& pattern)
{
    QString real;
    bool isInClass = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar sign = pattern[i];
        if (sign == u'\\' && i + 1 < pattern.size()) {
            real += sign;
            real += pattern[++i];
        } else if (sign == u'$' && !isInClass) {
            real += u"\\z"_s;
        } else {
            isInClass = sign == u'[' || (isInClass && sign != u']');
            real += sign;
        }
    }
    return real;
}

QRegularExpression patternOf(const QString& pattern)
{
    return QRegularExpression(withRealEnds(pattern));
}
} // namespace

// Valijson matches by std::regex, which calls itself for each character: a text of 50,000 in a
// payload ended the program. QRegularExpression has a limit instead, and what reaches it does not
// match.
template <>
bool valijson::ValidationVisitor<valijson::adapters::QtJsonAdapter>::visit(
    const PatternConstraint& constraint)
{
    if ((m_strictTypes && !m_target.isString()) || !m_target.maybeString())
        return true;
    const auto text = constraint.getPattern<std::string::allocator_type>();
    const QRegularExpression pattern = patternOf(QString::fromStdString(text));
    if (pattern.match(QString::fromStdString(m_target.asString())).hasMatch())
        return true;
    if (m_results)
        m_results->pushError(m_context, "It does not match the pattern " + text + ".");
    return false;
}

namespace queuedeck::domain {

using base::ErrorKind;

namespace {
constexpr qsizetype kLargestPayload = 8 * 1024 * 1024;
constexpr int kDeepestPayload = 256;
// What is still matched by std::regex: names of keys, and texts with a format.
constexpr qsizetype kLongestMatched = 2000;

// QJsonDocument gives up quietly at depth 1024; we say so, and earlier.
bool isTooDeep(const QByteArray& json)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDeepestPayload)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

/// The schemas that setOwnSchemas was given.
struct OwnSchemas
{
    std::mutex mutex;
    QHash<QString, QByteArray> byType;
};

OwnSchemas& ownSchemas()
{
    static OwnSchemas own;
    return own;
}

// The values of these are examples of data and no schemas.
bool isData(const QString& key)
{
    return key == "const"_L1 || key == "enum"_L1 || key == "default"_L1 || key == "examples"_L1;
}

// Valijson compiles a pattern when it first meets a value for it, and throws then; this says so
// before the first job. Throws std::runtime_error.
void compilePatterns(const QJsonValue& schema)
{
    const QJsonObject object = schema.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (entry.key() == "pattern"_L1 && entry->isString()) {
            const QRegularExpression pattern = patternOf(entry->toString());
            if (!pattern.isValid())
                throw std::runtime_error("the pattern " + entry->toString().toStdString() + ": " +
                                         pattern.errorString().toStdString());
        }
        if (entry.key() == "patternProperties"_L1) {
            for (const QString& pattern : entry->toObject().keys())
                std::regex(pattern.toStdString());
        }
        if (!isData(entry.key()))
            compilePatterns(*entry);
    }
    for (const QJsonValue& value : schema.toArray())
        compilePatterns(value);
}

bool hasLongText(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().size() > kLongestMatched;
    const QJsonObject object = value.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (entry.key().size() > kLongestMatched || hasLongText(*entry))
            return true;
    }
    const QJsonArray array = value.toArray();
    return std::any_of(array.begin(), array.end(), hasLongText);
}

// Whether the schema has std::regex match something.
bool isMatchedByRecursion(const QByteArray& schema)
{
    return schema.contains("\"format\"") || schema.contains("\"patternProperties\"") ||
           schema.contains("\"propertyNames\"");
}

QString firstViolation(valijson::ValidationResults& results)
{
    valijson::ValidationResults::Error error;
    QString words;
    // The errors come innermost first; the first one names the field, the last one only the root.
    if (results.popError(error)) {
        QString place;
        for (const std::string& step : error.context) {
            QString key = QString::fromStdString(step);
            key.remove(QLatin1Char('[')).remove(QLatin1Char(']'));
            if (key != "<root>"_L1)
                place += (place.isEmpty() ? QString() : QStringLiteral(".")) + key;
        }
        words = QString::fromStdString(error.description);
        if (!place.isEmpty())
            words = place + QStringLiteral(": ") + words;
    }
    return words;
}
} // namespace

QStringList knownJobTypes()
{
    return {u"image_extraction"_s, u"customer_enrichment"_s, u"report_generation"_s,
            u"bulk_import"_s};
}

QByteArray payloadSchema(const QString& type)
{
    {
        OwnSchemas& own = ownSchemas();
        const std::lock_guard lock(own.mutex);
        if (const QByteArray schema = own.byType.value(type); !schema.isEmpty())
            return schema;
    }
    if (!knownJobTypes().contains(type))
        return {};
    QFile file(u":/schemas/%1.json"_s.arg(type));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setOwnSchemas(const QHash<QString, QByteArray>& schemas)
{
    OwnSchemas& own = ownSchemas();
    const std::lock_guard lock(own.mutex);
    own.byType = schemas;
}

base::Status checkSchema(const QJsonObject& schema)
{
    try {
        compilePatterns(schema);
        valijson::Schema parsed;
        valijson::SchemaParser parser;
        const QJsonValue value(schema);
        const valijson::adapters::QtJsonAdapter adapter(value);
        parser.populateSchema(adapter, parsed);
        // Some faults show only when there is something to check.
        valijson::Validator validator;
        const QJsonValue empty{QJsonObject()};
        validator.validate(parsed, valijson::adapters::QtJsonAdapter(empty), nullptr);
    } catch (const std::exception& exception) {
        return base::fail(ErrorKind::Invalid, u"The schema cannot be used: %1."_s.arg(
                                                  QString::fromUtf8(exception.what())));
    }
    return {};
}

base::Result<QJsonObject> checkPayload(const QString& type, const QByteArray& json)
{
    if (json.size() > kLargestPayload)
        return base::fail(ErrorKind::Invalid,
                          u"The payload is %1 MB; 8 MB is the limit."_s.arg(json.size() >> 20));
    if (isTooDeep(json))
        return base::fail(ErrorKind::Invalid, u"The payload is nested deeper than 256 levels."_s);
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (document.isNull())
        return base::fail(ErrorKind::Invalid,
                          u"The payload is not JSON: %1 at byte %2."_s.arg(parseError.errorString())
                              .arg(parseError.offset));
    if (!document.isObject())
        return base::fail(ErrorKind::Invalid, u"The payload must be a JSON object, as in {}."_s);

    const QByteArray schemaText = payloadSchema(type);
    if (schemaText.isEmpty())
        return document.object();
    if (isMatchedByRecursion(schemaText) && hasLongText(document.object()))
        return base::fail(ErrorKind::Invalid,
                          u"The payload has a text of more than 2000 characters, which the schema "
                          "of %1 cannot check."_s.arg(type));
    try {
        valijson::Schema schema;
        valijson::SchemaParser parser;
        const QJsonDocument schemaDocument = QJsonDocument::fromJson(schemaText);
        const QJsonValue schemaValue(schemaDocument.object());
        const valijson::adapters::QtJsonAdapter schemaAdapter(schemaValue);
        parser.populateSchema(schemaAdapter, schema);

        valijson::Validator validator;
        valijson::ValidationResults results;
        const QJsonValue value(document.object());
        const valijson::adapters::QtJsonAdapter adapter(value);
        if (!validator.validate(schema, adapter, &results))
            return base::fail(ErrorKind::Invalid,
                              u"The payload does not fit the schema of %1. %2"_s.arg(
                                  type, firstViolation(results)));
    } catch (const std::exception& exception) {
        return base::fail(ErrorKind::Internal, u"The schema of %1 cannot be used: %2."_s.arg(
                                                   type, QString::fromUtf8(exception.what())));
    }
    return document.object();
}

} // namespace queuedeck::domain
