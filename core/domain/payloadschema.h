// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace queuedeck::domain {

/// The built-in job types, in the order they are shown.
QStringList knownJobTypes();

/// Parses and checks a payload against the JSON Schema of its type (resources/schemas).
/// Types without a schema accept any JSON object. Invalid says which field breaks which rule.
/// Refuses more than 8 MB and more than 256 levels. Thread-safe.
base::Result<QJsonObject> checkPayload(const QString& type, const QByteArray& json);

/// The schema's text for drawing a form; empty if the type has none.
QByteArray payloadSchema(const QString& type);

} // namespace queuedeck::domain
