// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace queuedeck::tabular {

/// Where in a text file the table is.
struct CsvLayout
{
    QChar separator;
    qint64 headerLine = 1; ///< the line that holds the names; lines before it are skipped
    QStringList columns;   ///< the names, unique and none empty
    qsizetype width = 0;   ///< cells that most lines have
    bool isStated = false; ///< the first line is `sep=;`
};

/// Finds out the layout from the beginning of a file. Lines before the header, such as `sep=,`, a
/// title or blank ones, are recognised by their having fewer filled cells. `separator` and
/// `headerLine`, if given, are taken as they are (null, 0: find out). `isWhole`: the beginning is
/// all there is.
CsvLayout layoutOf(const QString& beginning, bool isWhole, QChar separator = {},
                   qint64 headerLine = 0);

/// Names for columns from the cells of a header: trimmed, "Column 3" for none, "Name (2)" for a
/// second one of the same name.
QStringList columnNames(const QStringList& header);

/// Names for that many columns where no line holds any: "Column 1".
QStringList columnNames(qsizetype count);

/// How many of the cells hold something.
qsizetype filledCells(const QStringList& cells);

} // namespace queuedeck::tabular
