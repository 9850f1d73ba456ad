// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/session.h"
#include "ui/engine/enginechoices.h"

#include <QObject>

#include <functional>
#include <stop_token>

class QWidget;

namespace queuedeck::ui {

class ActionSet;
class Notifier;
struct PreflightQuestion;

/// Runs the processor from the window: one job, one round, or an engine that runs until stopped. On
/// another application's table, what would run is shown first.
class ProcessAction : public QObject
{
    Q_OBJECT

public:
    ProcessAction(service::Session& session, ActionSet& actions, Notifier& notifier,
                  QWidget* window);
    ~ProcessAction() override;

    /// The settings for the next engine start and the next round.
    void setChoices(const EngineChoices& choices);

Q_SIGNALS:
    void stopping(); ///< the user has stopped what runs; it takes a moment
    void jobWanted(const queuedeck::domain::JobId& id);

private:
    void enable();
    /// Runs `go`; on another application's table only after the user has seen what would run.
    void preflight(const PreflightQuestion& question, const std::function<void()>& go);
    void start();
    void processNow();
    void step();

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    QWidget* m_window;
    EngineChoices m_choices;
    std::stop_source m_stop;
    bool m_isProcessing = false;
    bool m_isStopping = false;
    bool m_isLooking = false; ///< checking what would run
};

} // namespace queuedeck::ui
