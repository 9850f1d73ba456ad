// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "ui/palette/paletteitem.h"

#include <functional>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {
class JobsPage;
class PaletteDialog;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// Has the palette find jobs by the beginning of their id. `session` lives as long as the palette;
/// `showJob` is called for the job that is chosen.
void findJobsFor(ui::PaletteDialog& palette, service::Session& session,
                 const std::function<void(const domain::JobId&)>& showJob);

/// The views of the page of jobs; `show` is called with the id of the one that is chosen.
ui::PaletteItems viewItems(const ui::JobsPage& jobs,
                           const std::function<void(const QString&)>& show);

} // namespace queuedeck::app
