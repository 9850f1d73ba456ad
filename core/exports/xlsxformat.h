// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exports/exportcells.h"
#include "core/exports/fileformat.h"

#include <QTemporaryDir>

namespace queuedeck::tabular {
class WorkbookWriter;
}

namespace queuedeck::exports {

/// A workbook with one sheet: times and numbers as such, texts never as formulas. In constant
/// memory.
class XlsxFormat final : public FileFormat
{
public:
    XlsxFormat(const domain::ExportChoice& choice, ExportTarget& target);
    ~XlsxFormat() override;

    base::Status begin() override;
    /// Invalid: more jobs than a sheet holds.
    base::Status add(const QVector<domain::ExportedJob>& jobs) override;
    base::Status finish() override;

private:
    void addRow(const domain::ExportedJob& job);
    void addCell(int column, const ExportCell& cell, const domain::ExportedJob& job);
    void addText(int column, const QString& text);
    void addValue(int column, const QByteArray& json);
    void addTime(int column, const QDateTime& time);
    void addSeconds(int column, const std::optional<double>& seconds);

    ExportTarget& m_target;
    ExportCells m_cells;
    TimeTexts m_times;
    const QTemporaryDir m_scratch; ///< beside the file, where there is room for it
    std::unique_ptr<tabular::WorkbookWriter> m_book;
    qint64 m_rows = 0;
};

} // namespace queuedeck::exports
