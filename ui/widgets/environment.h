// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::ui {

/// What kind of database a person works on; shape, word and colour of the band follow from it.
enum class Environment { Local, Test, Staging, Production };

} // namespace queuedeck::ui
