// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/cron.h"

namespace queuedeck::domain {

/// An expression in plain English: "every 5 minutes", "at 02:30 on Mondays", "at 09:00 on day 1 of
/// the month". Exact and complete. The window makes its translated text from the fields of Cron
/// instead, as ui/notice does for errors.
QString cronInWords(const Cron& cron);

} // namespace queuedeck::domain
