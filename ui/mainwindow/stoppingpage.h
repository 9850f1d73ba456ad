// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"

namespace queuedeck::ui {

/// What the window shows while the jobs running here are handed back. `title`: "Stopping, 2 jobs,
/// up to 20 s".
class StoppingPage : public Page
{
    Q_OBJECT

public:
    StoppingPage(const QString& title, int runningJobs, QWidget* parent = nullptr);
};

} // namespace queuedeck::ui
