// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/confidencebar.h"

#include "ui/scans/scanwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

namespace queuedeck::ui {

ConfidenceBar::ConfidenceBar(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Confidence"));
}

void ConfidenceBar::setConfidence(double confidence)
{
    m_confidence = qBound(0.0, confidence, 1.0);
    setAccessibleDescription(formatConfidence(m_confidence));
    update();
}

QSize ConfidenceBar::sizeHint() const
{
    return {px(80), px(6)};
}

void ConfidenceBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool isHigh = Appearance::instance().theme() == Theme::HighContrast;
    paintBox(painter, rect(), tokenColor(isHigh ? Color::Base : Color::Sunken),
             isHigh ? tokenColor(Color::Control) : QColor(Qt::transparent), isHigh ? 1 : 0, 3);
    QRect full = rect();
    full.setWidth(qRound(width() * m_confidence));
    if (full.width() > 0)
        paintBox(painter, full,
                 tokenColor(m_confidence < kCheckByEye ? Color::Stuck : Color::Completed),
                 Qt::transparent, 0, 3);
}

} // namespace queuedeck::ui
