// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/engineservice.h"
#include "core/service/session.h"

namespace queuedeck::ui {

/// The user's settings for this computer's engine on one database.
struct EngineChoices
{
    service::EngineSettings engine; ///< of the continuous engine; a round takes `round` jobs
    int round = 10;                 ///< the endpoint's default
    service::PictureChoices pictures;

    static constexpr int kMostFailures = 1000; ///< the highest limit that can be chosen

    /// From the settings file.
    static EngineChoices load(const service::SessionInfo& database);
    void save(const service::SessionInfo& database) const;
};

} // namespace queuedeck::ui
