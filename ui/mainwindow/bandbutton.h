// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QToolButton>

namespace queuedeck::ui {

/// A button on the band: its colours are the band's, not the window's.
class BandButton : public QToolButton
{
    Q_OBJECT
public:
    explicit BandButton(QWidget* parent = nullptr);

    void setInk(const QColor& ink)
    {
        m_ink = ink;
        update();
    }
    void setDrawing(Icon icon)
    {
        m_drawing = icon;
        updateGeometry();
        update();
    }
    /// Keys at its right end, in a box.
    void setCap(const QString& keys);
    /// Draws it as a field; without, it has no border.
    void setFrame(const QColor& color);
    void setStrong(bool strong);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int capWidth() const;

    QColor m_ink;
    QColor m_frame;
    QString m_cap;
    Icon m_drawing = Icon::Count;
};

} // namespace queuedeck::ui
