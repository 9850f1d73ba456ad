// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

class QAction;
class QPoint;
class QWidget;

namespace queuedeck::ui {

/// A text by whomever as a label or a button may show it: what cannot be seen, or makes a text look
/// like another one, becomes visible (see showControls); lines stay lines; at most 20,000
/// characters. Label does this by itself.
QString shown(const QString& text);

/// The same as a tooltip, at most 1,000 characters: Qt takes a tooltip that looks like HTML for
/// HTML, with pictures from anywhere, so markup in it is shown as it is written.
QString tip(const QString& text);

/// Every tooltip is set through these.
void setTip(QWidget* widget, const QString& text);
void setTip(QAction* action, const QString& text);
void copyTip(QWidget* to, const QAction& from);
void showTip(const QPoint& global, const QString& text, QWidget* widget);

/// What a model answers for `role`, made fit to be shown.
QVariant shownData(const QVariant& value, int role);

} // namespace queuedeck::ui
