// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowplace.h"

#include <QScreen>
#include <QTimer>
#include <QWidget>

namespace queuedeck::ui {

QRect placedWithin(const QRect& wanted, const QRect& available, const QMargins& frame)
{
    const QRect room = available.marginsRemoved(frame);
    const QSize size = wanted.size().boundedTo(room.size());
    const int x = qBound(room.left(), wanted.left(), room.left() + room.width() - size.width());
    const int y = qBound(room.top(), wanted.top(), room.top() + room.height() - size.height());
    return {QPoint(x, y), size};
}

void keepOnScreen(QWidget& window)
{
    // The window manager reports the frame's thickness only a moment after the window is shown.
    for (const int wait : {0, 100, 500}) {
        QTimer::singleShot(wait, &window, [&window] {
            if (window.isMaximized() || window.isFullScreen())
                return;
            const QRect frame = window.frameGeometry();
            const QRect inner = window.geometry();
            const QMargins margins(inner.left() - frame.left(), inner.top() - frame.top(),
                                   frame.right() - inner.right(), frame.bottom() - inner.bottom());
            const QRect placed = placedWithin(inner, window.screen()->availableGeometry(), margins);
            if (placed != inner)
                window.setGeometry(placed);
        });
    }
}

} // namespace queuedeck::ui
