// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QString>

namespace queuedeck::service {

/// Whether pictures can be read by Claude, for display.
struct ClaudeInfo
{
    bool hasKey = false;
    QString key;     ///< where the key is, or that there is none: "In the keychain."
    QString model;   ///< claude-haiku-5-5
    QString address; ///< the host that pictures are sent to
    qint64 tokensToday = 0;
    qint64 tokensPerDay = 0;
    base::Sentence trouble; ///< why pictures are not being read; empty while all is well
};

} // namespace queuedeck::service
