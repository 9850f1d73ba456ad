// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/importtarget.h"

#include <QDate>
#include <QJsonObject>

#include <memory>

namespace queuedeck::domain {

/// A checked line: a value for each of importFields(), null where there is none. Numbers are
/// written as "-1234.5", days as "2026-11-03".
struct ImportRow
{
    qint64 line = 0;
    QStringList values;
};

/// A line of an order. Numbers as in ImportRow.
struct SalesLine
{
    qint64 line = 0;
    QString sku;
    QString quantity;
    QString unitPrice;
    QString cases;
    QString liters;
};

/// An order with its invoice and customer, from all lines with one invoice number.
struct SalesOrder
{
    QString number;
    QString customer;
    QString street1, street2, city, state, postalCode, country; ///< null if not given
    QDate invoiceDate;
    QDate postedDate; ///< may be null, as may the next
    QDate dueDate;
    QDate deliveryDate;
    QString timeWindow;    ///< "8:00 AM - 5:00 PM"; null if not given
    QString orderStatus;   ///< FULFILLED, CANCELLED, PARTIALLY_FULFILLED, SUBMITTED
    QString invoiceStatus; ///< PAID, VOID, SENT
    QString poNumber;
    QString specialInstructions;
    QString salesperson;
    QString termsText; ///< "Net 30"
    QString total;     ///< of its lines
    QString liters;
    QVector<SalesLine> lines;
};

/// What became of a line, or of all lines of an order.
struct ImportVerdict
{
    enum class Kind { Created, Updated, Unchanged, Rejected };

    Kind kind = Kind::Created;
    QString reason = {}; ///< why it was rejected, as a sentence
    QString field = {};  ///< whose value it is about; empty: none, or it stands in the reason
};

/// A row of the application's ImportBatch.
struct ImportBatch
{
    QString id;
    QString tenant;
    QString dataType;
    QString fileKey;
};

/// Where and how an import writes.
struct ImportScope
{
    ImportTarget target = ImportTarget::Customers;
    QString tenant;        ///< empty: the only one there is
    QString user;          ///< of scans; empty: the only one there is
    QStringList fields;    ///< that the file has columns for
    bool mayUpdate = true; ///< else rows that exist are left alone and count as unchanged
    bool dryRun = false;   ///< everything is written and rolled back
    QString job;           ///< makes ids repeatable: the same line of the same job has the same id
};

/// Where an import writes: the database, as the handler of bulk_import sees it. Every call blocks;
/// it lives on the thread that made it. What was written by a run that broke off is found again by
/// its key, so a second run doubles nothing.
class ImportSink
{
public:
    /// Lines (or orders) in one transaction.
    static constexpr qsizetype kBatch = 2'000;

    virtual ~ImportSink() = default;

    /// Before the first write. Unsupported: a table or column is missing, and which; Invalid: no
    /// such tenant, or it is not clear which is meant.
    virtual base::Status begin(const ImportScope& scope) = 0;
    /// Writes at most kBatch rows in one transaction; a verdict for each. A row that the database
    /// rejects does not hold up the others.
    virtual base::Result<QVector<ImportVerdict>> write(const QVector<ImportRow>& rows) = 0;
    virtual base::Result<QVector<ImportVerdict>> write(const QVector<SalesOrder>& orders) = 0;

    /// NotFound: there is no such batch, or no table ImportBatch.
    virtual base::Result<ImportBatch> batch(const QString& id) = 0;
    virtual base::Status batchStarted(const QString& id) = 0;
    /// `summary` is added to what its summary holds.
    virtual base::Status batchEnded(const QString& id, bool succeeded,
                                    const QJsonObject& summary) = 0;
};

} // namespace queuedeck::domain
