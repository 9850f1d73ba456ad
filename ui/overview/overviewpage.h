// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "core/domain/history.h"
#include "core/domain/snapshot.h"
#include "ui/widgets/page.h"

#include <QDeadlineTimer>

class QBoxLayout;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class DataTable;
class EmptyState;
class FailuresModel;
class HistoryPane;
class OverviewCards;
class Panel;
class Strip;
class TypesModel;
class WorkingPanel;

/// Whether the queue is well: its figures from one snapshot, the types, the newest failures. Every
/// figure leads to the jobs it counts.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(service::Session& session, QWidget* parent = nullptr);

    QList<QWidget*> regions() override;
    QWidget* mainWidget() override;
    SidebarModel* sidebar() override;

Q_SIGNALS:
    void jobsWanted(const QString& filter);
    void jobWanted(const queuedeck::domain::JobId& id);
    void errorsWanted(); ///< failed jobs grouped by their errors
    /// The user wants to see about creating Queuedeck's own tables here.
    void tablesWanted();
    void engineWanted();
    /// A chart was saved at this path.
    void chartSaved(const QString& path);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showHistory(const domain::History& history);
    QWidget* makeTables(const QStringList& handledTypes);
    void show(const domain::QueueSnapshot& snapshot);
    void readFindings();
    void sayTheWorst();
    void pressStrip();
    void confirm();
    void showTime();

    service::Session& m_session;
    Strip* m_strip;
    OverviewCards* m_cards;
    HistoryPane* m_history;
    TypesModel* m_types = nullptr;
    FailuresModel* m_failures = nullptr;
    Panel* m_typesPanel = nullptr;
    DataTable* m_typesTable = nullptr;
    DataTable* m_failuresTable = nullptr;
    Panel* m_failuresPanel = nullptr;
    QStackedLayout* m_failuresStack = nullptr;
    WorkingPanel* m_working = nullptr;
    QBoxLayout* m_foot = nullptr; ///< failures and who is working
    QDateTime m_trueAt; ///< UTC by this computer's clock: the last moment the figures were true
    domain::Diagnosis m_diagnosis;
    QDeadlineTimer m_findingsHold{0}; ///< until then, no new diagnosis
    QString m_stripFilter;            ///< what the strip's button lists; empty: it creates tables
};

} // namespace queuedeck::ui
