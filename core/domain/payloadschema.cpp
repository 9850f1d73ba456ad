// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadschema.h"

#include "core/domain/jsontext.h"
#include "core/domain/schemavalidator.h"

#include <QDir>
#include <QFile>

#include <mutex>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qsizetype kLargestPayload = 8 * 1024 * 1024;

/// The schemas passed to setOwnSchemas, and the validators made so far.
struct Schemas
{
    using Validator = std::shared_ptr<const SchemaValidator>;

    std::mutex mutex;
    QHash<QString, QByteArray> own; ///< by type
    QHash<QString, std::pair<QByteArray, Validator>>
        ready; ///< by type, with the text it was made from
};

Schemas& schemas()
{
    static Schemas all;
    return all;
}

base::Result<Schemas::Validator> validatorFor(const QString& type, const QByteArray& text)
{
    {
        const std::lock_guard lock(schemas().mutex);
        const auto known = schemas().ready.constFind(type);
        if (known != schemas().ready.constEnd() && known->first == text)
            return known->second;
    }
    auto made = SchemaValidator::make(text);
    if (made) {
        const std::lock_guard lock(schemas().mutex);
        schemas().ready.insert(type, {text, *made});
    }
    return made;
}
} // namespace

// A type that is not named here has only its schema.
QStringList knownJobTypes()
{
    static const QStringList kTypes = [] {
        QStringList types{u"image_extraction"_s, u"customer_enrichment"_s, u"report_generation"_s,
                          u"bulk_import"_s};
        for (const QString& file : QDir(u":/schemas"_s).entryList(QDir::Files, QDir::Name)) {
            if (const QString type = file.chopped(5); !types.contains(type))
                types += type;
        }
        return types;
    }();
    return kTypes;
}

QByteArray payloadSchema(const QString& type)
{
    {
        const std::lock_guard lock(schemas().mutex);
        if (const QByteArray schema = schemas().own.value(type); !schema.isEmpty())
            return schema;
    }
    if (!knownJobTypes().contains(type))
        return {};
    QFile file(u":/schemas/%1.json"_s.arg(type));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void setOwnSchemas(const QHash<QString, QByteArray>& own)
{
    const std::lock_guard lock(schemas().mutex);
    schemas().own = own;
    schemas().ready.clear();
}

base::Status checkSchema(const QJsonObject& schema)
{
    const auto made = SchemaValidator::make(schema);
    return made ? base::Status() : base::Status(made.error());
}

base::Result<QJsonObject> checkPayload(const QString& type, const QByteArray& json)
{
    if (json.size() > kLargestPayload)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("The payload is %1 MB; 8 MB is the limit.").arg(json.size() >> 20));
    const auto document = parseJson(json, u"The payload"_s);
    if (!document)
        return document.error();
    if (!document->isObject())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The payload must be a JSON object, as in {}."));
    const QByteArray text = payloadSchema(type);
    if (text.isEmpty())
        return document->object();
    const auto validator = validatorFor(type, text);
    if (!validator)
        return fail(ErrorKind::Internal, validator.error().detail);
    if (const base::Status checked = (*validator)->check(document->object()); !checked) {
        if (checked.error().kind == ErrorKind::Internal)
            return fail(ErrorKind::Internal, Sentence::tr("The schema of %1 cannot be used: %2.")
                                                 .arg(type, checked.error().detail));
        if (checked.error().kind == ErrorKind::Timeout)
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("The payload cannot be checked by the schema of %1 within 2 seconds.")
                    .arg(type));
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The payload does not fit the schema of %1. %2")
                        .arg(type, checked.error().detail));
    }
    return document->object();
}

} // namespace queuedeck::domain
