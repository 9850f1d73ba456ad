// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QString>
#include <QVariant>
#include <QVector>

#include <functional>
#include <utility>

namespace queuedeck::ui {

/// Something that can be set. It takes effect when it is written, and is remembered then.
struct SettingItem
{
    QString id; ///< a word for tests and for its control's object name
    QString group;
    Icon icon = Icon::Settings; ///< of the group
    QString title;
    QString note;
    QString where = {}; ///< the connection that it is for; empty: all
    /// What there is to choose from; empty: a number.
    QVector<std::pair<QString, QVariant>> choices = {};
    int least = 0; ///< of a number
    int most = 0;
    QString unit = {};
    QVariant usual = {};
    std::function<QVariant()> read = {};
    std::function<void(const QVariant&)> write = {};

    bool isChanged() const { return read() != usual; }
    /// Whether all words of `search` occur in its texts.
    bool matches(const QString& search) const;
};
using SettingItems = QVector<SettingItem>;

/// Where words of `search` stand in `text`: begin and length, in characters, sorted.
QVector<std::pair<int, int>> hitsIn(const QString& text, const QString& search);

} // namespace queuedeck::ui
