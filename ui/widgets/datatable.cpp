// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/datatable.h"

#include "ui/widgets/columns.h"
#include "ui/widgets/rowdensity.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QWheelEvent>

namespace queuedeck::ui {

namespace {

/// The ring around a table that has the focus.
class FocusRing : public QWidget
{
public:
    explicit FocusRing(QWidget* table)
        : QWidget(table)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (!parentWidget()->hasFocus() || !window()->testAttribute(Qt::WA_KeyboardFocusChange))
            return;
        QPainter painter(this);
        const int width = focusWidth();
        painter.setPen(
            QPen(tokenColor(Color::Focus), width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        const int half = width / 2;
        painter.drawRect(rect().adjusted(half, half, half - width, half - width));
    }
};

} // namespace

DataTable::DataTable(const QString& accessibleName, QWidget* parent)
    : QTableView(parent)
    , m_ring(new FocusRing(this))
{
    viewport()->setAttribute(Qt::WA_Hover);
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
    connect(&RowDensity::instance(), &RowDensity::changed, this, &DataTable::updateHeight);
    connect(this, &QTableView::doubleClicked, this, &DataTable::opened);
}

void DataTable::setCompact(bool compact)
{
    m_isCompact = compact;
    verticalHeader()->setMinimumSectionSize(1);
    updateHeight();
}

// The row in view stays in view.
void DataTable::updateHeight()
{
    const int height = m_isCompact ? px(size::kRowCompact) : RowDensity::instance().height();
    if (height == verticalHeader()->defaultSectionSize())
        return;
    const int top = rowAt(0);
    verticalHeader()->setDefaultSectionSize(height);
    if (top > 0)
        scrollTo(model()->index(top, 0), PositionAtTop);
}

void DataTable::copyCell()
{
    const QModelIndex cell = currentIndex();
    if (!cell.isValid() || cell.data(role::Absent).toBool())
        return;
    const QVariant whole = cell.data(role::Whole);
    const QString text = (whole.isValid() ? whole : cell.data()).toString();
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT cellCopied(text);
}

void DataTable::copyRows()
{
    const RowsAsText copy = selectedAsText(*this);
    if (copy.rows > 0)
        QGuiApplication::clipboard()->setText(copy.text);
    if (copy.rows + copy.notLoaded > 0)
        Q_EMIT rowsCopied(copy.rows, copy.notLoaded);
}

// For tables that have no menu of their own.
void DataTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (!currentIndex().isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("context"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy Rows")), &QAction::triggered, this, &DataTable::copyRows);
    menu->actions().constLast()->setShortcut(QKeySequence::Copy);
    connect(menu->addAction(tr("Copy Cell")), &QAction::triggered, this, &DataTable::copyCell);
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(isKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                      : event->globalPos());
}

void DataTable::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        m_wheel = 0;
        QTableView::wheelEvent(event);
        return;
    }
    constexpr int kStep = 120;
    m_wheel += event->angleDelta().y();
    RowDensity::instance().step(m_wheel / kStep);
    m_wheel %= kStep;
    event->accept();
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRows();
        return;
    }
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
                Q_EMIT opened(currentIndex());
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
    m_ring->update();
}

void DataTable::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
    m_ring->update();
}

void DataTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    m_ring->setGeometry(rect());
    m_ring->raise();
}

bool DataTable::viewportEvent(QEvent* event)
{
    int hovered = m_hovered;
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverEnter)
        hovered = rowAt(static_cast<QHoverEvent*>(event)->position().toPoint().y());
    else if (event->type() == QEvent::HoverLeave || event->type() == QEvent::Leave)
        hovered = -1;
    if (hovered != m_hovered) {
        updateRow(std::exchange(m_hovered, hovered));
        updateRow(m_hovered);
    }
    return QTableView::viewportEvent(event);
}

// Qt repaints only the two cells; bar and background are those of the whole row.
void DataTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    updateRow(previous.row());
    updateRow(current.row());
}

void DataTable::updateRow(int row)
{
    if (row >= 0)
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
}

} // namespace queuedeck::ui
