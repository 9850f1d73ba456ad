// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

namespace queuedeck::domain {

/// Where a text written by a person (a filter, a cron expression) is wrong, and what to write
/// instead.
struct TextError
{
    qsizetype position = 0; ///< first wrong character
    qsizetype length = 0;
    base::Sentence message; ///< "attempts needs a number, as in attempts>=3."
};

} // namespace queuedeck::domain
