// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/alertwiring.h"

#include "core/alerts/webhookmessage.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/alerts/alertsdialog.h"
#include "ui/alerts/alertstrip.h"
#include "ui/alerts/trayicon.h"
#include "ui/mainwindow/mainwindow.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::app {

using alerts::AlertWatch;
using alerts::Telling;

AlertWiring::AlertWiring(service::Session& session, ui::MainWindow& window, ui::ActionSet& actions,
                         const QString& name, service::AlertSampler::Endpoint endpoint)
    : m_session(session)
    , m_window(window)
    , m_name(name)
    , m_alerts({session.info().key, name})
    , m_tray(std::make_unique<ui::TrayIcon>(window))
{
    AlertWatch& watch = m_alerts.watch();
    watch.setCanShow(true, ui::TrayIcon::isAvailable());
    m_alerts.setEndpoint(std::move(endpoint));
    connect(&watch, &AlertWatch::told, this, &AlertWiring::tell);
    connect(&watch, &AlertWatch::changed, this, &AlertWiring::showInTray);
    connect(&m_notifier, &alerts::DesktopNotifier::pressed, this, &AlertWiring::pressed);
    connect(m_tray.get(), &ui::TrayIcon::alertsWanted, this, &AlertWiring::openDialog);
    connect(m_tray.get(), &ui::TrayIcon::quitWanted, this, [this, &actions] {
        m_tray->showWindow(); // which may have to ask
        actions.action(ui::ActionId::Quit)->trigger();
    });
    connect(actions.action(ui::ActionId::Alerts), &QAction::triggered, this,
            &AlertWiring::openDialog);
    m_alerts.attach(session);
    showInTray();
}

AlertWiring::~AlertWiring()
{
    if (m_dialog)
        delete m_dialog.data();
    m_alerts.detach();
}

QWidget* AlertWiring::makeStrip(QWidget* parent)
{
    auto* strip = new ui::AlertStrip(m_alerts.watch(), m_session.changes(), parent);
    connect(strip, &ui::AlertStrip::alertsWanted, this, &AlertWiring::openDialog);
    return strip;
}

void AlertWiring::openDialog()
{
    if (m_dialog) {
        m_dialog->raise();
        m_dialog->activateWindow();
        return;
    }
    m_dialog = new ui::AlertsDialog(m_session, m_alerts, &m_window);
    connect(m_dialog, &ui::AlertsDialog::jobsWanted, this, [this](const QString& filter) {
        m_dialog->close();
        Q_EMIT jobsWanted(filter);
    });
    m_dialog->open();
}

void AlertWiring::tell(const Telling& telling)
{
    if (!m_alerts.watch().rules().file.channels.desktop)
        return;
    const bool isBegin = telling.kind == Telling::Kind::Began;
    QVector<alerts::DesktopNotifier::Button> buttons;
    if (isBegin)
        buttons = {{u"snooze"_s, tr("Snooze 1 h")}, {u"alerts"_s, tr("Alerts…")}};
    m_notifier.show(telling.entry.ruleId, m_name,
                    alerts::tellingText(telling.entry, telling.kind).translated(), isBegin,
                    buttons);
}

void AlertWiring::pressed(const QString& tag, const QString& key)
{
    if (key == "snooze"_L1) {
        m_alerts.watch().snooze(tag, 1h);
        return;
    }
    m_tray->showWindow();
    if (key == "alerts"_L1)
        openDialog();
}

void AlertWiring::showInTray()
{
    const alerts::AlertEntries on = m_alerts.watch().shown();
    QStringList lines{u"Queuedeck: "_s + m_name};
    for (const alerts::AlertEntry& entry : on)
        lines += alerts::tellingText(entry, Telling::Kind::Began).translated();
    m_tray->setAlerts(int(on.size()), lines.join(u'\n'),
                      m_alerts.watch().rules().file.channels.tray);
}

} // namespace queuedeck::app
