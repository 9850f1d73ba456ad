// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

namespace queuedeck::handlers {

/// A line of text as it was read from a picture.
struct TextLine
{
    QString text;
    QRectF box;            ///< in pixels of the prepared picture
    double confidence = 0; ///< 0..1
};

} // namespace queuedeck::handlers
