// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

struct sqlite3;

namespace queuedeck::db {

/// A JSON number as PostgreSQL's numeric writes it: "1e2" is "100", "-0" is "0", "1.10" stays. What
/// is no number, or one with more digits than anybody writes, stays as it is.
QString plainNumber(const QString& text);

/// Whether the value at `path` in valid `json` is `text`: a string by its letters, a number by
/// plainNumber(), true or false by their words. A word of the path is a key of an object, the last
/// of that name, or a place in a list, from its end where negative; as PostgreSQL's #> has it.
bool jsonValueIs(const QByteArray& json, const QStringList& path, const QString& text);

/// Gives a connection queuedeck_payload_is(json, path as a JSON list of texts, text). On the thread
/// of the connection.
void addPayloadFunction(sqlite3* handle);

} // namespace queuedeck::db
