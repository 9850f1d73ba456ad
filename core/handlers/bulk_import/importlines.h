// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/bulk_import/importrequest.h"

namespace queuedeck::handlers {

/// A line that has been read and converted.
struct ImportLine
{
    tabular::Record record;
    domain::ImportRow row;
    QString fault; ///< why it is rejected; empty if it is not
};

/// The lines of a file, with its columns mapped to the fields of a target. Blocks; on any one
/// thread.
class ImportLines
{
public:
    /// Invalid: the file is no table, or lacks a column; see columnsOfFields.
    static base::Result<ImportLines> open(const ImportRequest& request, domain::ImportTarget target,
                                          const QString& path);

    const tabular::TableInfo& info() const { return m_table->info(); }
    /// The columns of the file with the fields they are used for.
    QVector<ColumnMatch> matches() const;
    /// The fields that have a column.
    QStringList fields() const;
    /// The text for a field, as written; null if it has no column.
    QString cell(const tabular::Record& record, int field) const;

    base::Result<std::optional<tabular::Record>> next() { return m_table->next(); }
    ImportLine converted(tabular::Record record, const ValueStyle& style) const;

private:
    ImportLines(domain::ImportTarget target, std::unique_ptr<tabular::TableReader> table,
                QVector<int> columns);

    domain::ImportTarget m_target;
    std::unique_ptr<tabular::TableReader> m_table;
    QVector<int> m_columns; ///< of each field; -1: none
};

} // namespace queuedeck::handlers
