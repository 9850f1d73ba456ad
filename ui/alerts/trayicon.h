// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

namespace queuedeck::ui {

/// The icon of a window in the tray, with the number of alerts that are on. A click shows the
/// window or hides it; hidden, everything goes on. Nothing where the desktop has no tray. GUI
/// thread.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    /// `window` must outlive it.
    explicit TrayIcon(QWidget& window, QObject* parent = nullptr);

    static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    /// `count` alerts are on; `text` is the tip. Without a badge, only the tip tells.
    void setAlerts(int count, const QString& text, bool hasBadge);
    /// As drawn: 0 shows no badge.
    static QIcon icon(int count);

    void showWindow();
    void hideWindow();

Q_SIGNALS:
    void alertsWanted();
    void quitWanted();

private:
    void toggle();

    QWidget& m_window;
    QSystemTrayIcon m_icon;
    QMenu m_menu;
    QAction* m_toggle;
};

} // namespace queuedeck::ui
