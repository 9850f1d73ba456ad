// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

namespace queuedeck::domain {

/// A regular expression of a JSON Schema, where "$" is the very end. Excessive backtracking ends
/// with no match.
QRegularExpression schemaPattern(const QString& pattern);

/// Whether `text` conforms to `format`. Formats other than date, time and date-time are not
/// checked, as JSON Schema allows.
bool hasFormat(const QString& format, const QString& text);

} // namespace queuedeck::domain
