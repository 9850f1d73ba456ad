// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tableshape.h"

#include "core/domain/jobrules.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// A whole number as the database writes it, within the bounds of its type.
bool isNumber(const QString& text, const QString& least, const QString& most)
{
    static const QRegularExpression shape(u"^(0|-?[1-9][0-9]*)$"_s);
    if (!shape.match(text).hasMatch())
        return false;
    const bool isNegative = text.startsWith(u'-');
    const QString& bound = isNegative ? least : most;
    return text.size() < bound.size() || (text.size() == bound.size() && text <= bound);
}
// Whether a text is a value of the column's type, so that casting it cannot fail.
bool canHold(const TableShape::Column* column, db::Dialect dialect, const QString& text)
{
    if (!column || text.isNull() || text.contains(QChar(u'\0')))
        return false;
    const QString& type = column->base;
    if (dialect == db::Dialect::Sqlite)
        return true;
    static const QRegularExpression uuid(u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"_s);
    if (type == "uuid"_L1)
        return uuid.match(text).hasMatch();
    if (type == "int2"_L1)
        return isNumber(text, u"-32768"_s, u"32767"_s);
    if (type == "int4"_L1)
        return isNumber(text, u"-2147483648"_s, u"2147483647"_s);
    if (type == "int8"_L1)
        return isNumber(text, u"-9223372036854775808"_s, u"9223372036854775807"_s);
    static const QRegularExpression decimal(u"^-?[0-9]{1,1000}(\\.[0-9]{1,1000})?$"_s);
    return type != "numeric"_L1 || decimal.match(text).hasMatch();
}
} // namespace

const TableShape::Column* TableShape::Table::column(const QString& name) const
{
    const auto found = std::find_if(columns.cbegin(), columns.cend(),
                                    [&name](const Column& column) { return column.name == name; });
    return found == columns.cend() ? nullptr : &*found;
}

bool TableShape::idsAreUuids() const
{
    const Column* id = job.column(u"id"_s);
    return dialect == db::Dialect::Postgres && id && id->base == "uuid"_L1;
}

bool TableShape::idsAreTexts() const
{
    const Column* id = job.column(u"id"_s);
    static const QStringList texts{u"text"_s, u"varchar"_s, u"bpchar"_s, u"citext"_s};
    if (dialect == db::Dialect::Postgres)
        return id && texts.contains(id->base);
    return !id || !id->base.contains("int"_L1);
}

bool TableShape::canBeId(const QString& text) const
{
    return canHold(job.column(u"id"_s), dialect, text);
}

bool TableShape::canBeScanId(const QString& text) const
{
    return canHold(scan.column(u"id"_s), dialect, text);
}

std::chrono::milliseconds TableShape::stuckGrace() const
{
    // Beside another processor, a row without a lease of ours is usually one that it is running.
    return mode == domain::QueueMode::Own ? std::chrono::milliseconds(0) : domain::kOrphanGrace;
}

QString TableShape::errorText(const QString& error) const
{
    const Column* column = job.column(u"error"_s);
    const int most = column ? column->mostCharacters : 0;
    if (most <= 0 || error.size() <= most)
        return error;
    const bool splitsAPair = error[most - 1].isHighSurrogate();
    return error.left(splitsAPair ? most - 1 : most);
}

} // namespace queuedeck::store
