// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/preflight.h"
#include "ui/widgets/dialog.h"

class QPushButton;

namespace queuedeck::ui {

/// What is asked before running jobs from another application's table.
struct PreflightQuestion
{
    QString title;             ///< "Start the engine on shop?"
    QString go;                ///< "Start Engine"
    int mostJobs = 0;          ///< of a round; 0: all pending jobs, and new ones
    int stopAfterFailures = 0; ///< 0: never
};

/// Shown before an engine starts on a table that others use: what is pending, and what of it would
/// fail at once. `goWanted` means yes.
class PreflightDialog : public Dialog
{
    Q_OBJECT

public:
    PreflightDialog(const PreflightQuestion& question,
                    const base::Result<domain::Preflight>& preflight, QWidget* parent);

Q_SIGNALS:
    void goWanted();

private:
    void show(const domain::Preflight& preflight, const PreflightQuestion& question);

    QPushButton* m_go;
};

} // namespace queuedeck::ui
