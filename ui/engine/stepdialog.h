// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/service/engineservice.h"
#include "ui/widgets/dialog.h"

#include <stop_token>

class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;
class LinesTable;
class Strip;

/// Runs one job at a time and shows its row before and after: to see what a handler does before an
/// engine is let loose on a queue.
class StepDialog : public Dialog
{
    Q_OBJECT

public:
    StepDialog(service::Session& session, const service::EngineSettings& settings, QWidget* parent);
    ~StepDialog() override;

Q_SIGNALS:
    void jobWanted(const queuedeck::domain::JobId& id);

private:
    void step();
    void showReport(const base::Result<service::StepReport>& report);
    void showRow(const service::StepReport& report);

    service::Session& m_session;
    const service::EngineSettings m_settings;
    domain::JobId m_job;
    std::stop_source m_stop;
    Label* m_title;
    LinesTable* m_row;
    Strip* m_said;
    QPushButton* m_open;
    QPushButton* m_go;
};

} // namespace queuedeck::ui
