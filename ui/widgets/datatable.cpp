// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/datatable.h"

#include "ui/widgets/stylepaint.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

namespace queuedeck::ui {

DataTable::DataTable(const QString& accessibleName, QWidget* parent)
    : QTableView(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegate(new TableDelegate(this));
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFixedHeight(px(size::kTableHeader));
    horizontalHeader()->setMinimumSectionSize(px(40));
    setCompact(false);
    connect(this, &QTableView::doubleClicked, this, &DataTable::opened);
}

void DataTable::setCompact(bool compact)
{
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(px(compact ? size::kRowCompact : size::kRow));
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    const auto move = [this, event](Qt::Key key) {
        QKeyEvent arrow(QEvent::KeyPress, key, event->modifiers() & Qt::ShiftModifier);
        QTableView::keyPressEvent(&arrow);
    };
    const bool isPlain =
        !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (isPlain) {
        switch (event->key()) {
        case Qt::Key_J: move(Qt::Key_Down); return;
        case Qt::Key_K: move(Qt::Key_Up); return;
        case Qt::Key_X:
        case Qt::Key_Space:
            if (currentIndex().isValid())
                selectionModel()->select(currentIndex(),
                                         QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (currentIndex().isValid())
                emit opened(currentIndex());
            return;
        case Qt::Key_Home:
        case Qt::Key_End: {
            // First and last row, not first and last column.
            const int row = event->key() == Qt::Key_Home ? 0
                            : model()                    ? model()->rowCount() - 1
                                                         : -1;
            if (row >= 0)
                setCurrentIndex(model()->index(row, qMax(0, currentIndex().column())));
            return;
        }
        default: break;
        }
        // Type-ahead would search millions of rows one by one.
        if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
            event->ignore();
            return;
        }
    }
    QTableView::keyPressEvent(event);
}

void DataTable::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void DataTable::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void DataTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!hasFocus() || !window()->testAttribute(Qt::WA_KeyboardFocusChange))
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(tokenColor(Color::Focus), focusWidth()));
    const int half = focusWidth() / 2;
    painter.drawRect(viewport()->rect().adjusted(half, half, -half - focusWidth() % 2,
                                                 -half - focusWidth() % 2));
}

} // namespace queuedeck::ui
