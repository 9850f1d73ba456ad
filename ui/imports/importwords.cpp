// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importwords.h"

#include "core/base/counted.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::importwords {

using domain::ImportTarget;

namespace {
QString tr(const char* text)
{
    return QCoreApplication::translate("importwords", text);
}
} // namespace

QString target(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Customers: return tr("Customers");
    case ImportTarget::Products: return tr("Products");
    case ImportTarget::Scans: return tr("Scans");
    case ImportTarget::SalesReport: break;
    }
    return tr("Sales report");
}

QString title(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Customers: return tr("Import Customers");
    case ImportTarget::Products: return tr("Import Products");
    case ImportTarget::Scans: return tr("Import Scans");
    case ImportTarget::SalesReport: break;
    }
    return tr("Import a Sales Report");
}

QString goButton(ImportTarget target, qint64 count)
{
    switch (target) {
    case ImportTarget::Customers:
        return base::counted("importwords", QT_TRANSLATE_NOOP("importwords", "Import 1 Customer"),
                             QT_TRANSLATE_N_NOOP("importwords", "Import %L1 Customers"), count);
    case ImportTarget::Products:
        return base::counted("importwords", QT_TRANSLATE_NOOP("importwords", "Import 1 Product"),
                             QT_TRANSLATE_N_NOOP("importwords", "Import %L1 Products"), count);
    case ImportTarget::Scans:
        return base::counted("importwords", QT_TRANSLATE_NOOP("importwords", "Import 1 Scan"),
                             QT_TRANSLATE_N_NOOP("importwords", "Import %L1 Scans"), count);
    case ImportTarget::SalesReport: break;
    }
    return base::counted("importwords", QT_TRANSLATE_NOOP("importwords", "Import 1 Order"),
                         QT_TRANSLATE_N_NOOP("importwords", "Import %L1 Orders"), count);
}

QString updated(ImportTarget target, const QStringList& fields)
{
    switch (target) {
    case ImportTarget::Customers:
        return fields.contains("externalId"_L1) ? tr("updated, found by externalId")
                                                : tr("updated, found by name");
    case ImportTarget::Products: return tr("updated, found by code");
    case ImportTarget::Scans: return tr("updated");
    case ImportTarget::SalesReport: break;
    }
    return tr("updated, found by invoice number");
}

QString updateExisting(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Customers: return tr("Update existing customers");
    case ImportTarget::Products: return tr("Update existing products");
    case ImportTarget::Scans: return tr("Update existing scans");
    case ImportTarget::SalesReport: break;
    }
    return tr("Update existing orders");
}

} // namespace queuedeck::ui::importwords
