// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/savedview.h"
#include "ui/actions/jobscope.h"
#include "ui/widgets/page.h"

class QPushButton;
class QSplitter;

namespace queuedeck::service {
class Session;
class VocabularyFeed;
} // namespace queuedeck::service

namespace queuedeck::ui {

class ActionSet;
class JobBar;
class JobFacets;
class JobList;
class JobViews;
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
    /// Presets first.
    const domain::SavedViewList& views() const;
    /// Its filter, and whatever else it keeps; nothing if there is no such view.
    void showView(const QString& id);

Q_SIGNALS:
    void said(const QString& line);
    void currentJobChanged(const queuedeck::domain::JobId& id);
    void scopeChanged(const queuedeck::ui::JobScope& scope);
    void rowsCopied(int rows, int notLoaded); ///< see DataTable

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeQueryRow();
    void connectParts();
    void connectActions();
    void connectViews();
    void connectCompletion();
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
    QPushButton* m_columns = nullptr;
    JobBar* m_bar;
    JobList* m_list;
    JobViews* m_views;
    service::VocabularyFeed* m_words;
    QSplitter* m_splitter;
    QWidget* m_detail = nullptr;
    JobScope m_scope;
};

} // namespace queuedeck::ui
