// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/bulk_import/importrequest.h"

namespace queuedeck::handlers {

/// What can be said of a file before it is read as a whole.
struct ImportLook
{
    struct Column
    {
        ColumnMatch match;
        QString example; ///< of the first line with data
    };
    static constexpr qsizetype kLongestExample = 200;

    tabular::TableInfo table;
    QVector<Column> columns;
};

/// Reads the beginning of a file (all of it if its encoding is to be found out). A needed field
/// without a column is not an error here. Blocks.
base::Result<ImportLook> lookAtImport(const ImportRequest& request, const QString& path);

} // namespace queuedeck::handlers
