// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobfilter.h"
#include "core/domain/page.h"
#include "ui/widgets/page.h"

#include <QTimer>

class QPushButton;
class QSplitter;
class QToolButton;

namespace queuedeck::base {
struct Error;
}
namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionButton;
class ActionSet;
class DataTable;
class EmptyState;
class JobFacets;
class JobPageLoader;
class JobTableModel;
class QueryBar;
class Strip;

/// Which jobs are there, why, and what to do: filter, actions, table and a place for the detail.
/// What is selected and what matches is told by signals; doing something about it is JobActions.
class JobsPage : public Page
{
    Q_OBJECT

public:
    JobsPage(service::Session& session, ActionSet& actions, QWidget* parent = nullptr);
    ~JobsPage() override;

    SidebarModel* sidebar() override;
    QList<QWidget*> regions() override;
    void setShown(bool shown) override;

    /// The pane of the current job, beside or below the table; shown by openDetail().
    void setDetail(QWidget* detail);
    void openDetail();
    void closeDetail();
    bool isDetailOpen() const;

    const domain::JobFilter& filter() const;
    void setFilterText(const QString& text);
    const domain::MatchCount& matches() const;
    /// As last read; empty when more rows are selected than can be known.
    QVector<domain::Job> selection() const { return m_selected; }
    domain::JobId currentJob() const { return m_current; }
    /// Filters for this id, selects the job and opens its detail.
    void showJob(const domain::JobId& id);
    /// The newest rows, from the top.
    void showNewest();

Q_SIGNALS:
    void currentJobChanged(const queuedeck::domain::JobId& id);
    void selectionChanged(const QVector<queuedeck::domain::Job>& jobs);
    void filterChanged(const queuedeck::domain::JobFilter& filter);
    /// Whether the list shows what the query says; not while it has a mistake.
    void filterValidChanged(bool isValid);
    void matchCountChanged(const queuedeck::domain::MatchCount& matches);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeQueryRow();
    QWidget* makeActionBar();
    QWidget* makeTable();
    void connectLoader();
    void connectFeed();
    void connectActions();
    void updateVisible();
    void updateNarrow();
    void updateSelection();
    void allowActions(qsizetype rows);
    void hintCount();
    void selectAll();
    void updateMatches();
    void updateNewer();
    void updateStatus();
    void updateState();
    void showEmpty();
    void showContextMenu(const QPoint& at);
    void fillFilterMenu();
    void filterByCell(bool without);
    void escape();
    QString newerText() const;
    bool mayFollow() const;

    service::Session& m_session;
    ActionSet& m_actions;
    JobTableModel* m_model;
    JobPageLoader* m_loader;
    JobFacets* m_facets;
    QueryBar* m_query = nullptr;
    QPushButton* m_filters = nullptr;
    ActionButton* m_retry = nullptr;
    ActionButton* m_delete = nullptr;
    ActionButton* m_retryAll = nullptr;
    ActionButton* m_cleanUp = nullptr;
    QToolButton* m_moreAll = nullptr;
    QPushButton* m_pill = nullptr;
    Strip* m_strip = nullptr;
    DataTable* m_table = nullptr;
    EmptyState* m_empty = nullptr;
    QSplitter* m_splitter = nullptr;
    QWidget* m_detail = nullptr;
    QTimer m_seconds;
    QString m_trouble; ///< what the strip says of a failed reading
    QString m_lost;    ///< what it says while the database does not answer
    domain::JobId m_current;
    QHash<int, domain::Job> m_selectedByRow; ///< also of rows the model has let go
    QVector<domain::Job> m_selected;
    domain::JobId m_wantedJob;
    qint64 m_tookMs = -1;
    int m_slowSeconds = 0;
    bool m_isStopped = false;
};

} // namespace queuedeck::ui
