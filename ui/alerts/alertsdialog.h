// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/service/alertservice.h"
#include "ui/widgets/dialog.h"

#include <QTimer>

#include <map>

class QListView;
class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class AlertHistoryModel;
class ChannelsForm;
class DataTable;
class PreviewView;
class RuleEditor;
class RulesModel;

/// The alert rules of a database, how people are told, and what became of them. A rule that is
/// edited is tried out on the recorded history at once; nothing changes before Save. GUI thread.
class AlertsDialog : public Dialog
{
    Q_OBJECT

public:
    /// Both must outlive it.
    AlertsDialog(service::Session& session, service::AlertService& alerts, QWidget* parent);

Q_SIGNALS:
    /// The jobs that a past alert was about, as a filter.
    void jobsWanted(const QString& filter);

private:
    QWidget* makeLeft();
    QWidget* makeRight();
    QWidget* makeHistory();
    void load();
    void select(int row);
    int currentRow() const;
    void keepEdited();
    void addRule(const alerts::Rule& rule);
    void duplicate();
    void removeCurrent();
    void refresh();
    void refreshHistory();
    void act(const QModelIndex& index);
    void preview();
    void readHistory(const QString& type);
    void sendTest(const QString& address);
    void readHost();
    void save();
    void store();
    void showProblem(const QString& problem);
    std::pair<QString, bool> stateOf(const alerts::Rule& rule) const;

    service::Session& m_session;
    service::AlertService& m_alerts;
    service::KeyService m_keys;
    RulesModel* m_rules;
    QListView* m_list;
    Label* m_count;
    Label* m_title;
    QPushButton* m_duplicate;
    QPushButton* m_remove;
    RuleEditor* m_editor;
    PreviewView* m_preview;
    ChannelsForm* m_channels;
    AlertHistoryModel* m_history;
    DataTable* m_table;
    Label* m_historyNote;
    QPushButton* m_keep;
    QPushButton* m_go;
    QTimer m_previewSoon{this};
    std::map<QString, domain::History> m_histories; ///< by type, as read for previews
    QString m_asked;                                ///< the type being read; "\n": none
    bool m_isSelecting = false;
};

} // namespace queuedeck::ui
