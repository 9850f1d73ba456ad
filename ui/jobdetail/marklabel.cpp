// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/marklabel.h"

#include "ui/widgets/theme.h"

#include <QPainter>

namespace queuedeck::ui {

MarkLabel::MarkLabel(Mark mark, bool hasWord, QWidget* parent)
    : QWidget(parent)
    , m_mark(mark)
    , m_hasWord(hasWord)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMark(mark);
}

void MarkLabel::setMark(Mark mark, const QString& stored)
{
    m_mark = mark;
    m_word = markWord(mark);
    if (!stored.isEmpty())
        m_word = tr("%1: %2", "Unknown: PAUSED").arg(m_word, stored);
    setAccessibleName(m_word);
    updateGeometry();
    update();
}

QSize MarkLabel::sizeHint() const
{
    const int icon = px(size::kStatusIcon);
    const int words = m_hasWord ? px(6) + fontMetrics().horizontalAdvance(m_word) : 0;
    return {icon + words, qMax(icon, px(18))};
}

void MarkLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor color = tokenColor(markColor(m_mark));
    const int icon = px(size::kStatusIcon);
    paintIcon(painter, QRectF(0, (height() - icon) / 2, icon, icon), markIcon(m_mark), color);
    if (!m_hasWord)
        return;
    painter.setPen(color);
    painter.drawText(rect().adjusted(icon + px(6), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     m_word);
}

} // namespace queuedeck::ui
