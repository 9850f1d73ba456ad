// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

namespace queuedeck::store {

/// Binds a value and returns its placeholder.
using Bind = std::function<QString(const QString&)>;

// Conditions on a row j: the payload has a string, number or boolean at this path that is written
// as `text`. A number in the path is a key or a list index, from the end if negative. The same on
// both databases. A payload that is not JSON does not match.
QString payloadIsOnSqlite(const QStringList& path, const QString& text, const Bind& bind);
QString payloadIsOnPostgres(const QStringList& path, const QString& text, const Bind& bind);

/// The beginning of a uuid in its usual form, "3fa85f64-57"; empty if it is not one.
QString uuidPrefix(const QString& text);

} // namespace queuedeck::store
