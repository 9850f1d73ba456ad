// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importlook.h"

namespace queuedeck::handlers {

base::Result<ImportLook> lookAtImport(const ImportRequest& request, const QString& path)
{
    const auto table = tabular::TableReader::open(path, request.table);
    if (!table)
        return table.error();
    const auto first = (*table)->next();
    if (!first)
        return first.error();
    ImportLook look;
    look.table = (*table)->info();
    const QVector<ColumnMatch> matches = proposedColumns(*request.target, look.table.columns);
    for (qsizetype i = 0; i < matches.size(); ++i)
        look.columns +=
            {matches[i], *first ? (*first)->cells[i].left(ImportLook::kLongestExample) : QString()};
    return look;
}

} // namespace queuedeck::handlers
