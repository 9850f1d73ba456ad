// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobfilter.h"
#include "ui/jobs/liststate.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace queuedeck::base {
struct Error;
}
namespace queuedeck::domain {
struct MatchCount;
}
namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class Columns;
class DataTable;
class EmptyState;
class JobPageLoader;
class JobSelection;
class JobTableModel;
class Strip;

/// The jobs that match a filter: the table, a strip that reports its condition, and what is shown
/// when it is empty. It follows the database while it is shown. GUI thread.
class JobList : public QWidget
{
    Q_OBJECT

public:
    JobList(service::Session& session, ActionSet& actions, QWidget* parent = nullptr);
    ~JobList() override;

    void setFilter(const domain::JobFilter& filter);
    /// Selects the job if it is in the list, else as soon as it appears; see jobFound().
    void select(const domain::JobId& id);
    void selectAll();
    void clearSelection();
    void showNewest(); ///< from the top
    void showOldest(); ///< from the end, once the list of this filter is there
    void readAgain();
    /// Ends a slow query; false if there is none.
    bool stopSlow();
    /// A hidden list sends no queries.
    void setActive(bool isActive);

    DataTable* table() const { return m_table; }
    Columns& columns() const { return *m_columns; }
    const JobSelection& selection() const { return *m_selection; }
    const domain::Job* currentRow() const;
    std::optional<domain::MatchCount> matches() const;
    int newer() const;
    qint64 tookMs() const { return m_tookMs; } ///< the last reading; -1: none
    bool isConnected() const;

Q_SIGNALS:
    void matchesChanged();
    void newerChanged();
    void listRead();
    void jobFound(); ///< the one that select() was for
    void escaped();  ///< by Esc with nothing to stop and nothing selected
    void clearWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeTable();
    void connectLoader();
    void connectFeed();
    void updateVisible();
    void hintCount();
    ListFacts facts() const;
    void update();
    void say(ListState state, const ListFacts& facts);
    void pressStrip();
    void showContent(ListContent content);
    void showContextMenu(const QPoint& at);
    bool mayFollow() const;
    void rememberPlace();
    void keepPlace();

    service::Session& m_session;
    ActionSet& m_actions;
    JobTableModel* m_model;
    JobPageLoader* m_loader;
    DataTable* m_table;
    Columns* m_columns = nullptr;
    JobSelection* m_selection;
    Strip* m_strip;
    EmptyState* m_empty;
    QTimer m_seconds;
    domain::JobFilter m_filter;
    QString m_failure;
    QString m_shownContent; ///< of the empty state, so that its buttons stay while nothing changes
    domain::JobId m_wantedJob;
    QVector<domain::JobId> m_following; ///< the current row and those below, before a change
    bool m_wantsOldest = false;
    bool m_hasActed = false; ///< by an action of this table, since the current row was chosen
    qint64 m_tookMs = -1;
    int m_slowSeconds = 0;
};

} // namespace queuedeck::ui
