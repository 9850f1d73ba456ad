// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mainwindow/bandinfo.h"

#include <QFrame>
#include <QTimer>

class QMenu;

namespace queuedeck::ui {

class BandButton;

/// "Pause | Live, every 2 s • 1 s old ▾": how fresh the window is, and the switch for it. The age
/// counts from the snapshot, is updated once a second, and keeps growing when nothing new arrives.
class LiveControl : public QFrame
{
    Q_OBJECT
public:
    explicit LiveControl(QWidget* parent = nullptr);

    void setState(const LiveState& state);
    const LiveState& state() const { return m_state; }
    void setEnvironment(Environment environment);
    /// Older than three intervals, and not paused.
    bool isStale(const QDateTime& now) const;
    QString text() const;
    QWidget* focusTarget() const;      ///< where F6 goes
    void setNow(const QDateTime& now); ///< draws the age as of `now`; the timer calls it

Q_SIGNALS:
    void pauseToggled(bool paused);
    void intervalChosen(std::chrono::seconds interval);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void recolor();
    void fillMenu(QMenu* menu);

    LiveState m_state;
    Environment m_environment = Environment::Local;
    BandButton* m_pause;
    BandButton* m_age;
    QTimer m_second;
};

} // namespace queuedeck::ui
