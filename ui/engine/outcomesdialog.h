// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"
#include "ui/widgets/dialog.h"

namespace queuedeck::ui {

/// How the last runs of a schedule ended, the newest first.
class OutcomesDialog : public Dialog
{
    Q_OBJECT

public:
    OutcomesDialog(const schedule::Schedule& schedule,
                   const QVector<schedule::ScheduleOutcome>& outcomes, QWidget* parent);
};

} // namespace queuedeck::ui
