// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/charts/chartpainter.h"

#include "core/domain/ticks.h"
#include "ui/overview/charts/chartmodel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kLabels = 20; // below the plot, reference pixels
constexpr int kLineRoom = 34;
constexpr double kOpen = 0.45; // how solid a step that is not over is

QString tickText(double value)
{
    if (value >= 1e6)
        return QLocale().toString(value / 1e6) + u" M"_s;
    return value >= 1e4 ? QLocale().toString(value / 1e3) + u" k"_s : QLocale().toString(value);
}

QColor paler(QColor color, bool isOpen)
{
    if (isOpen)
        color.setAlphaF(float(kOpen));
    return color;
}
} // namespace

ChartPainter::ChartPainter(const ChartModel& model, const QRectF& box)
    : m_model(model)
{
    const int lines = std::clamp(int(box.height()) / px(kLineRoom), 1, 4);
    const auto ticks =
        domain::ticksUpTo(model.highest(), lines, model.kind() == ChartKind::StackedBars);
    m_step = ticks.step;
    m_lines = ticks.count;
    const QFontMetricsF metrics(textFont(TextRole::Small));
    qreal widest = metrics.horizontalAdvance(u"00"_s);
    for (int i = 0; i <= m_lines; ++i)
        widest = std::max(widest, metrics.horizontalAdvance(tickText(m_step * i)));
    m_plot = box.adjusted(std::ceil(widest) + px(8), metrics.height() / 2, -px(2), -px(kLabels));
}

qreal ChartPainter::slot() const
{
    return m_plot.width() / std::max(1, m_model.rowCount());
}

qreal ChartPainter::heightOf(double value) const
{
    return m_plot.height() * value / (m_step * m_lines);
}

int ChartPainter::rowAt(qreal x) const
{
    if (m_model.rowCount() == 0)
        return -1;
    return std::clamp(int((x - m_plot.left()) / slot()), 0, m_model.rowCount() - 1);
}

QRectF ChartPainter::columnOf(int row) const
{
    return {m_plot.left() + slot() * row, m_plot.top(), slot(), m_plot.height()};
}

void ChartPainter::paint(QPainter& painter, int cursor) const
{
    painter.setFont(textFont(TextRole::Small));
    if (cursor >= 0 && cursor < m_model.rowCount())
        painter.fillRect(columnOf(cursor), tokenColor(Color::Hover));
    paintAxis(painter);
    if (m_model.kind() == ChartKind::StackedBars)
        paintBars(painter, cursor);
    else
        paintLine(painter, cursor);
    paintTimes(painter);
}

void ChartPainter::paintAxis(QPainter& painter) const
{
    for (int i = 0; i <= m_lines; ++i) {
        const qreal y = std::round(m_plot.bottom() - m_plot.height() * i / m_lines) + 0.5;
        painter.setPen(QPen(tokenColor(Color::Line), 1));
        painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        painter.setPen(tokenColor(Color::Muted));
        painter.drawText(QRectF(0, y - px(8), m_plot.left() - px(8), px(16)),
                         Qt::AlignRight | Qt::AlignVCenter, tickText(m_step * i));
    }
}

void ChartPainter::paintBars(QPainter& painter, int cursor) const
{
    const qreal gap = slot() >= 4 ? 1 : 0;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        qreal bottom = m_plot.bottom();
        for (int series = 0; series < m_model.series().size(); ++series) {
            const double value = m_model.valueAt(row, series).value_or(0);
            if (value <= 0)
                continue;
            const qreal height = std::max<qreal>(1, heightOf(value));
            const QRectF bar(columnOf(row).left() + gap, bottom - height,
                             std::max<qreal>(1, slot() - 2 * gap), height);
            painter.fillRect(
                bar, paler(tokenColor(m_model.series()[series].color), m_model.isOpenAt(row)));
            bottom -= height + (series + 1 < m_model.series().size() ? 1 : 0);
        }
        if (row == cursor) {
            painter.setPen(QPen(tokenColor(Color::Text), 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(
                QRectF(columnOf(row).left(), bottom, slot(), m_plot.bottom() - bottom));
        }
    }
}

// It is broken where nobody looked.
void ChartPainter::paintLine(QPainter& painter, int cursor) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = tokenColor(m_model.series().first().color);
    QPainterPath path;
    bool isDown = false;
    int last = -1;
    const auto point = [&](int row) {
        return QPointF(columnOf(row).center().x(),
                       m_plot.bottom() - heightOf(m_model.valueAt(row, 0).value_or(0)));
    };
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const bool isKnown = m_model.valueAt(row, 0).has_value();
        if (isKnown) {
            isDown ? path.lineTo(point(row)) : path.moveTo(point(row));
            if (!isDown)
                path.lineTo(point(row) + QPointF(0.1, 0)); // seen even if it stands alone
            last = row;
        }
        isDown = isKnown;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    if (last >= 0)
        painter.drawEllipse(point(last), 3.5, 3.5);
    if (cursor >= 0 && cursor < m_model.rowCount() && m_model.valueAt(cursor, 0)) {
        painter.setPen(QPen(tokenColor(Color::Text), 1));
        painter.drawEllipse(point(cursor), 4, 4);
    }
    painter.restore();
}

void ChartPainter::paintTimes(QPainter& painter) const
{
    if (m_model.rowCount() == 0)
        return;
    const QFontMetricsF metrics(painter.font());
    const qreal widest = metrics.horizontalAdvance(m_model.axisTextAt(0));
    const int step = m_model.axisStep(int(std::ceil((widest + px(24)) / slot())));
    painter.setPen(tokenColor(Color::Muted));
    for (int row = 0; row < m_model.rowCount(); row += step) {
        const QString text = m_model.axisTextAt(row);
        const qreal width = metrics.horizontalAdvance(text) + 2;
        const qreal left = std::clamp(columnOf(row).center().x() - width / 2, m_plot.left(),
                                      std::max(m_plot.left(), m_plot.right() - width));
        painter.drawText(QRectF(left, m_plot.bottom() + px(4), width, px(16)),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

} // namespace queuedeck::ui
