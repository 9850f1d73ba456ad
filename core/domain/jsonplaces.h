// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QVector>

namespace queuedeck::domain {

/// Where a value stands in a JSON text, in bytes.
struct JsonSpan
{
    qsizetype start = 0;
    qsizetype length = 0;
};

/// The values at a path, in the order of the text, all of them if a name occurs twice. A path leads
/// through lists: {"items", "name"} is the name of every item. `json` must satisfy
/// isOneJsonValue(); linear, and of bounded recursion: lists nested deeper than 64 are taken as a
/// whole.
QVector<JsonSpan> valuesAt(const QByteArray& json, const QStringList& path);

/// A place of a payload that holds a value which is no object: {"uploader", "email"}.
struct JsonPlace
{
    QStringList path;
    JsonSpan value;
};
/// The places of an object, in the order of the text, lists as one value; a member whose name
/// contains a dot, or that is nested deeper than `depth`, ends its path above it.
QVector<JsonPlace> placesIn(const QByteArray& json, int depth = 8);

/// The text of a string, else the value as it is written.
QString jsonValueText(QByteArrayView value);

} // namespace queuedeck::domain
