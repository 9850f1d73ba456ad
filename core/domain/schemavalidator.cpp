// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemavalidator.h"

#include "core/base/sentence.h"
#include "core/base/stack.h"
#include "core/domain/jsontext.h"
#include "core/domain/schemarefs.h"
#include "core/domain/schemavisits.h"
#include "core/domain/schemawords.h"

#include <QJsonArray>

#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using valijson::adapters::QtJsonAdapter;

namespace {
// Valijson's parser recurses for each level of the schema.
constexpr int kDeepestSchema = 64;

base::Error invalid(const base::Sentence& why)
{
    return fail(ErrorKind::Invalid, Sentence::tr("The schema cannot be used: %1.").arg(why));
}

/// Checks the parser's depth at each reference: a chain of definitions, each naming the next, is as
/// deep as it is long.
class BoundedParser final : public valijson::SchemaParser
{
    opt::optional<std::string> resolveDocumentUri(const opt::optional<std::string>& scope,
                                                  const opt::optional<std::string>& uri) override
    {
        SchemaBudget::current().spend();
        return uri ? uri : scope;
    }
};

// Calls `work` with enough stack for its recursion, and turns what it throws into an error.
base::Status bounded(const std::function<base::Status()>& work)
{
    base::Status done;
    const base::Status ran = base::runWithStack(SchemaBudget::kStack, [&] {
        try {
            done = work();
        } catch (const SchemaBudget::Exceeded& limit) {
            done =
                limit.what == SchemaBudget::Exceeded::What::Time
                    ? fail(ErrorKind::Timeout, Sentence::tr("checking takes more than 2 seconds"))
                    : fail(ErrorKind::Invalid,
                           Sentence::tr("its parts refer to each other too deeply"));
        } catch (const std::exception& exception) {
            done = fail(ErrorKind::Invalid, QString::fromUtf8(exception.what()));
        }
    });
    return ran ? done : ran;
}

// Reports invalid patterns before any value is matched against them.
base::Status checkPatterns(const QJsonValue& schema)
{
    const auto check = [](const QString& pattern) -> base::Status {
        const QRegularExpression expression = schemaPattern(pattern);
        if (expression.isValid())
            return {};
        return invalid(Sentence::tr("the pattern %1: %2").arg(pattern, expression.errorString()));
    };
    const auto isData = [](const QString& key) {
        return key == "const"_L1 || key == "enum"_L1 || key == "default"_L1 || key == "examples"_L1;
    };
    base::Status checked;
    const QJsonObject object = schema.toObject();
    for (auto entry = object.begin(); checked && entry != object.end(); ++entry) {
        if (entry.key() == "pattern"_L1 && entry->isString())
            checked = check(entry->toString());
        if (entry.key() == "patternProperties"_L1) {
            for (const QString& pattern : entry->toObject().keys())
                checked = checked ? check(pattern) : checked;
        }
        if (checked && !isData(entry.key()))
            checked = checkPatterns(*entry);
    }
    for (const QJsonValue& value : schema.toArray())
        checked = checked ? checkPatterns(value) : checked;
    return checked;
}

// The faults come innermost first; the first one names the field, the last one only the root.
Sentence firstFault(valijson::ValidationResults& results)
{
    valijson::ValidationResults::Error error;
    if (!results.popError(error)) // valijson reports no text for names and forbidden values
        return Sentence::tr("It has a name or a value that the schema forbids.");
    QString place;
    for (const std::string& step : error.context) {
        QString key = QString::fromStdString(step);
        key.remove(u'[').remove(u']');
        if (key != "<root>"_L1)
            place += (place.isEmpty() ? QString() : u"."_s) + key;
    }
    return schemaSentence(place, QString::fromStdString(error.description));
}
} // namespace

struct SchemaValidator::Parsed
{
    valijson::Schema schema;
};

SchemaValidator::SchemaValidator()
    : m_parsed(std::make_unique<Parsed>())
{
}

SchemaValidator::~SchemaValidator() = default;

base::Result<std::shared_ptr<const SchemaValidator>> SchemaValidator::make(const QByteArray& schema)
{
    const auto document = parseJson(schema, u"The schema"_s);
    if (!document)
        return document.error();
    return make(document->object());
}

base::Result<std::shared_ptr<const SchemaValidator>>
SchemaValidator::make(const QJsonObject& schema)
{
    if (jsonDepth(QJsonDocument(schema).toJson(QJsonDocument::Compact)) > kDeepestSchema)
        return invalid(Sentence::tr("it is nested deeper than %1 levels").arg(kDeepestSchema));
    const auto sound = withSoundReferences(schema);
    if (!sound)
        return invalid(sound.error().detail);
    if (const base::Status patterns = checkPatterns(*sound); !patterns)
        return patterns.error();
    const std::shared_ptr<SchemaValidator> made(new SchemaValidator);
    const base::Status parsed = bounded([&]() -> base::Status {
        const SchemaBudget budget;
        BoundedParser parser;
        const QJsonValue value(*sound);
        parser.populateSchema(QtJsonAdapter(value), made->m_parsed->schema);
        return {};
    });
    if (!parsed)
        return parsed.error().kind == ErrorKind::Unreachable ? parsed.error()
                                                             : invalid(parsed.error().detail);
    // Some faults show only when something is checked.
    if (const base::Status tried = made->check({});
        !tried && tried.error().kind != ErrorKind::Invalid)
        return invalid(tried.error().detail);
    return std::shared_ptr<const SchemaValidator>(made);
}

base::Status SchemaValidator::check(const QJsonObject& payload) const
{
    bool fits = false;
    valijson::ValidationResults results;
    const base::Status checked = bounded([&]() -> base::Status {
        const SchemaBudget budget(&results);
        try {
            valijson::Validator validator;
            const QJsonValue value(payload);
            fits = validator.validate(m_parsed->schema, QtJsonAdapter(value), &results);
        } catch (const SchemaBudget::HasFaults&) {
        }
        return {};
    });
    if (!checked)
        return checked.error().kind == ErrorKind::Invalid
                   ? fail(ErrorKind::Internal, checked.error().detail)
                   : checked.error();
    if (fits)
        return {};
    return fail(ErrorKind::Invalid, firstFault(results));
}

} // namespace queuedeck::domain
