// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace queuedeck::tabular {

/// One line of a table.
struct Record
{
    qint64 line = 0;    ///< where it begins in the file; the first line is 1
    QStringList cells;  ///< as written, without the quotation marks around them
    QString fault = {}; ///< why the line cannot be used, as a sentence; empty if it can

    bool isBlank() const;
    bool operator==(const Record&) const = default;
};

} // namespace queuedeck::tabular
