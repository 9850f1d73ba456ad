// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVariant>

#include <map>
#include <vector>

namespace queuedeck::db {

/// Values for the `:name` placeholders of a statement. A list of ids is passed as one value: the
/// text of a JSON array, which both databases can turn into rows.
using Params = std::map<QString, QVariant>;

/// `["a","b"]` for a list of strings.
QString jsonArray(const QStringList& texts);

/// `{"a","b"}`, PostgreSQL's form of the same; a null string becomes NULL.
QString arrayLiteral(const QStringList& texts);

/// Appends a value in COPY's text format.
void appendCopyField(QByteArray& row, QByteArrayView value);

/// A parsed statement with `:name` placeholders. Quoted text, quoted names, comments and casts
/// (`::text`) are left alone.
struct NamedSql
{
    QString numbered;  ///< `$1`, `$2` … for libpq
    QStringList names; ///< distinct, in numerical order; without the colon

    static NamedSql parse(const QString& sql);
};

/// Splits a step into its statements, which are separated by a line with only `;`.
std::vector<QString> splitStep(const QString& sql);

} // namespace queuedeck::db
