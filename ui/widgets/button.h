// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QPushButton>
#include <QToolButton>

class QMenu;

namespace queuedeck::ui {

/// How a button looks; the style reads it. Normal: outlined. Primary: filled accent, at most one
/// per page. Danger: filled red. Quiet: no frame until hovered. Link: coloured words.
enum class ButtonRole { Normal, Primary, Danger, Quiet, Link };

void setButtonRole(QAbstractButton* button, ButtonRole role);
ButtonRole buttonRole(const QWidget* button);

QPushButton* makeButton(const QString& text, QWidget* parent, ButtonRole role = ButtonRole::Normal);
QPushButton* makeButton(Icon icon, const QString& text, QWidget* parent,
                        ButtonRole role = ButtonRole::Normal);
/// An icon-only button: `name` is its accessible name and tooltip.
QToolButton* makeIconButton(Icon icon, const QString& name, QWidget* parent);

/// Opens `menu` below the button when it is clicked: without the arrow that a tool button with a
/// menu of its own would have.
void openBelow(QToolButton* button, QMenu* menu);

/// Copies a text and says so ("Copied 7c1f09be-…") through copied().
class CopyButton : public QToolButton
{
    Q_OBJECT
public:
    explicit CopyButton(const QString& name, QWidget* parent = nullptr);
    void setText(const QString& toCopy) { m_toCopy = toCopy; }

Q_SIGNALS:
    void copied(const QString& text);

private:
    QString m_toCopy;
};

} // namespace queuedeck::ui
