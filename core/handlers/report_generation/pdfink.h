// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/reportdocument.h"

#include <QColor>
#include <QFont>
#include <QPainter>

namespace queuedeck::handlers {

// Colours, fonts and words of a page. Lengths are pixels of 1/96 inch, as in the drawing.

namespace ink {
inline constexpr QRgb kText = 0xFF1B1F24;
inline constexpr QRgb kMuted = 0xFF56606B;
inline constexpr QRgb kLine = 0xFFDCE0E6;
inline constexpr QRgb kRowLine = 0xFFEDEFF2;
inline constexpr QRgb kHead = 0xFFF5F6F8;
inline constexpr QRgb kAccent = 0xFF0A58CA;
inline constexpr QRgb kBars = 0xFF2F6FD0;
inline constexpr QRgb kGood = 0xFF3E8A5F;
inline constexpr QRgb kBad = 0xFFB4232A;
inline constexpr QRgb kDoubtful = 0xFF8A4B00;
inline constexpr QRgb kNeutral = 0xFFA7B0BB;
} // namespace ink

enum class Weight { Plain, Strong };

/// Sized in pixels, without hints, so that a line breaks at the same place at any size.
QFont pageFont(int pixels, Weight weight = Weight::Plain);

QColor toneOfText(domain::ReportTone tone);
QColor toneOfBar(domain::ReportTone tone);

/// Writes one line, cut with "…" to the width; returns how wide it is.
qreal writeLine(QPainter& painter, const QRectF& box, const QString& text, const QFont& font,
                QRgb color, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter);

} // namespace queuedeck::handlers
