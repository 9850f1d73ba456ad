// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/reportdocument.h"

#include <QPainter>

namespace queuedeck::handlers {

/// Draws a table as its chart, with its title, into the box.
void drawChart(QPainter& painter, const QRectF& box, const domain::ReportTable& table);

} // namespace queuedeck::handlers
