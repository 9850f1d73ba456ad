// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadschema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <mutex>
#include <regex>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;

namespace {
constexpr qsizetype kLargestPayload = 8 * 1024 * 1024;
constexpr int kDeepestPayload = 256;

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
// before the first job. Throws std::regex_error.
void compilePatterns(const QJsonValue& schema)
{
    const QJsonObject object = schema.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (entry.key() == "pattern"_L1 && entry->isString())
            std::regex(entry->toString().toStdString());
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
        return base::fail(ErrorKind::Invalid,
                          u"The payload is nested deeper than 256 levels."_s);
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (document.isNull())
        return base::fail(ErrorKind::Invalid, u"The payload is not JSON: %1 at byte %2."_s.arg(
                                                  parseError.errorString())
                                                  .arg(parseError.offset));
    if (!document.isObject())
        return base::fail(ErrorKind::Invalid, u"The payload must be a JSON object, as in {}."_s);

    const QByteArray schemaText = payloadSchema(type);
    if (schemaText.isEmpty())
        return document.object();
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
        return base::fail(ErrorKind::Internal,
                          u"The schema of %1 cannot be used: %2."_s.arg(
                              type, QString::fromUtf8(exception.what())));
    }
    return document.object();
}

} // namespace queuedeck::domain
