// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/progress.h"

namespace queuedeck::ui {

/// "40 %, reading the file"; one of the two where the other is not known. 100 % means done.
QString progressText(const domain::Progress& progress);

} // namespace queuedeck::ui
