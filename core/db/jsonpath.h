// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

struct sqlite3;

namespace queuedeck::db {

/// A JSON number as PostgreSQL's numeric prints it: "1e2" is "100", "-0" is "0", "1.10" stays. Text
/// that is no number, or one with absurdly many digits, is returned unchanged.
QString plainNumber(const QString& text);

/// Whether the value at `path` in valid `json` is `text`: strings compare literally, numbers by
/// plainNumber(), true and false as words. A word of the path is an object key (the last of that
/// name) or an array index, counted from the end if negative; like PostgreSQL's #>.
bool jsonValueIs(const QByteArray& json, const QStringList& path, const QString& text);

/// Adds queuedeck_payload_is(json, path as a JSON array of strings, text) to a connection. On the
/// connection's thread.
void addPayloadFunction(sqlite3* handle);

} // namespace queuedeck::db
