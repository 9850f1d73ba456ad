// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QString>

#include <memory>

class QVBoxLayout;
class QWidget;

namespace queuedeck::ui {

class TypedName;

/// Which database a window works on. Every dialog above the window finds it there: the band of the
/// dialog repeats it, and a change is agreed to as its safety says.
struct Place
{
    Environment environment = Environment::Local;
    QString name;
    Safety safety = Safety::Confirm;
    std::shared_ptr<TypedName> typedName = nullptr; ///< may be null: nothing was typed
    bool hasUndo = true;                            ///< a guest keeps no journal

    bool asksForName() const;
};

void setPlace(QWidget& window, const Place& place);
/// Of the window that `widget` is in, or of the nearest one below it.
Place placeOf(const QWidget* widget);

/// Puts the band of the place at the top of a dialog; nothing on a local database, which has no
/// colour to warn of.
void addBand(QVBoxLayout& dialog, const Place& place);
/// A title for what cannot show a band, such as a message box: "PROD — Queuedeck".
QString titleAt(const Place& place, const QString& title);

} // namespace queuedeck::ui
