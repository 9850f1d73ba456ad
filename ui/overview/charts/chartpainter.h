// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

class QPainter;

namespace queuedeck::ui {

class ChartModel;

/// Draws a chart into a box, in the colours of the current theme: on the screen and, without a
/// cursor, into a file.
class ChartPainter
{
public:
    ChartPainter(const ChartModel& model, const QRectF& box);

    /// `cursor`: the row whose value is being read; -1 for none.
    void paint(QPainter& painter, int cursor = -1) const;
    /// The row at this place; -1 if there are none.
    int rowAt(qreal x) const;
    QRectF columnOf(int row) const; ///< of the plot, over its whole height
    qreal yOf(double value) const { return m_plot.bottom() - heightOf(value); }

private:
    qreal slot() const;
    qreal heightOf(double value) const;
    void paintAxis(QPainter& painter) const;
    void paintBars(QPainter& painter, int cursor) const;
    void paintLine(QPainter& painter, int cursor) const;
    void paintTimes(QPainter& painter) const;

    const ChartModel& m_model;
    QRectF m_plot;
    double m_step = 1; ///< between two lines of the axis
    int m_lines = 1;   ///< above 0
};

} // namespace queuedeck::ui
