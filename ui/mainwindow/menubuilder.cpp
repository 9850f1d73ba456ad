// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/menubuilder.h"

#include "ui/actions/actionset.h"

#include <QMenu>
#include <QMenuBar>

#include <array>

namespace queuedeck::ui {

void buildMenus(QMenuBar& bar, const ActionSet& actions)
{
    std::array<QMenu*, static_cast<size_t>(MenuId::Count)> menus{};
    for (size_t i = 0; i < menus.size(); ++i) {
        const auto id = static_cast<MenuId>(i);
        const bool isInView = id == MenuId::Appearance || id == MenuId::Times;
        QMenu* const view = menus[static_cast<size_t>(MenuId::View)];
        menus[i] = isInView ? view->addMenu(menuTitle(id)) : bar.addMenu(menuTitle(id));
        menus[i]->setToolTipsVisible(true); // they say why an action is off
    }
    QMenu* const view = menus[static_cast<size_t>(MenuId::View)];
    QAction* const firstSubmenu = menus[static_cast<size_t>(MenuId::Appearance)]->menuAction();
    for (const ActionInfo& info : actionTable()) {
        QMenu* const menu = menus[static_cast<size_t>(info.menu)];
        QAction* const before = menu == view ? firstSubmenu : nullptr;
        if (info.startsGroup && !menu->isEmpty())
            menu->insertSeparator(before);
        menu->insertAction(before, actions.action(info.id));
    }
    view->insertSeparator(firstSubmenu);
}

} // namespace queuedeck::ui
