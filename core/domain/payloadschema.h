// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QStringList>

namespace queuedeck::domain {

/// The job types that are part of this program, in display order.
QStringList knownJobTypes();

/// Parses a payload and checks it against the JSON Schema of its type.
/// Types without a schema accept any JSON object. Invalid says which field breaks which rule.
/// Rejects more than 8 MB and more than 256 levels. Thread-safe.
base::Result<QJsonObject> checkPayload(const QString& type, const QByteArray& json);

/// The schema's text for drawing a form; empty if the type has none.
QByteArray payloadSchema(const QString& type);

/// Sets the schemas of the user's own job types (see handlers.d) in this process, replacing those
/// set before; they take precedence over those in resources/schemas. Thread-safe.
void setOwnSchemas(const QHash<QString, QByteArray>& schemas);

/// Whether a schema can be used: Invalid says what is wrong with it. Thread-safe.
base::Status checkSchema(const QJsonObject& schema);

} // namespace queuedeck::domain
