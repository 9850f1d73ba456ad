// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/charts/chartview.h"

#include "ui/overview/charts/chartmodel.h"
#include "ui/overview/charts/chartpainter.h"
#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QBuffer>
#include <QImage>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleOption>
#include <QSvgGenerator>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr QSize kSaved{1200, 480}; // of a file; twice as many pixels in a PNG
constexpr int kTitle = 40;
} // namespace

ChartView::ChartView(const QString& name, ChartModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(model, &QAbstractItemModel::modelReset, this, &ChartView::refresh);
    connect(model, &QAbstractItemModel::dataChanged, this, &ChartView::refresh);
    refresh();
}

QSize ChartView::sizeHint() const
{
    return {px(320), px(130)};
}

QSize ChartView::minimumSizeHint() const
{
    return {px(200), px(110)};
}

void ChartView::refresh()
{
    if (m_cursor >= m_model->rowCount())
        m_cursor = -1;
    if (m_anchor >= m_model->rowCount())
        m_anchor = -1;
    setAccessibleDescription(m_cursor >= 0 ? m_model->wordsAt(m_cursor) : summary());
    update();
}

// What a glance tells: the sum of each series, or its highest value.
QString ChartView::summary() const
{
    QStringList parts;
    for (int series = 0; series < m_model->series().size(); ++series) {
        double sum = 0;
        double highest = 0;
        bool isKnown = false;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const auto value = m_model->valueAt(row, series);
            sum += value.value_or(0);
            highest = std::max(highest, value.value_or(0));
            isKnown = isKnown || value.has_value();
        }
        const ChartSeries& each = m_model->series()[series];
        if (!isKnown)
            parts += tr("%1 not known").arg(each.name);
        else if (m_model->kind() == ChartKind::StackedBars)
            parts += u"%1 %2"_s.arg(each.name, each.text(sum));
        else
            parts += tr("%1 at most %2").arg(each.name, each.text(highest));
    }
    return parts.join(u", "_s);
}

void ChartView::setCursorRow(int row)
{
    if (row == m_cursor)
        return;
    m_cursor = row;
    refresh();
    if (m_cursor >= 0)
        sayValue();
}

void ChartView::sayValue()
{
    const QRectF column = ChartPainter(*m_model, rect()).columnOf(m_cursor);
    showTip(mapToGlobal(QPoint(int(column.center().x()), int(column.top()))),
            m_model->wordsAt(m_cursor), this);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void ChartView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ChartPainter chart(*m_model, rect());
    if (m_anchor >= 0 && m_cursor >= 0 && m_anchor != m_cursor)
        painter.fillRect(chart.columnOf(m_anchor) | chart.columnOf(m_cursor),
                         tokenColor(Color::Selection));
    chart.paint(painter, m_cursor);
    QStyleOption option;
    option.initFrom(this);
    if (showsFocus(option))
        paintFocusRing(painter, rect());
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    const int last = m_model->rowCount() - 1;
    if (last < 0)
        return QWidget::keyPressEvent(event);
    const bool chooses = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Left: return moveCursor(m_cursor < 0 ? last : std::max(0, m_cursor - 1), chooses);
    case Qt::Key_Right: return moveCursor(m_cursor < 0 ? 0 : std::min(last, m_cursor + 1), chooses);
    case Qt::Key_Home: return moveCursor(0, chooses);
    case Qt::Key_End: return moveCursor(last, chooses);
    case Qt::Key_Return:
    case Qt::Key_Enter: return zoomIn();
    case Qt::Key_Escape:
        if (m_cursor < 0)
            Q_EMIT wholeWanted();
        return moveCursor(-1, false);
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void ChartView::moveCursor(int row, bool chooses)
{
    m_anchor = !chooses ? -1 : m_anchor >= 0 ? m_anchor : m_cursor;
    setCursorRow(row);
    update();
}

void ChartView::zoomIn()
{
    const int from = std::min(m_anchor, m_cursor);
    const int to = std::max(m_anchor, m_cursor);
    m_anchor = -1;
    if (from >= 0 && to > from) {
        setCursorRow(-1);
        Q_EMIT zoomWanted(from, to);
    }
    update();
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_anchor = ChartPainter(*m_model, rect()).rowAt(event->position().x());
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    setCursorRow(ChartPainter(*m_model, rect()).rowAt(event->position().x()));
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        zoomIn();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT wholeWanted();
}

void ChartView::leaveEvent(QEvent*)
{
    if (!hasFocus())
        setCursorRow(-1);
}

void ChartView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ChartView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    moveCursor(-1, false);
}

void ChartView::paintWhole(QPainter& painter, const QSize& size) const
{
    painter.fillRect(QRect(QPoint(), size), tokenColor(Color::Base));
    painter.setFont(textFont(TextRole::Strong));
    painter.setPen(tokenColor(Color::Text));
    painter.drawText(QRect(px(8), 0, size.width() - px(16), kTitle),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     u"%1: %2"_s.arg(accessibleName(), summary()));
    painter.translate(px(8), kTitle);
    ChartPainter(*m_model, QRectF(0, 0, size.width() - px(16), size.height() - kTitle))
        .paint(painter);
}

QByteArray ChartView::png() const
{
    QImage image(2 * kSaved, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    QPainter painter(&image);
    paintWhole(painter, kSaved);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray ChartView::svg() const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(kSaved);
    generator.setViewBox(QRect(QPoint(), kSaved));
    generator.setTitle(accessibleName());
    generator.setDescription(summary());
    QPainter painter(&generator);
    paintWhole(painter, kSaved);
    painter.end();
    return bytes;
}

} // namespace queuedeck::ui
