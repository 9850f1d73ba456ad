// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QStringList>

namespace queuedeck::domain {

/// The built-in job types, in the order they are shown.
QStringList knownJobTypes();

/// Parses and checks a payload against the JSON Schema of its type.
/// Types without a schema accept any JSON object. Invalid says which field breaks which rule.
/// Refuses more than 8 MB and more than 256 levels. Thread-safe.
base::Result<QJsonObject> checkPayload(const QString& type, const QByteArray& json);

/// The schema's text for drawing a form; empty if the type has none.
QByteArray payloadSchema(const QString& type);

/// The schemas of the user's own job types (see handlers.d) in this process, in place of those set
/// before; such a schema goes before the one of resources/schemas. Thread-safe.
void setOwnSchemas(const QHash<QString, QByteArray>& schemas);

/// Whether a schema can be used: Invalid says what is wrong with it. Thread-safe.
base::Status checkSchema(const QJsonObject& schema);

} // namespace queuedeck::domain
