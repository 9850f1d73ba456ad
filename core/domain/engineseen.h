// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "core/domain/progress.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace queuedeck::domain {

/// An engine without a heartbeat for this long counts as dead; its jobs are freed earlier.
constexpr std::chrono::seconds kEngineSilent{60};

/// An engine that has sent heartbeats to this database, here or on another machine.
struct EngineSeen
{
    QString id; ///< host/pid/four digits
    QString host;
    qint64 pid = 0;
    QString version;
    QDateTime startedAt; ///< UTC, the database's clock
    QDateTime seenAt;    ///< its last heartbeat, every 10 s while it lives
    QString state;
    int jobs = 0; ///< that it holds with a live lease

    bool isSilent(const QDateTime& now) const { return seenAt.addDuration(kEngineSilent) < now; }
    bool isThisProgram() const;

    bool operator==(const EngineSeen&) const = default;
};

/// A job that a handler of this program is running now.
struct RunningJob
{
    JobId id;
    QString type;
    int attempt = 1;
    std::chrono::milliseconds running{0};
    Progress progress = {}; ///< as its handler said last

    bool operator==(const RunningJob&) const = default;
};

} // namespace queuedeck::domain
