// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/importtarget.h"

namespace queuedeck::ui::importwords {

/// "Customers", as the choice of what a file holds.
QString target(domain::ImportTarget target);
/// "Import Customers".
QString title(domain::ImportTarget target);
/// "Import 12,373 Customers"; of a sales report, orders.
QString goButton(domain::ImportTarget target, qint64 count);
/// "updated, found by externalId"
QString updated(domain::ImportTarget target, const QStringList& fields);
/// "Update existing customers"
QString updateExisting(domain::ImportTarget target);

} // namespace queuedeck::ui::importwords
