// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

class QAction;
class QPoint;
class QWidget;

namespace queuedeck::ui {

/// Text from any source as a label or a button may show it: characters that are invisible, or make
/// one text look like another, become visible (see showControls); lines stay lines; at most 20,000
/// characters. Label does this by itself.
QString shown(const QString& text);

/// The same for a tooltip, at most 1,000 characters: Qt renders a tooltip that looks like HTML,
/// with pictures from anywhere, so markup in it is shown as written.
QString tip(const QString& text);

/// Every tooltip is set through these.
void setTip(QWidget* widget, const QString& text);
void setTip(QAction* action, const QString& text);
void copyTip(QWidget* to, const QAction& from);
void showTip(const QPoint& global, const QString& text, QWidget* widget);

/// A model's value for `role`, made safe to show.
QVariant shownData(const QVariant& value, int role);

} // namespace queuedeck::ui
