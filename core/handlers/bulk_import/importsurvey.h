// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/keytable.h"
#include "core/handlers/bulk_import/importlines.h"

#include <functional>

namespace queuedeck::handlers {

/// How long the postal codes of a file mostly are, and which lost the zero they began with, as a
/// spreadsheet does it to those of Dresden and Boston.
class PostalCodes
{
public:
    void add(const QString& code);
    /// "4 digits; a leading zero may be lost"; empty if nothing is odd.
    QString oddness(const QString& code) const;

private:
    static constexpr qsizetype kLongest = 12;
    std::array<qint64, kLongest + 1> m_byLength{};
};

/// What the first reading of a file finds out: that it is whole, how its values are written, and
/// which lines belong together.
struct ImportSurvey
{
    tabular::TableInfo table;
    QVector<ColumnMatch> columns; ///< as they are used
    QStringList fields;           ///< that have a column
    qint64 rows = 0;              ///< lines with data
    ValueStyle style;
    PostalCodes postalCodes;
    base::KeyTable linesOfOrders; ///< of a sales report, by invoice number

    /// Cancelled: `isStopped`, which is asked every few thousand lines. Invalid: the file is no
    /// table, not whole, or has no lines. Blocks.
    static base::Result<ImportSurvey> of(const ImportRequest& request, domain::ImportTarget target,
                                         const QString& path,
                                         const std::function<bool()>& isStopped);
};

/// The number of the invoice that a line of a sales report belongs to.
QString invoiceNumberOf(const ImportLines& lines, const tabular::Record& record);

/// What every step says that was stopped.
base::Error importStopped();

} // namespace queuedeck::handlers
