// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/windowmemory.h"

#include "ui/actions/actionset.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/listtimes.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/theme.h"

#include <QEvent>

namespace queuedeck::ui {

namespace {
constexpr std::pair<ActionId, ThemeChoice> kThemes[] = {
    {ActionId::ThemeSystem, ThemeChoice::System},
    {ActionId::ThemeLight, ThemeChoice::Light},
    {ActionId::ThemeDark, ThemeChoice::Dark},
    {ActionId::ThemeContrast, ThemeChoice::HighContrast}};
} // namespace

void WindowMemory::applyToProgram()
{
    setTimeZone(settings::localTimes().read() ? TimeZone::Local : TimeZone::Utc);
    setShowsTimes(settings::showsTimes().read());
    const int appearance = settings::appearance().read();
    for (const auto& [id, choice] : kThemes) {
        if (appearance == int(choice))
            Appearance::instance().choose(choice);
    }
}

WindowMemory::WindowMemory(MainWindow& window, const ActionSet& actions)
    : QObject(&window)
    , m_window(window)
{
    window.restoreGeometry(settings::window().read());
    if (!settings::wholeSidebar().read())
        actions.action(ActionId::Sidebar)->trigger();
    for (const auto& [id, choice] : kThemes)
        connect(actions.action(id), &QAction::triggered, this,
                [choice = choice] { settings::appearance().write(int(choice)); });
    connect(&window, &MainWindow::timeZoneChanged, this,
            [] { settings::localTimes().write(timeZone() == TimeZone::Local); });
    connect(actions.action(ActionId::Sidebar), &QAction::toggled, this,
            [](bool isWhole) { settings::wholeSidebar().write(isWhole); });
    m_settled.setSingleShot(true);
    m_settled.setInterval(std::chrono::seconds(1));
    connect(&m_settled, &QTimer::timeout, this, &WindowMemory::savePlace);
    window.installEventFilter(this);
}

void WindowMemory::savePlace()
{
    m_settled.stop();
    settings::window().write(m_window.saveGeometry());
}

bool WindowMemory::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange:
        if (m_window.isVisible())
            m_settled.start();
        break;
    case QEvent::Hide:
        if (!event->spontaneous())
            savePlace();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace queuedeck::ui
