// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tabular/tablereader.h"

#include <vector>

class QIODevice;

namespace queuedeck::tabular {

/// The cells of one sheet as text: numbers with a point, days as 2026-11-03, formulas by their last
/// result. Rows without any cell are left out.
struct Sheet
{
    QString name;
    std::vector<Record> records;
};

/// Xlsx or Ods by the file's content; nothing for any other file.
std::optional<TableFormat> workbookFormat(QIODevice& file);

/// Reads a sheet; `wanted` empty: the first that holds anything. Invalid: the file is damaged, or
/// larger than a workbook may be once it is unpacked; NotFound: there is no such sheet. Blocks.
base::Result<Sheet> readSheet(const QString& path, TableFormat format, const QString& wanted = {});

struct SheetLayout
{
    qint64 headerLine = 1;
    QStringList columns;
};

/// Where the header is; `headerLine` > 0: as chosen.
SheetLayout sheetLayout(const Sheet& sheet, qint64 headerLine);

} // namespace queuedeck::tabular
