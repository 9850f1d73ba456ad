// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/windowplace.h"

#include <QEvent>
#include <QScreen>
#include <QTimer>
#include <QWidget>

namespace queuedeck::ui {

namespace {
class PlaceKeeper : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        auto* window = static_cast<QWidget*>(watched);
        const bool isResized = event->type() == QEvent::Resize && window->isVisible();
        if ((isResized || event->type() == QEvent::Show) && !event->spontaneous())
            keepOnScreen(*window);
        return false;
    }
};
} // namespace

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

void stayOnScreen(QWidget& window)
{
    window.installEventFilter(new PlaceKeeper(&window));
}

} // namespace queuedeck::ui
