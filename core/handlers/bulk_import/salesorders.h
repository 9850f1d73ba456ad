// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/importsink.h"

namespace queuedeck::handlers {

/// The order that these lines of a sales report are, all of one invoice number. What concerns the
/// whole order is taken from the first line; the totals are the sums of all.
domain::SalesOrder salesOrderFrom(const QVector<domain::ImportRow>& rows);

} // namespace queuedeck::handlers
