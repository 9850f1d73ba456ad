// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/progressline.h"

#include "ui/widgets/progresstext.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace queuedeck::ui {

ProgressLine::ProgressLine(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("progress"));
    setProgress({});
}

void ProgressLine::setProgress(const domain::Progress& progress)
{
    m_progress = progress;
    setFixedHeight(progress.fraction ? px(3) : 1);
    setAccessibleName(progress.isEmpty() ? QString()
                                         : tr("Progress: %1").arg(progressText(progress)));
    update();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(Color::Line));
    if (m_progress.fraction)
        painter.fillRect(QRect(0, 0, qRound(width() * *m_progress.fraction), height()),
                         tokenColor(Color::Accent));
}

} // namespace queuedeck::ui
