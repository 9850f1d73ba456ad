// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/engineservice.h"

#include "core/service/session.h"

#include <QObject>

#include <stop_token>

class QWidget;

namespace queuedeck::ui {

class ActionSet;
class Notifier;

/// Running the processor from the window: one round, or an engine that stays until it is stopped.
class ProcessAction : public QObject
{
    Q_OBJECT

public:
    static constexpr int kRound = 10; ///< jobs of one round, as the endpoint does by default

    ProcessAction(service::Session& session, ActionSet& actions, Notifier& notifier,
                  QWidget* window);
    ~ProcessAction() override;

    /// What the engine that is started next, and the next round, work with.
    void setSettings(const service::EngineSettings& settings) { m_settings = settings; }

private:
    void enable();
    void processNow();

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    service::EngineSettings m_settings;
    std::stop_source m_stop;
    bool m_isProcessing = false;
    bool m_isStopping = false;
};

} // namespace queuedeck::ui
