// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scrollcolumn.h"

#include <QEvent>
#include <QLayout>
#include <QScrollArea>

namespace queuedeck::ui {

namespace {
// QScrollArea asks for the height at the width without a scroll bar. Beside one, text wraps into
// more lines, which would be cut.
class ScrollColumn : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QScrollArea::resizeEvent(event);
        fitContent();
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool isDone = QScrollArea::eventFilter(watched, event);
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            fitContent();
        return isDone;
    }

private:
    void fitContent()
    {
        QLayout* const layout = widget() ? widget()->layout() : nullptr;
        if (layout && layout->hasHeightForWidth())
            widget()->setMinimumHeight(layout->totalMinimumHeightForWidth(viewport()->width()));
    }
};
} // namespace

QScrollArea* makeScrollColumn(QWidget* content, QWidget* parent)
{
    auto* scroll = new ScrollColumn(parent);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false); // setWidget turned it on
    return scroll;
}

} // namespace queuedeck::ui
