// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/engineservice.h"
#include "core/service/session.h"

namespace queuedeck::ui {

/// What a person chose for the engine of this computer on one database.
struct EngineChoices
{
    service::EngineSettings engine; ///< of the engine that stays; a round takes `round` jobs
    int round = 10;                 ///< as the endpoint does by default

    static constexpr int kMostFailures = 1000; ///< that a person may choose for a halt

    /// Of the settings file.
    static EngineChoices load(const service::SessionInfo& database);
    void save(const service::SessionInfo& database) const;
};

} // namespace queuedeck::ui
