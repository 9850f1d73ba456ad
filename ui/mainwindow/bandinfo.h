// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace queuedeck::ui {

/// What the band says about the connection, ready to show.
struct BandInfo
{
    Environment environment = Environment::Local;
    QString name;        ///< "leora-production"
    QString server;      ///< "PostgreSQL 15 · db.leora.example · pooler"
    QString mode;        ///< "beside the web application"
    QString level;       ///< "Type the name"
    QString rights = {}; ///< what this user may do, for the tip of the level

    bool operator==(const BandInfo&) const = default;
};

/// How fresh the data shown is.
struct LiveState
{
    bool isPaused = false;
    std::chrono::seconds interval{2};
    QDateTime snapshotAt; ///< UTC by this computer's clock; invalid = nothing read yet
    QString reason;       ///< why it is stale, for the tooltip
};

} // namespace queuedeck::ui
