// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QAbstractListModel>

#include <optional>

namespace queuedeck::ui {

/// A row of the sidebar. A head has only text. `isChosen` marks an active filter: several rows may
/// be chosen at once (a status and a type).
struct SidebarItem
{
    QString key; ///< for activated(); empty = a section head
    QString text;
    std::optional<Icon> icon;
    Color iconColor = Color::Muted;
    QString count; ///< ready to show: "49,731", "≈ 4.9 M", "Running"
    bool isChosen = false;

    static SidebarItem head(const QString& text) { return {{}, text, {}, Color::Muted, {}, false}; }
    bool isHead() const { return key.isEmpty(); }
    bool operator==(const SidebarItem&) const = default;
};

/// The rows of one sidebar list. Setting new items repaints only those that differ, so that counts
/// may be refreshed every second without losing the current row.
class SidebarModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        CountRole = Qt::UserRole + 1,
        ChosenRole,
        HeadRole,
        IconRole,
        IconColorRole,
        KeyRole
    };

    using QAbstractListModel::QAbstractListModel;

    void setItems(const QVector<SidebarItem>& items);
    const QVector<SidebarItem>& items() const { return m_items; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// A person clicked the row or pressed Enter or Space on it. Emitted by the view.
    void activated(const QString& key);

private:
    QVector<SidebarItem> m_items;
};

} // namespace queuedeck::ui
