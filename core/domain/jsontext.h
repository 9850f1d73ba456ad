// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonDocument>

namespace queuedeck::domain {

/// How deep objects and arrays may lie in each other in what a stranger wrote: what walks through
/// the values, or frees them, calls itself for each level.
constexpr int kDeepestJson = 256;

/// The objects and arrays open at the deepest place of `json`, which need not be valid.
qsizetype jsonDepth(const QByteArray& json);

/// Parses what a stranger wrote. Invalid begins with `subject`, as in "The payload is not JSON: …",
/// and says where it goes wrong, or that it is nested deeper than kDeepestJson.
base::Result<QJsonDocument> parseJson(const QByteArray& json, const QString& subject);

} // namespace queuedeck::domain
