// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/fileformat.h"

#include "core/exports/csvformat.h"
#include "core/exports/jsonlformat.h"
#include "core/exports/xlsxformat.h"

namespace queuedeck::exports {

base::Result<std::unique_ptr<FileFormat>> FileFormat::make(const domain::ExportChoice& choice,
                                                           ExportTarget& target)
{
    switch (choice.format) {
    case domain::ExportFormat::Csv:
        return std::unique_ptr<FileFormat>(std::make_unique<CsvFormat>(choice, target));
    case domain::ExportFormat::Jsonl:
        return std::unique_ptr<FileFormat>(std::make_unique<JsonlFormat>(choice, target));
    case domain::ExportFormat::Xlsx: break;
    }
    if (target.temporaryPath().isEmpty())
        return base::fail(
            base::ErrorKind::Invalid,
            base::Sentence::tr("A workbook cannot be written to standard output; name "
                               "a file by --out."));
    return std::unique_ptr<FileFormat>(std::make_unique<XlsxFormat>(choice, target));
}

} // namespace queuedeck::exports
