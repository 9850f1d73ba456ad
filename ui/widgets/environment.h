// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/connectionrules.h"

namespace queuedeck::ui {

using domain::Environment;
using domain::Safety;

} // namespace queuedeck::ui
