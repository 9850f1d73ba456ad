// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QRect>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QWidget;

namespace queuedeck::ui {

/// The few shapes everything is drawn from; crisp at any scale.

/// A filled rounded rectangle with a border inside `rect`.
void paintBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border,
              int borderWidth = 1, int radius = size::kRadiusControl);
/// The focus ring: 2 px, 3 in high contrast.
void paintFocusRing(QPainter& painter, const QRect& rect, int radius = size::kRadiusControl);
int focusWidth();

/// A text field's background: control border, or the ring when it has the focus.
void paintField(QPainter& painter, const QStyleOption& option);
void paintButton(QPainter& painter, const QStyleOption& option, const QWidget* widget);
void paintButtonLabel(QPainter& painter, const QStyleOptionButton& button, const QWidget* widget);
/// How far the focus ring of a check box stands out from its indicator.
constexpr int kRingAtCheck = 3;
void paintCheck(QPainter& painter, const QStyleOption& option);
void paintRadio(QPainter& painter, const QStyleOption& option);
void paintChevron(QPainter& painter, const QRect& rect, Icon icon, const QColor& color);

/// Whether the keyboard brought the focus here, so that a mouse click leaves no ring on a button.
bool showsFocus(const QStyleOption& option);

} // namespace queuedeck::ui
