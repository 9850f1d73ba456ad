// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonDocument>

namespace queuedeck::domain {

/// How deeply untrusted JSON may be nested: walking or freeing the values recurses per level.
constexpr int kDeepestJson = 256;

/// The number of objects and arrays open at the deepest place of `json`, which need not be valid.
qsizetype jsonDepth(const QByteArray& json);

/// Parses untrusted JSON. The message of Invalid begins with `subject`, as in "The payload is not
/// JSON: …", and says where it is wrong, or that it is nested deeper than kDeepestJson.
base::Result<QJsonDocument> parseJson(const QByteArray& json, const QString& subject);

} // namespace queuedeck::domain
