// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/schemavalidator.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

/// A field of a form that is made from a schema: one property of the payload.
struct FormField
{
    enum class Kind {
        Text,
        Integer,
        Number,
        Boolean,
        Choice, ///< one of `choices`
    };

    QString key;
    QString title; ///< the key if the schema names none
    QString help;  ///< the schema's description; may be empty
    Kind kind = Kind::Text;
    bool isRequired = false;
    QStringList choices;  ///< as JSON, in the schema's order
    QString defaultValue; ///< as JSON; empty: none
    int maxLength = 0;    ///< in characters; 0: none
    std::optional<double> minimum = std::nullopt;
    std::optional<double> maximum = std::nullopt;
    bool isDay = false;                                    ///< a text such as 2026-11-16
    std::shared_ptr<const SchemaValidator> rule = nullptr; ///< of an object with this property only
};

/// A form for the payloads of a type. A property that no single field can hold, such as an object
/// or a list, has none: it is edited as JSON.
struct SchemaForm
{
    QString title;
    QString description;
    QVector<FormField> fields; ///< in the order the schema gives the properties
};

/// Of a schema that checkSchema accepts, or of an empty text, which has no field.
SchemaForm formOf(const QByteArray& schema);

/// What is wrong with the value of a field, which is JSON: "Is empty."; nothing if it fits.
QString faultOf(const FormField& field, const QString& value);

/// What a field shows for a JSON value, and the JSON for what a person entered: a text or number
/// that is not one is kept as a JSON string, for the schema to judge. Empty input means no value.
QString shownValue(const FormField& field, const QString& value);
QString valueOfInput(const FormField& field, const QString& input);

/// The payload a form starts with: required properties, and those with a default, in the schema's
/// order.
QString payloadTemplate(const QByteArray& schema);

} // namespace queuedeck::domain
