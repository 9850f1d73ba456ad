// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/quietwheel.h"

#include <QEvent>
#include <QWidget>

namespace queuedeck::ui {

namespace {
class WheelFilter : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel)
            return false;
        event->ignore(); // so that it goes on to the parent
        return true;
    }
};
} // namespace

void leaveWheelToPage(QWidget& control)
{
    control.installEventFilter(new WheelFilter(&control));
}

} // namespace queuedeck::ui
