// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "ui/widgets/panel.h"

#include <QTimer>

class QPushButton;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class DataTable;
class WorkersModel;

/// What runs on this computer now, read every second while visible.
class WorkersPanel : public Panel
{
    Q_OBJECT

public:
    explicit WorkersPanel(service::Session& session, QWidget* parent = nullptr);

    void setShown(bool isShown);
    QWidget* focusTarget() const;

Q_SIGNALS:
    void jobWanted(const queuedeck::domain::JobId& id);
    void cancelWanted(const queuedeck::domain::JobId& id);

private:
    void read();
    void updateCancel();

    service::Session& m_session;
    WorkersModel* m_model;
    DataTable* m_table;
    QPushButton* m_cancel;
    QStackedLayout* m_stack;
    QTimer m_tick;
};

} // namespace queuedeck::ui
