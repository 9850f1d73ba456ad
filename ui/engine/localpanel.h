// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/engineservice.h"
#include "ui/widgets/panel.h"

class QSpinBox;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class Label;

/// The engine of this computer: whether it runs, what it has done, how many jobs at a time, which
/// types it can run. Starting and stopping are the program's actions.
class LocalPanel : public Panel
{
    Q_OBJECT

public:
    LocalPanel(service::Session& session, const ActionSet& actions, QWidget* parent = nullptr);

    /// As set here; kept on this computer.
    service::EngineSettings settings() const;

Q_SIGNALS:
    void settingsChanged(const queuedeck::service::EngineSettings& settings);

private:
    void showState();
    void showTypes();

    service::Session& m_session;
    Label* m_state;
    Label* m_done;
    Label* m_types;
    QSpinBox* m_concurrency;
    int m_processed = 0;
    int m_failed = 0;
};

} // namespace queuedeck::ui
