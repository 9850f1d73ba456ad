// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/schedule.h"
#include "ui/widgets/dialog.h"

namespace queuedeck::ui {

/// How the last runs of a schedule ended, the newest first.
class OutcomesDialog : public Dialog
{
    Q_OBJECT

public:
    OutcomesDialog(const service::Schedule& schedule,
                   const QVector<service::ScheduleOutcome>& outcomes, QWidget* parent);
};

} // namespace queuedeck::ui
