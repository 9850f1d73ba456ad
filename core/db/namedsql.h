// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVariant>

#include <map>
#include <vector>

namespace queuedeck::db {

/// Values for the `:name` placeholders of a statement. A list of ids travels as one value: the
/// text of a JSON array, which both databases can turn into rows.
using Params = std::map<QString, QVariant>;

/// `["a","b"]` for a list of texts.
QString jsonArray(const QStringList& texts);

/// `{"a","b"}`, PostgreSQL's form of the same; a null text becomes NULL.
QString arrayLiteral(const QStringList& texts);

/// Appends a value in COPY's text format.
void appendCopyField(QByteArray& row, QByteArrayView value);

/// A statement with `:name` placeholders, taken apart. Quoted text, quoted names, comments and
/// casts (`::text`) are left alone.
struct NamedSql
{
    QString numbered;  ///< `$1`, `$2` … for libpq
    QStringList names; ///< distinct, in the order of their numbers; without the colon

    static NamedSql parse(const QString& sql);
};

/// Splits a step into its statements, which are separated by a line that holds only `;`.
std::vector<QString> splitStep(const QString& sql);

} // namespace queuedeck::db
