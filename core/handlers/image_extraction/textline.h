// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

namespace queuedeck::handlers {

struct TextLine
{
    QString text;
    QRectF box;
    double confidence = 0;
};

} // namespace queuedeck::handlers
