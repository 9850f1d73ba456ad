// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/pdfink.h"

#include <QFontMetricsF>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

QFont pageFont(int pixels, Weight weight)
{
    QFont font;
    font.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s});
    font.setPixelSize(pixels);
    font.setWeight(weight == Weight::Strong ? QFont::DemiBold : QFont::Normal);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QColor toneOfText(domain::ReportTone tone)
{
    switch (tone) {
    case domain::ReportTone::Normal: break;
    case domain::ReportTone::Good: return ink::kGood;
    case domain::ReportTone::Bad: return ink::kBad;
    case domain::ReportTone::Doubtful: return ink::kDoubtful;
    }
    return ink::kText;
}

QColor toneOfBar(domain::ReportTone tone)
{
    return tone == domain::ReportTone::Normal ? QColor(ink::kNeutral) : toneOfText(tone);
}

qreal writeLine(QPainter& painter, const QRectF& box, const QString& text, const QFont& font,
                QRgb color, Qt::Alignment align)
{
    const QFontMetricsF metrics(font, painter.device());
    const QString shown = metrics.elidedText(text, Qt::ElideRight, box.width());
    painter.setFont(font);
    painter.setPen(QColor(color));
    painter.drawText(box, int(align | Qt::TextSingleLine), shown);
    return metrics.horizontalAdvance(shown);
}

} // namespace queuedeck::handlers
