// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/reportdocument.h"

#include <stop_token>

namespace queuedeck::handlers {

/// A report as A4 pages, with its fonts embedded. Runs on any thread, but Qt draws text only in a
/// program with a QGuiApplication: Unsupported in any other. Cancelled soon after a stop.
base::Result<QByteArray> pdfReport(const domain::ReportDocument& report,
                                   const std::stop_token& stop);

} // namespace queuedeck::handlers
