// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sidebarmodel.h"

#include <QWidget>

namespace queuedeck::ui {

class SidebarList;

/// The pages and, below them, the context of the current one. When narrow, it is a rail of icons
/// without the context: the page then offers that itself.
class Sidebar : public QWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget* parent = nullptr);

    SidebarModel& pages() { return m_pageRows; }
    void setContext(SidebarModel* context); ///< may be null; not owned
    void setRail(bool rail);
    bool isRail() const { return m_isRail; }
    SidebarList* pageList() const { return m_pages; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SidebarModel m_pageRows;
    SidebarList* m_pages;
    SidebarList* m_context;
    bool m_isRail = false;
};

} // namespace queuedeck::ui
