// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QIcon>

namespace queuedeck::ui {

/// The icon of a window in the task bar: on production it carries a solid mark, so that windows can
/// be told apart before one is chosen.
QIcon environmentIcon(Environment environment);

} // namespace queuedeck::ui
