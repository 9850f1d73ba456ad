// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exports/exportcells.h"
#include "core/exports/fileformat.h"

namespace queuedeck::tabular {
class Gzip;
}

namespace queuedeck::exports {

/// CSV (RFC 4180) in UTF-8: a header, lines that end with CR LF, and no text that a spreadsheet
/// would take for a formula.
class CsvFormat final : public FileFormat
{
public:
    CsvFormat(const domain::ExportChoice& choice, ExportTarget& target);
    ~CsvFormat() override;

    base::Status begin() override;
    base::Status add(const QVector<domain::ExportedJob>& jobs) override;
    base::Status finish() override;

private:
    void addLine(const domain::ExportedJob& job);
    void addCell(const ExportCell& cell, const domain::ExportedJob& job);
    base::Status flush();

    const bool m_hasBom;
    ExportTarget& m_target;
    ExportCells m_cells;
    TimeTexts m_times;
    std::unique_ptr<tabular::Gzip> m_gzip;
    QByteArray m_lines;
};

} // namespace queuedeck::exports
