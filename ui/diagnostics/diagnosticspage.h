// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "ui/widgets/page.h"

#include <functional>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ChecksPanel;
class Surface;

/// What is wrong, and what was done about it: the checks, and further tabs beside them. The tabs
/// are rows of the sidebar, and buttons at the top where there are several.
class DiagnosticsPage : public Page
{
    Q_OBJECT

public:
    explicit DiagnosticsPage(service::Session& session, QWidget* parent = nullptr);

    /// Adds a tab under a head of the sidebar, which may be an earlier one's; takes ownership of
    /// `body`. `onShown` is called when the tab comes to the front and when it goes behind.
    void addTab(const QString& key, const QString& head, const QString& title, Icon icon,
                QWidget* body, std::function<void(bool)> onShown = {});
    void showTab(const QString& key);
    QString currentTab() const;
    /// A count beside the tab's name; empty: none.
    void setTabCount(const QString& key, const QString& count);

    /// Which endpoint the checks ask as well.
    void setEndpoint(std::function<QString()> endpoint);
    ChecksPanel& checks() { return *m_checks; }

    SidebarModel* sidebar() override { return m_sidebar; }
    QList<QWidget*> regions() override;
    QWidget* mainWidget() override;
    void setShown(bool shown) override;

Q_SIGNALS:
    /// The user wants this to be done; jobs are those of the finding's filter.
    void wanted(queuedeck::domain::Remedy::Action action,
                const queuedeck::domain::Finding& finding);
    void copied(const QString& what);

private:
    struct Tab
    {
        QString key;
        QString head;
        QString title;
        Icon icon;
        std::function<void(bool)> onShown;
        QPushButton* button = nullptr;
        QString count = {};
    };
    void showSidebar();
    void showFindings();

    ChecksPanel* m_checks;
    SidebarModel* m_sidebar;
    Surface* m_bar;
    QHBoxLayout* m_buttons;
    QStackedWidget* m_bodies;
    QVector<Tab> m_tabs;
    bool m_isShown = false;
};

} // namespace queuedeck::ui
