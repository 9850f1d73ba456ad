// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/engineservice.h"

namespace queuedeck::ui {

/// What a person chose for the engine of this computer on one database.
struct EngineChoices
{
    service::EngineSettings engine; ///< of the engine that stays; a round takes `round` jobs
    int round = 10;                 ///< as the endpoint does by default

    /// Of the settings file, where databases are told apart by a digest of their masked address.
    static EngineChoices load(const QString& address);
    void save(const QString& address) const;
};

/// The group of the settings file that belongs to a database.
QString settingsGroup(const QString& address);

} // namespace queuedeck::ui
