// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace queuedeck::ui {
namespace {
constexpr char kRoleProperty[] = "queuedeckRole";
}

void setButtonRole(QAbstractButton* button, ButtonRole role)
{
    button->setProperty(kRoleProperty, static_cast<int>(role));
    button->updateGeometry();
    button->update();
}

ButtonRole buttonRole(const QWidget* button)
{
    const QVariant role = button ? button->property(kRoleProperty) : QVariant();
    if (role.isValid())
        return static_cast<ButtonRole>(role.toInt());
    return qobject_cast<const QToolButton*>(button) ? ButtonRole::Quiet : ButtonRole::Normal;
}

QPushButton* makeButton(const QString& text, QWidget* parent, ButtonRole role)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    setButtonRole(button, role);
    return button;
}

QPushButton* makeButton(Icon icon, const QString& text, QWidget* parent, ButtonRole role)
{
    QPushButton* button = makeButton(text, parent, role);
    button->setIcon(makeIcon(icon));
    return button;
}

QToolButton* makeIconButton(Icon icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(makeIcon(icon));
    setTip(button, name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void openBelow(QToolButton* button, QMenu* menu)
{
    QObject::connect(button, &QToolButton::clicked, menu, [button, menu] {
        menu->popup(button->mapToGlobal(QPoint(0, button->height())));
    });
}

CopyButton::CopyButton(const QString& name, QWidget* parent)
    : QToolButton(parent)
{
    setIcon(makeIcon(Icon::Copy, Color::Muted));
    setTip(this, name);
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_toCopy);
        Q_EMIT copied(m_toCopy);
    });
}

} // namespace queuedeck::ui
