// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/tabular/encoding.h"
#include "core/tabular/record.h"

#include <memory>
#include <optional>

namespace queuedeck::tabular {

/// How to read a table; what is not given is found out.
struct TableOptions
{
    std::optional<Encoding> encoding;
    QChar separator;
    qint64 headerLine = 0; ///< > 0: the line with the names of the columns
    QString sheet;         ///< of a workbook; empty: the first that holds anything
    bool hasNames = true;  ///< false: no line holds names, columns are called "Column 1"
};

enum class TableFormat { Csv, Xlsx, Ods };

/// What a file holds, for display.
struct TableInfo
{
    TableFormat format = TableFormat::Csv;
    qint64 bytes = 0;
    Encoding encoding = Encoding::Utf8; ///< Csv only, with the next two
    QString encodingWhy;
    QChar separator;
    QString sheet;         ///< not for Csv
    qint64 headerLine = 1; ///< the line with the names, or the last before the data
    QStringList columns;
};

/// The data of a table, line by line, whatever the format of its file. A CSV file is never held in
/// memory; a workbook is, and therefore must not be large. Blocks; on any one thread.
class TableReader
{
public:
    /// The largest file that is read.
    static constexpr qint64 kLargestFile = qint64(1) << 30;

    /// NotFound, Denied: the file cannot be read. Invalid: it is no table, with the line where that
    /// shows. Reads the whole file once if its encoding is to be found out.
    static base::Result<std::unique_ptr<TableReader>> open(const QString& path,
                                                           const TableOptions& options = {});
    virtual ~TableReader() = default;

    const TableInfo& info() const { return m_info; }

    /// The next line with data, with a cell for each column; nothing at the end. A line that does
    /// not fit the header has a fault. An error ends the reading.
    base::Result<std::optional<Record>> next();

protected:
    explicit TableReader(TableInfo info)
        : m_info(std::move(info))
    {
    }

    /// The next record of the file, the header's and those before it included.
    virtual base::Result<std::optional<Record>> nextInFile() = 0;
    /// Whether the last record may have been cut off.
    virtual bool mayBeCutOff() const { return false; }

private:
    void fit(Record& record) const;

    const TableInfo m_info;
};

} // namespace queuedeck::tabular
