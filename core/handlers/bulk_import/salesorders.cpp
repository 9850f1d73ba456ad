// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/salesorders.h"

#include "core/handlers/bulk_import/importvalues.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ImportRow;
using domain::ImportTarget;
using domain::SalesOrder;

namespace {
QString valueOf(const ImportRow& row, const char* field)
{
    return row
        .values[domain::importFieldIndex(ImportTarget::SalesReport, QString::fromLatin1(field))];
}

// The words of the file's column Status, as the application's two enums have them.
void setStatus(SalesOrder& order, const QString& status)
{
    const auto says = [&status](QLatin1StringView word) {
        return status.contains(word, Qt::CaseInsensitive);
    };
    order.invoiceStatus = u"SENT"_s;
    order.orderStatus = u"SUBMITTED"_s;
    if (says("cancel"_L1) || says("void"_L1)) {
        order.orderStatus = u"CANCELLED"_s;
        order.invoiceStatus = u"VOID"_s;
    } else if (says("partial"_L1)) {
        order.orderStatus = u"PARTIALLY_FULFILLED"_s;
    } else if (says("paid"_L1) && !says("unpaid"_L1)) {
        order.orderStatus = u"FULFILLED"_s;
        order.invoiceStatus = u"PAID"_s;
    } else if (says("fulfilled"_L1) || says("delivered"_L1) || says("posted"_L1) ||
               says("complete"_L1) || says("closed"_L1)) {
        order.orderStatus = u"FULFILLED"_s;
    }
}

QString timeWindow(const QString& start, const QString& end)
{
    if (start.isEmpty() || end.isEmpty())
        return start.isEmpty() ? end : start;
    return start + u" - "_s + end;
}

// Rounded like an amount of money.
qint64 product(qint64 left, qint64 right)
{
    const auto exact = static_cast<long double>(left) * static_cast<long double>(right);
    return qint64(exact / kDecimalUnit + (exact < 0 ? -0.5L : 0.5L));
}
} // namespace

SalesOrder salesOrderFrom(const QVector<ImportRow>& rows)
{
    const ImportRow& first = rows.front();
    SalesOrder order;
    order.number = valueOf(first, "invoiceNumber");
    order.customer = valueOf(first, "customer");
    order.street1 = valueOf(first, "street1");
    order.street2 = valueOf(first, "street2");
    order.city = valueOf(first, "city");
    order.state = valueOf(first, "state");
    order.postalCode = valueOf(first, "postalCode");
    order.country = valueOf(first, "country");
    order.invoiceDate = dayOf(valueOf(first, "invoiceDate"));
    order.postedDate = dayOf(valueOf(first, "postedDate"));
    order.dueDate = dayOf(valueOf(first, "dueDate"));
    order.deliveryDate = order.postedDate.isValid() ? order.postedDate : order.invoiceDate;
    order.timeWindow = timeWindow(valueOf(first, "deliveryStart"), valueOf(first, "deliveryEnd"));
    setStatus(order, valueOf(first, "status"));
    order.poNumber = valueOf(first, "poNumber");
    order.specialInstructions = valueOf(first, "specialInstructions");
    order.salesperson = valueOf(first, "salesperson");
    if (const qint64 days = order.invoiceDate.daysTo(order.dueDate);
        order.dueDate.isValid() && days >= 0)
        order.termsText = u"Net %1"_s.arg(days);
    qint64 total = 0;
    qint64 liters = 0;
    for (const ImportRow& row : rows) {
        domain::SalesLine line{row.line,
                               valueOf(row, "sku"),
                               valueOf(row, "quantity"),
                               valueOf(row, "unitPrice"),
                               valueOf(row, "cases"),
                               valueOf(row, "liters")};
        const QString net = valueOf(row, "netPrice");
        total += net.isNull() ? product(decimalUnits(line.quantity), decimalUnits(line.unitPrice))
                              : decimalUnits(net);
        liters += decimalUnits(line.liters);
        order.lines += line;
    }
    order.total = decimalText(total);
    order.liters = decimalText(liters);
    return order;
}

} // namespace queuedeck::handlers
