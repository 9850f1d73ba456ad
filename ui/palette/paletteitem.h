// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>

namespace queuedeck::ui {

/// Something the palette finds.
struct PaletteItem
{
    /// In the order in which they are shown.
    enum class Group { Views, Pages, Actions, Connections, Jobs };

    Group group = Group::Actions;
    Icon icon = Icon::Count; ///< Count: none
    Color iconColor = Color::Text;
    QString text;          ///< what is searched
    QString detail = {};   ///< beside it; for something that is off, why
    QString right = {};    ///< at the right end, such as an age
    QStringList keys = {}; ///< of its shortcut: "Ctrl", "5"
    bool isEnabled = true;
    bool isId = false;        ///< drawn in the fixed font
    bool changesRows = false; ///< never chosen without being pointed at
    std::function<void()> run = {};
    QVector<qsizetype> found = {}; ///< the letters of `text` that were typed
};

using PaletteItems = QVector<PaletteItem>;

} // namespace queuedeck::ui
