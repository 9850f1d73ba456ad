// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/importtarget.h"

#include <QMap>

namespace queuedeck::handlers {

/// Which column of the file a field is taken from, by their names.
using ColumnMapping = QMap<QString, QString>;

/// What a column of a file seems to be.
struct ColumnMatch
{
    enum class How {
        ByName,    ///< the column is called like the field
        Suggested, ///< its name contains such a name
        None,
    };

    QString column;
    QString field; ///< empty for None
    How how = How::None;
};

/// A proposal for each column, in their order; no field is proposed twice.
QVector<ColumnMatch> proposedColumns(domain::ImportTarget target, const QStringList& columns);
ColumnMapping mappingFrom(const QVector<ColumnMatch>& matches);

/// The number of the column for each of importFields(); -1 where there is none. `chosen` replaces
/// what is proposed, field by field; an empty column leaves a field out. Invalid: a field or column
/// that does not exist, or a needed field without a column.
base::Result<QVector<int>> columnsOfFields(domain::ImportTarget target, const QStringList& columns,
                                           const ColumnMapping& chosen);

} // namespace queuedeck::handlers
