// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sidebarmodel.h"

#include <QListView>

namespace queuedeck::ui {

/// Pages or facets in the sidebar: icon, text, count. As a rail it shows icons alone, with the
/// text as a tooltip.
class SidebarList : public QListView
{
    Q_OBJECT
public:
    enum class Kind { Pages, Facets };

    SidebarList(Kind kind, const QString& accessibleName, QWidget* parent = nullptr);

    void setRows(SidebarModel* model); ///< may be null
    void setRail(bool rail);
    bool isRail() const { return m_isRail; }
    Kind kind() const { return m_kind; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void activate(const QModelIndex& index);

    Kind m_kind;
    SidebarModel* m_rows = nullptr;
    bool m_isRail = false;
};

} // namespace queuedeck::ui
