// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace queuedeck::store {

/// Binds a value and gives its placeholder.
using Bind = std::function<QString(const QString&)>;

// Conditions on a row j: the payload has a text, a number or a boolean at this path that is written
// so. A number in the path is a key or a place in a list, from the end where it is negative. The
// same on both databases. A payload that is not JSON does not match.
QString payloadIsOnSqlite(const QStringList& path, const QString& text, const Bind& bind);
QString payloadIsOnPostgres(const QStringList& path, const QString& text, const Bind& bind);

/// The beginning of a uuid in its usual form, "3fa85f64-57"; empty if it is none.
QString uuidPrefix(const QString& text);

} // namespace queuedeck::store
