// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/errorgroups.h"
#include "core/domain/frozenjobs.h"
#include "core/domain/jobfilter.h"
#include "core/domain/jobrules.h"
#include "core/service/errorgroupfeed.h"

#include <QFuture>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <stop_token>

class QComboBox;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class DataTable;
class EmptyState;
class ErrorGroupsModel;
class ErrorGroupView;
class Label;
class Strip;

/// Failed jobs grouped by their errors: a list, the chosen group beside it, and what can be done
/// with its jobs. It follows the database while it is shown.
class ErrorsPanel : public QWidget
{
    Q_OBJECT

public:
    /// Exactly the jobs of a group, frozen when it is called.
    using Freeze = std::function<QFuture<base::Result<domain::FrozenJobs>>(std::stop_token)>;

    explicit ErrorsPanel(service::Session& session, QWidget* parent = nullptr);

    void setShown(bool shown);
    QList<QWidget*> regions() const;
    DataTable* table() const { return m_table; }
    const service::ErrorGroupFeed& feed() const { return *m_feed; }
    /// Groups the failed jobs among those that match, and chooses the group of this signature once
    /// it is there (a null one chooses none). `text` is that of a list's filter.
    void groupJobs(const QString& text, const QString& signature = {});
    /// Why nothing can be changed is read anew.
    void updateActions();

Q_SIGNALS:
    /// The user wants to change the jobs of a group. `filter` are those among which it was found.
    void changeWanted(queuedeck::domain::JobAction action, const QString& signature, qint64 count,
                      const queuedeck::domain::JobFilter& filter,
                      const queuedeck::ui::ErrorsPanel::Freeze& freeze);
    void jobsWanted(const QString& filter);
    void jobWanted(const queuedeck::domain::JobId& id);
    void copied(const QString& what);
    /// "12"; empty: none, or not known yet.
    void counted(const QString& groups);
    void said(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeBar();
    QWidget* makeBody();
    void makeKeys();
    void choosePeriod();
    void showGroups();
    void showCurrent();
    void showState();
    void pressStrip();
    void change(domain::JobAction action);
    void showJobs();
    void showValue(size_t place, const QString& value);
    const domain::ErrorGroup* current() const;

    service::Session& m_session;
    service::ErrorGroupFeed* m_feed;
    ErrorGroupsModel* m_model;
    QPushButton* m_retry;
    QPushButton* m_delete;
    QPushButton* m_show;
    QComboBox* m_period;
    Label* m_total;
    Strip* m_strip;
    QSplitter* m_splitter;
    DataTable* m_table;
    ErrorGroupView* m_view;
    QScrollArea* m_pane;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    std::stop_source m_asking; ///< for the jobs of a group
    QTimer m_minute;
    QString m_wanted; ///< the signature to choose; null: none
    bool m_isSearching = false;
};

} // namespace queuedeck::ui
