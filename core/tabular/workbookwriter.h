// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QDate>
#include <QString>
#include <QTime>
#include <QVector>

#include <memory>

namespace queuedeck::tabular {

/// Writes a workbook (XLSX), row by row from the top. Any thread, one at a time; blocks.
class WorkbookWriter
{
public:
    enum class Memory {
        Whole,    ///< all cells until the end: for small ones
        Constant, ///< one row; the rest waits in a file of the scratch folder
    };
    enum class Number { General, Count, Decimal, Share, Seconds };
    struct Column
    {
        QString title;
        double width = 14; ///< in characters
    };

    static constexpr qint64 kMostRows = 1'048'576;    ///< of a sheet, with its header
    static constexpr qsizetype kLongestText = 32'767; ///< of a cell, in UTF-16 units

    /// `path` is overwritten. `scratch`: a folder that is removed afterwards, with room for about
    /// twice the cells.
    static base::Result<std::unique_ptr<WorkbookWriter>>
    begin(const QString& path, const QString& scratch, Memory memory);
    ~WorkbookWriter();
    WorkbookWriter(const WorkbookWriter&) = delete;
    WorkbookWriter& operator=(const WorkbookWriter&) = delete;

    /// With a bold header that stays in view. Titles have to differ in their first 31 characters.
    void beginSheet(const QString& title, const QVector<Column>& columns);
    void beginRow();
    /// As a text whatever it looks like; false if it was cut to kLongestText. Nothing if empty.
    bool text(int column, const QString& value);
    void number(int column, double value, Number form);
    /// A date that the spreadsheet can calculate with; before 1900 it is a text.
    void day(int column, const QDate& value);
    void time(int column, const QDate& day, const QTime& time);

    /// Whether the rows so far could be kept: Internal if there is no room left for them.
    base::Status check();
    /// Internal: why the file could not be written.
    base::Status finish();

private:
    struct Book;
    explicit WorkbookWriter(std::unique_ptr<Book> book);

    std::unique_ptr<Book> m_book;
};

} // namespace queuedeck::tabular
