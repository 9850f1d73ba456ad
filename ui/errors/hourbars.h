// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tokens.h"

#include <QDateTime>
#include <QVector>
#include <QWidget>

class QPainter;

namespace queuedeck::ui {

/// Draws one bar for each hour, on a scale of their own, over a line.
void paintHours(QPainter& painter, const QRect& rect, const QVector<qint64>& bars);

/// The last 24 hours of a group as bars; the tooltip tells the hour below the pointer, and the
/// accessible description all of them.
class HourBars : public QWidget
{
    Q_OBJECT

public:
    explicit HourBars(QWidget* parent = nullptr);

    /// `now` is in the last hour.
    void setBars(const QVector<qint64>& bars, const QDateTime& now);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString hourText(qsizetype index) const;

    QVector<qint64> m_bars;
    QDateTime m_now;
};

} // namespace queuedeck::ui
