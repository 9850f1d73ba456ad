// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowicon.h"

#include "ui/widgets/bandcolors.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace queuedeck::ui {

namespace {
// The initial of the environment's word in a box over the lower right quarter: a colour alone would
// not be seen by everybody.
QPixmap marked(const QPixmap& plain, Environment environment)
{
    QPixmap pixmap = plain;
    const BandColors colors = bandColors(environment);
    const QRectF all(QPointF(), QSizeF(pixmap.size()));
    const qreal side = all.width() * 0.56;
    const QRectF box(all.right() - side, all.bottom() - side, side, side);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(tokenColor(colors.background));
    painter.setPen(QPen(tokenColor(colors.ink), std::max(1.0, side / 16)));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), side / 6, side / 6);
    QFont font = textFont(TextRole::Strong);
    font.setPixelSize(int(side * 0.72));
    font.setBold(true);
    painter.setFont(font);
    painter.drawText(box, Qt::AlignCenter, environmentWord(environment).left(1));
    return pixmap;
}
} // namespace

QIcon environmentIcon(Environment environment)
{
    const QIcon plain = makeIcon(Icon::App);
    if (environment != Environment::Production)
        return plain;
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128})
        icon.addPixmap(marked(plain.pixmap(QSize(side, side), 1.0), environment));
    return icon;
}

} // namespace queuedeck::ui
