// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/table.h"

namespace queuedeck::db {

Cell::Cell(const QVariant& value)
{
    if (value.typeId() == QMetaType::LongLong)
        m_value = *static_cast<const qint64*>(value.constData());
    else if (!value.isNull())
        m_value = value.toString().toUtf8();
}

Table Table::only(const RowNumbers& rows) const
{
    Table some{name, columns};
    some.reserve(rows.size());
    const auto width = std::ptrdiff_t(columns.size());
    for (const size_t row : rows) {
        const auto first = cells.begin() + std::ptrdiff_t(row) * width;
        some.cells.insert(some.cells.end(), first, first + width);
    }
    return some;
}

} // namespace queuedeck::db
