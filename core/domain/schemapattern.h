// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

namespace queuedeck::domain {

/// A regular expression of a JSON Schema, where "$" is the very end. Matching gives up, and matches
/// nothing, where it would go back and forth for long.
QRegularExpression schemaPattern(const QString& pattern);

/// Whether `text` is what `format` says. Formats other than date, time and date-time are not
/// checked, as JSON Schema allows.
bool hasFormat(const QString& format, const QString& text);

} // namespace queuedeck::domain
