// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/reportdocument.h"

namespace queuedeck::handlers {

/// A report as CSV (RFC 4180, UTF-8): one value a line, with its table, row and column, so that
/// every line has the same fields. Text that a spreadsheet would calculate begins with an
/// apostrophe.
QByteArray csvReport(const domain::ReportDocument& report);

} // namespace queuedeck::handlers
