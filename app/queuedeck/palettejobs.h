// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <functional>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {
class PaletteDialog;
}

namespace queuedeck::app {

/// Has the palette find jobs by the beginning of their id. `session` lives as long as the palette;
/// `showJob` is called for the job that is chosen.
void findJobsFor(ui::PaletteDialog& palette, service::Session& session,
                 const std::function<void(const domain::JobId&)>& showJob);

} // namespace queuedeck::app
