// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>
#include <QRect>

class QWidget;

namespace queuedeck::ui {

/// `wanted`, moved and shrunk to fit `available` with a frame of `frame` around it.
QRect placedWithin(const QRect& wanted, const QRect& available, const QMargins& frame);

/// Moves and shrinks a window that has just been shown so that it lies on its screen with its
/// frame, unless it is maximised.
void keepOnScreen(QWidget& window);
/// Does so when the window is shown, and whenever the program itself resizes it: a dialog grows
/// downwards, from where it was placed when it was lower.
void stayOnScreen(QWidget& window);

} // namespace queuedeck::ui
