// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mainwindow/bandinfo.h"

#include <QFrame>

class QLabel;

namespace queuedeck::ui {

class BandButton;
class ElidedLabel;
class EnvironmentMark;
class Label;
class LiveControl;

/// The bar that says where you are: the environment's mark, the connection's name, server, mode and
/// confirmation level, and the live control. Only production is solid.
class Band : public QFrame
{
    Q_OBJECT
public:
    explicit Band(QWidget* parent = nullptr);

    void setInfo(const BandInfo& info);
    const BandInfo& info() const { return m_info; }
    /// Hides server and mode where there is little room.
    void setNarrow(bool narrow);
    LiveControl* live() const { return m_live; }

Q_SIGNALS:
    void paletteWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void recolor();

    BandInfo m_info;
    EnvironmentMark* m_mark;
    Label* m_name;
    ElidedLabel* m_where;
    QLabel* m_lock;
    Label* m_level;
    BandButton* m_find;
    LiveControl* m_live;
    bool m_isNarrow = false;
};

} // namespace queuedeck::ui
