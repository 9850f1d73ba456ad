// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QObject>

#include <stop_token>

class QWidget;

namespace queuedeck::service {
class Session;
struct ProcessReport;
} // namespace queuedeck::service

namespace queuedeck::ui {

class ActionSet;
class Notifier;

/// The local engine at a person's hand: Start, Stop, and Process Now, which runs up to 10 pending
/// jobs once. Nothing blocks meanwhile; a second Process Now ends the round that is running.
class ProcessAction : public QObject
{
    Q_OBJECT

public:
    ProcessAction(service::Session& session, ActionSet& actions, Notifier& notifier,
                  QWidget* window);
    ~ProcessAction() override;

    bool isProcessing() const { return m_isProcessing; }
    /// Ends a round that is running in good order.
    void stop();

Q_SIGNALS:
    /// A round of Process Now has begun or ended, for a strip with a Stop button.
    void processingChanged(bool isProcessing);
    void progressed(const QString& text);

private:
    void process();
    void processed(const service::ProcessReport& report);
    void failed(const base::Error& error);
    void updateActions();

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    QWidget* m_window;
    std::stop_source m_stop;
    bool m_isProcessing = false;
    bool m_isStopping = false;
};

} // namespace queuedeck::ui
