// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace queuedeck::ui {

class ChartModel;

/// A chart whose values can be read: with the mouse over it, or with the arrow keys, Home and End.
/// What is read is shown in a tip, is the accessible description, and is announced. A part of it is
/// chosen by dragging, or with Shift and the arrow keys and Enter; Escape or a double click shows
/// all again.
class ChartView : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the accessible name; the model must outlive the view.
    ChartView(const QString& name, ChartModel* model, QWidget* parent = nullptr);

    int cursor() const { return m_cursor; } ///< the row being read; -1: none
    /// The chart with its title, to be saved.
    QByteArray png() const;
    QByteArray svg() const;

Q_SIGNALS:
    void zoomWanted(int firstRow, int lastRow);
    void wholeWanted();

public:
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void refresh();
    void setCursorRow(int row);
    void moveCursor(int row, bool chooses);
    void zoomIn();
    void sayValue();
    QString summary() const;
    void paintWhole(QPainter& painter, const QSize& size) const;

    ChartModel* m_model;
    int m_cursor = -1;
    int m_anchor = -1; ///< from here to the cursor is chosen; -1: nothing is
};

} // namespace queuedeck::ui
