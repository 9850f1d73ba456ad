// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/preflight.h"
#include "ui/widgets/dialog.h"

class QPushButton;

namespace queuedeck::ui {

/// What is asked before jobs of somebody else's table are run.
struct PreflightQuestion
{
    QString title;             ///< "Start the engine on shop?"
    QString go;                ///< "Start Engine"
    int mostJobs = 0;          ///< of a round; 0: all that wait, and what comes
    int stopAfterFailures = 0; ///< 0: never
};

/// Before an engine starts on a table that others use: what waits, and what of it would fail at
/// once. `goWanted` is the answer yes.
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
