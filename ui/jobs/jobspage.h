// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/actions/jobscope.h"
#include "ui/widgets/page.h"

class QPushButton;
class QSplitter;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class JobBar;
class JobFacets;
class JobList;
class QueryBar;

/// Which jobs there are, why, and what to do: filter, actions, list and a place for the detail.
/// scopeChanged() reports what can be acted on; JobActions acts on it.
class JobsPage : public Page
{
    Q_OBJECT

public:
    JobsPage(service::Session& session, ActionSet& actions, QWidget* parent = nullptr);
    ~JobsPage() override;

    SidebarModel* sidebar() override;
    QList<QWidget*> regions() override;
    QWidget* mainWidget() override;
    void setShown(bool shown) override;

    /// The pane of the current job, beside or below the table; shown by openDetail().
    void setDetail(QWidget* detail);
    void openDetail();
    void closeDetail();
    bool isDetailOpen() const;

    void setFilterText(const QString& text);
    const JobScope& scope() const { return m_scope; }
    domain::JobId currentJob() const;
    /// Filters for this id, selects the job and opens its detail.
    void showJob(const domain::JobId& id);

Q_SIGNALS:
    void currentJobChanged(const queuedeck::domain::JobId& id);
    void scopeChanged(const queuedeck::ui::JobScope& scope);
    void rowsCopied(int rows, int notLoaded); ///< see DataTable

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeQueryRow();
    void connectParts();
    void connectActions();
    void updateNarrow();
    void updateScope();
    void updateNewer();
    void updateStatus();
    void selectAll();
    void fillFilterMenu();
    void filterByCell(bool without);

    service::Session& m_session;
    ActionSet& m_actions;
    JobFacets* m_facets;
    QueryBar* m_query = nullptr;
    QPushButton* m_filters = nullptr;
    JobBar* m_bar;
    JobList* m_list;
    QSplitter* m_splitter;
    QWidget* m_detail = nullptr;
    JobScope m_scope;
};

} // namespace queuedeck::ui
