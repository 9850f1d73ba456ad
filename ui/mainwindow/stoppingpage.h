// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"

namespace queuedeck::ui {

/// What the window says while the jobs that run here are handed back.
class StoppingPage : public Page
{
    Q_OBJECT

public:
    explicit StoppingPage(int runningJobs, QWidget* parent = nullptr);
};

} // namespace queuedeck::ui
