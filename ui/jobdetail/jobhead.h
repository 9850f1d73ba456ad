// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobrules.h"

#include <QWidget>

class QGridLayout;
class QPushButton;
class QToolButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class CopyButton;
class ElidedLabel;
class MarkLabel;

/// The head of the detail pane: which job, in what state, and what can be done with it.
class JobHead : public QWidget
{
    Q_OBJECT

public:
    JobHead(const ActionSet& actions, service::Session& session, QWidget* parent = nullptr);

    void setJob(const domain::Job& job);
    /// No job, or one that is gone: nothing can be done with it.
    void setOff(const QString& why);
    void setCompact(bool compact);

Q_SIGNALS:
    void actionWanted(queuedeck::domain::JobAction action);
    void editWanted(); ///< as a new job
    void closeWanted();
    void copied(const QString& text);

private:
    struct ActionButton
    {
        domain::JobAction action;
        QPushButton* button;
        QString tip;
    };

    QString whyNot(domain::JobAction action, const domain::Job& job) const;

    service::Session& m_session;
    MarkLabel* m_mark;
    ElidedLabel* m_type;
    QToolButton* m_close;
    ElidedLabel* m_id;
    CopyButton* m_copy;
    QVector<ActionButton> m_buttons;
    QPushButton* m_edit;
    QWidget* m_titleRow;
    QWidget* m_idRow;
    QWidget* m_buttonRow;
    QGridLayout* m_layout;
};

} // namespace queuedeck::ui
