// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/ids.h"

#include <QDeadlineTimer>
#include <QMap>
#include <QStringList>
#include <QVector>

#include <chrono>
#include <functional>
#include <optional>

namespace queuedeck::diagnosis {

/// When something counts as wrong, and how long may be spent on finding out.
struct Limits
{
    std::chrono::milliseconds eachCheck{400};
    std::chrono::milliseconds all{2500};
    std::chrono::milliseconds endpoint{4000}; ///< since the diagnosis began
    std::chrono::milliseconds busy{500};      ///< of a SQLite file
    std::chrono::seconds waitsTooLong{900};   ///< a pending job, while nothing is processed
    std::chrono::seconds longTransaction{300};
    std::chrono::seconds clockSkew{5};
    qint64 manyRows = 10'000;                   ///< from here on a claim needs its index
    qint64 largestWal = 256 * 1024 * 1024;      ///< bytes
    qint64 leastFreeDisk = 512LL * 1024 * 1024; ///< bytes
};

/// What an endpoint says about its queue.
struct EndpointAnswer
{
    QString address;
    qint64 pending = 0;
    bool isCapped = false;
    QVector<domain::JobId> jobs; ///< the oldest, as many as it names
};

/// What must be known from outside the database. A value, but for the functions, which are called
/// on the thread of the diagnosis.
struct Surroundings
{
    struct Handler
    {
        QString type;           ///< empty: the folder of the user's handlers
        base::Sentence problem; ///< why the type is not run; empty: it is
        bool isBuiltIn = true;
    };
    struct Schedule
    {
        QString name;
        int missed = 0;         ///< runs in a row, the newest ones
        base::Sentence failure; ///< of the newest run; empty: none
    };

    QVector<Handler> handlers;
    QMap<QString, base::Sentence> missingKeys; ///< type → what is missing, where Queuedeck runs it
    QVector<Schedule> schedules;               ///< enabled ones
    bool isEngineRunning = false;              ///< in this program
    QString version;                           ///< of this program
    /// Opens the file for writing without writing, to see whether somebody holds it; empty where
    /// that is not allowed. Timeout or Unreachable: it is held.
    std::function<base::Status(std::chrono::milliseconds)> tryToWrite = {};
    /// Waits for the endpoint; empty: none is configured.
    std::function<base::Result<EndpointAnswer>(QDeadlineTimer)> endpoint = {};
    const base::Clock* clock = &base::Clock::system();
};

} // namespace queuedeck::diagnosis
