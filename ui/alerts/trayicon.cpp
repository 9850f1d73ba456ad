// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/trayicon.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kMostShown = 9;

QPixmap badged(const QPixmap& plain, int count)
{
    QPixmap pixmap = plain;
    const QString text = count > kMostShown ? u"9+"_s : QString::number(count);
    const qreal side = pixmap.width() * 0.62;
    const QRectF badge(pixmap.width() - side, pixmap.height() - side, side, side);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokenColor(Color::Danger));
    painter.drawEllipse(badge);
    QFont font = textFont(TextRole::Strong);
    font.setPixelSize(std::max(6, int(side * (text.size() > 1 ? 0.56 : 0.74))));
    painter.setFont(font);
    painter.setPen(tokenColor(Color::OnDanger));
    painter.drawText(badge, Qt::AlignCenter, text);
    return pixmap;
}
} // namespace

TrayIcon::TrayIcon(QWidget& window, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_toggle(m_menu.addAction(tr("Hide Queuedeck"), this, &TrayIcon::toggle))
{
    m_menu.addAction(tr("Alerts…"), this, [this] {
        showWindow();
        Q_EMIT alertsWanted();
    });
    m_menu.addSeparator();
    m_menu.addAction(tr("Quit"), this, &TrayIcon::quitWanted);
    connect(&m_menu, &QMenu::aboutToShow, this, [this] {
        m_toggle->setText(m_window.isVisible() ? tr("Hide Queuedeck") : tr("Show Queuedeck"));
    });
    connect(&m_icon, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    toggle();
            });
    m_icon.setContextMenu(&m_menu);
    setAlerts(0, u"Queuedeck"_s, true);
    if (isAvailable())
        m_icon.show();
}

QIcon TrayIcon::icon(int count)
{
    const QIcon plain = makeIcon(Icon::App);
    if (count <= 0)
        return plain;
    QIcon icon;
    for (const int side : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(badged(plain.pixmap(QSize(side, side), 1.0), count));
    return icon;
}

void TrayIcon::setAlerts(int count, const QString& text, bool hasBadge)
{
    m_icon.setIcon(icon(hasBadge ? count : 0));
    m_icon.setProperty("toolTip", tip(text));
}

void TrayIcon::toggle()
{
    if (m_window.isVisible() && !m_window.isMinimized())
        hideWindow();
    else
        showWindow();
}

void TrayIcon::showWindow()
{
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

// Only where there is a way back.
void TrayIcon::hideWindow()
{
    if (isAvailable())
        m_window.hide();
    else
        m_window.showMinimized();
}

} // namespace queuedeck::ui
