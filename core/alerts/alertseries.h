// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QString>
#include <QVector>

#include <optional>

namespace queuedeck::alerts {

/// A figure of a queue that changes with time and that a rule can watch.
enum class Series {
    OldestPending,    ///< seconds: the age of the oldest job that can still run; 0: none waits
    Pending,          ///< jobs
    Processing,       ///< jobs
    Finished,         ///< jobs completed or failed for good, in a window of minutes
    FailedShare,      ///< percent of the finished ones that failed, in a window of minutes
    Stuck,            ///< jobs processing without a live lease
    Dead,             ///< pending jobs with all attempts used
    Engines,          ///< Queuedeck engines with a heartbeat
    EndpointFailures, ///< calls of the web application's endpoint in a row without a 200
    Database,         ///< 1: it answers; 0: it does not
};

enum class Unit { Seconds, Jobs, Percent, Engines, Calls, Answers };

/// What holds for a series, whatever its value.
struct SeriesInfo
{
    Series series;
    QString word; ///< in files and in JSON: "oldest-pending"
    Unit unit;
    bool isByType;   ///< known for one type of jobs, too
    bool isWindowed; ///< counted over a window of minutes
    bool isRecorded; ///< the history of the queue has it, so that a rule can be tried out on it
};

const QVector<SeriesInfo>& allSeries();
const SeriesInfo& infoOf(Series series);
std::optional<Series> seriesFromWord(const QString& word);
/// "Oldest pending"
base::Sentence seriesName(Series series);

/// A value of a series with its unit: "6.2 min", "9.6 %", "12".
QString valueText(Series series, double value);

} // namespace queuedeck::alerts
