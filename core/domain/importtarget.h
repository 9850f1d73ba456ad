// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

/// What the lines of an imported file become.
enum class ImportTarget {
    Customers,   ///< rows of Customer
    Products,    ///< rows of Product and Sku
    Scans,       ///< an ImageScan and an image_extraction job each
    SalesReport, ///< the application's sales report: orders with lines, invoices and customers
};

/// What a value must be; empty ones are allowed unless the field is needed.
enum class ImportKind {
    Text,
    Email,
    WebAddress,
    Number, ///< with a fraction, also an amount of money
    WholeNumber,
    Date,     ///< a day
    Time,     ///< any words; kept as they are written
    ScanKind, ///< business_card or liquor_license
};

/// A field that a column of the file can be mapped to.
struct ImportField
{
    QString name; ///< as in a mapping; in the table mostly the column of the same name
    ImportKind kind = ImportKind::Text;
    bool isNeeded = false;       ///< a line without it is rejected
    QStringList alsoCalled = {}; ///< names of columns that mean this field
};

/// "customers", "products", "scans", "sales_report".
QString importTargetText(ImportTarget target);
/// Accepts what the application and people write: "sales-report", "orders", "Order lines".
std::optional<ImportTarget> importTargetFromText(const QString& text);
const QVector<ImportTarget>& importTargets();

/// In display order.
const QVector<ImportField>& importFields(ImportTarget target);
/// The place of a field in that list; -1 if there is none of that name.
int importFieldIndex(ImportTarget target, const QString& name);

} // namespace queuedeck::domain
