// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace queuedeck::domain {

/// An engine that has given a sign of life in this database, here or on another machine.
struct EngineSeen
{
    QString id; ///< host/pid/four digits
    QString host;
    qint64 pid = 0;
    QString version;
    QDateTime startedAt; ///< UTC, the database's clock
    QDateTime seenAt;    ///< its last sign, every 10 s while it lives
    QString state;
    int jobs = 0; ///< that it holds under a live lease

    bool operator==(const EngineSeen&) const = default;
};

/// Without a sign for so long an engine is taken for dead; its jobs have been freed before.
constexpr std::chrono::seconds kEngineSilent{60};

/// A job that a handler of this program runs at this moment.
struct RunningJob
{
    JobId id;
    QString type;
    int attempt = 1;
    std::chrono::milliseconds running{0};

    bool operator==(const RunningJob&) const = default;
};

} // namespace queuedeck::domain
