// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QVector>

namespace queuedeck::domain {

/// A member of a JSON object as it is written; positions are in the object's text.
struct JsonMember
{
    QString key;
    qsizetype start = 0; ///< of the key, at its quotation mark
    qsizetype valueStart = 0;
    qsizetype valueLength = 0;

    QString valueIn(const QString& text) const { return text.mid(valueStart, valueLength); }
};

/// Whether `text` is one JSON object; Invalid says the line and what is wrong there: "Line 4: a
/// comma is missing."
base::Status checkObjectText(const QString& text);

/// The members of the object that `text` is, in the order they are written; none if it is not an
/// object. Linear, and does not recurse.
QVector<JsonMember> membersOf(const QString& text);

/// `text` with the value of `key` replaced by `value`, JSON too, or with a new member at the end,
/// indented like the others. All else stays as it is written. `text` must be an object.
QString withMember(const QString& text, const QString& key, const QString& value);
/// `text` without `key`.
QString withoutMember(const QString& text, const QString& key);

/// A text as a JSON string.
QString jsonString(const QString& text);

} // namespace queuedeck::domain
