// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionbutton.h"

#include "ui/widgets/shown.h"

#include <QAction>

namespace queuedeck::ui {
namespace {

QString plainName(const QAction& action)
{
    QString name = action.text();
    name.remove(QLatin1Char('&'));
    return name;
}

} // namespace

ActionButton::ActionButton(QAction* action, QWidget* parent, ButtonRole role)
    : QPushButton(parent)
    , m_action(action)
{
    setAutoDefault(false);
    setButtonRole(this, role);
    connect(action, &QAction::changed, this, &ActionButton::follow);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    follow();
}

void ActionButton::setScopeText(const QString& text)
{
    m_scopeText = text;
    follow();
}

void ActionButton::setIconOnly(bool iconOnly)
{
    m_isIconOnly = iconOnly;
    follow();
}

void ActionButton::follow()
{
    const QString name = plainName(*m_action);
    setText(m_isIconOnly ? QString() : m_scopeText.isEmpty() ? name : m_scopeText);
    setIcon(m_action->icon());
    setEnabled(m_action->isEnabled());
    copyTip(this, *m_action);
    setAccessibleName(name);
    setAccessibleDescription(m_scopeText);
}

} // namespace queuedeck::ui
