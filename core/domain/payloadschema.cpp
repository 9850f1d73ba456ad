// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadschema.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>

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
    if (!knownJobTypes().contains(type))
        return {};
    QFile file(u":/schemas/%1.json"_s.arg(type));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
