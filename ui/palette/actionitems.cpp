// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/actionitems.h"

#include "ui/actions/actionset.h"

#include <QCoreApplication>
#include <QKeySequence>

#include <algorithm>

namespace queuedeck::ui {

namespace {
bool isPage(ActionId id)
{
    return actionTable()[size_t(id)].menu == MenuId::View && id < ActionId::Sidebar;
}

bool changesRows(const ActionInfo& info)
{
    return info.menu == MenuId::Job || info.menu == MenuId::Scan || info.id == ActionId::Undo ||
           info.id == ActionId::Redo || info.id == ActionId::StartEngine ||
           info.id == ActionId::ProcessNow || info.id == ActionId::StepJob;
}

// A key may itself be a plus or a comma.
QStringList capsOf(const QKeySequence& sequence)
{
    QString text = sequence.toString(QKeySequence::NativeText);
    QStringList caps;
    const bool endsWithPlus = text.endsWith(QLatin1String("++"));
    if (endsWithPlus)
        text.chop(1);
    caps = text.split(QLatin1Char('+'), Qt::SkipEmptyParts);
    if (endsWithPlus)
        caps += QStringLiteral("+");
    return caps;
}
} // namespace

PaletteItems actionItems(const ActionSet& actions)
{
    PaletteItems items;
    for (const ActionInfo& info : actionTable()) {
        if (info.id == ActionId::Palette)
            continue; // it is open
        QAction* const action = actions.action(info.id);
        PaletteItem item;
        item.group = isPage(info.id) ? PaletteItem::Group::Pages : PaletteItem::Group::Actions;
        item.icon = info.icon;
        item.text = plainText(info);
        item.isEnabled = action->isEnabled();
        item.detail = !item.isEnabled ? actions.whyOff(info.id)
                      : info.isCheckable && !isPage(info.id) && action->isChecked()
                          ? QCoreApplication::translate("Palette", "on")
                      : *info.tip ? QCoreApplication::translate("ActionSet", info.tip)
                                  : QString();
        if (const auto keys = action->shortcuts(); !keys.isEmpty())
            item.keys = capsOf(keys.first());
        item.changesRows = changesRows(info);
        item.run = [action] { action->trigger(); };
        items += item;
    }
    return items;
}

} // namespace queuedeck::ui
