// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionset.h"

#include "ui/widgets/shown.h"

#include <QCoreApplication>
#include <QWidget>

namespace queuedeck::ui {
namespace {

QString translated(const char* text)
{
    return *text ? QCoreApplication::translate("ActionSet", text) : QString();
}

const ActionInfo& infoOf(ActionId id)
{
    return actionTable()[static_cast<size_t>(id)];
}

} // namespace

QString menuTitle(MenuId menu)
{
    static constexpr const char* kTitles[] = {QT_TRANSLATE_NOOP("ActionSet", "&Connection"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&Edit"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&View"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&Job"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&Scan"),
                                              QT_TRANSLATE_NOOP("ActionSet", "E&ngine"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&Help"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&Appearance"),
                                              QT_TRANSLATE_NOOP("ActionSet", "&Times")};
    return translated(kTitles[static_cast<int>(menu)]);
}

QList<QKeySequence> keysOf(const ActionInfo& info)
{
    QList<QKeySequence> keys;
    for (const QString& key :
         QString::fromLatin1(info.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence(key, QKeySequence::PortableText));
    return keys;
}

QString plainText(const ActionInfo& info)
{
    return translated(info.text).remove(QLatin1Char('&'));
}

ActionSet::ActionSet(QObject* parent)
    : QObject(parent)
{
    for (const ActionInfo& info : actionTable()) {
        auto* action = new QAction(makeIcon(info.icon), translated(info.text), this);
        action->setShortcuts(keysOf(info));
        action->setShortcutContext(info.scope == ActionInfo::Table ? Qt::WidgetShortcut
                                                                   : Qt::WindowShortcut);
        action->setCheckable(info.isCheckable);
        action->setIconVisibleInMenu(!info.isCheckable);
        // No native role by text: the action table's words are used on every system.
        if (info.id == ActionId::Quit)
            action->setMenuRole(QAction::QuitRole);
        else if (info.id == ActionId::About)
            action->setMenuRole(QAction::AboutRole);
        else
            action->setMenuRole(QAction::NoRole);
        m_actions[static_cast<size_t>(info.id)] = action;
        setTip(action, tooltip(info.id));
    }
}

void ActionSet::setEnabled(ActionId id, bool enabled, const QString& whyOff)
{
    QAction* const one = action(id);
    one->setEnabled(enabled);
    m_whyOff[static_cast<size_t>(id)] = enabled ? QString() : whyOff;
    setTip(one, enabled || whyOff.isEmpty() ? tooltip(id) : whyOff);
}

void ActionSet::addTableKeys(QWidget* table) const
{
    for (const ActionInfo& info : actionTable()) {
        if (info.scope == ActionInfo::Table)
            table->addAction(action(info.id));
    }
}

QString ActionSet::tooltip(ActionId id) const
{
    const ActionInfo& info = infoOf(id);
    const QString words = *info.tip ? translated(info.tip) : plainText(info);
    const QList<QKeySequence> keys = keysOf(info);
    return keys.isEmpty()
               ? words
               : tr("%1 (%2)").arg(words, keys.first().toString(QKeySequence::NativeText));
}

} // namespace queuedeck::ui
