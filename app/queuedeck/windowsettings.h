// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/settingitem.h"

namespace queuedeck::service {
class Session;
}
namespace queuedeck::ui {
class ActionSet;
class MainWindow;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// What can be set: for the program, and, if a database is open, for its connection. `window` and
/// what it shows must outlive the items.
ui::SettingItems windowSettings(ui::ActionSet& actions, ui::MainWindow& window,
                                service::Session* session);

} // namespace queuedeck::app
