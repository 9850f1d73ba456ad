// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/reportdocument.h"

namespace queuedeck::handlers {

/// A report as a workbook: a sheet for what it says and its figures, and one for each table, with
/// real numbers and dates and a header that stays. Nothing in it is a formula. `scratchName` is
/// the template of a temporary folder's name, which is gone when this returns. Blocks.
base::Result<QByteArray> xlsxReport(const domain::ReportDocument& report,
                                    const QString& scratchName);

} // namespace queuedeck::handlers
