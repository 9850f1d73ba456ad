// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertseries.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

using base::Sentence;

const QVector<SeriesInfo>& allSeries()
{
    static const QVector<SeriesInfo> all{
        {Series::OldestPending, u"oldest-pending"_s, Unit::Seconds, false, false, true},
        {Series::Pending, u"pending"_s, Unit::Jobs, true, false, false},
        {Series::Processing, u"processing"_s, Unit::Jobs, true, false, false},
        {Series::Finished, u"finished"_s, Unit::Jobs, true, true, true},
        {Series::FailedShare, u"failed-share"_s, Unit::Percent, true, true, true},
        {Series::Stuck, u"stuck"_s, Unit::Jobs, false, false, false},
        {Series::Dead, u"dead"_s, Unit::Jobs, false, false, false},
        {Series::Engines, u"engines"_s, Unit::Engines, false, false, false},
        {Series::EndpointFailures, u"endpoint-failures"_s, Unit::Calls, false, false, false},
        {Series::Database, u"database"_s, Unit::Answers, false, false, false},
    };
    return all;
}

const SeriesInfo& infoOf(Series series)
{
    return *std::find_if(allSeries().begin(), allSeries().end(),
                         [series](const SeriesInfo& info) { return info.series == series; });
}

std::optional<Series> seriesFromWord(const QString& word)
{
    for (const SeriesInfo& info : allSeries()) {
        if (info.word == word)
            return info.series;
    }
    return {};
}

Sentence seriesName(Series series)
{
    switch (series) {
    case Series::OldestPending: return Sentence::tr("Oldest pending");
    case Series::Pending: return Sentence::tr("Pending");
    case Series::Processing: return Sentence::tr("Processing");
    case Series::Finished: return Sentence::tr("Finished");
    case Series::FailedShare: return Sentence::tr("Failed");
    case Series::Stuck: return Sentence::tr("Stuck jobs");
    case Series::Dead: return Sentence::tr("Dead jobs");
    case Series::Engines: return Sentence::tr("Engines");
    case Series::EndpointFailures: return Sentence::tr("Endpoint failures");
    case Series::Database: break;
    }
    return Sentence::tr("Database");
}

namespace {
// At most one decimal, and none that says nothing: "6.2", "12".
QString number(double value)
{
    const bool isWhole = value >= 100 || std::abs(value - std::round(value)) < 0.05;
    return QString::number(value, 'f', isWhole ? 0 : 1);
}

QString ageText(double seconds)
{
    if (seconds < 120)
        return u"%1 s"_s.arg(number(std::round(seconds)));
    if (seconds < 2 * 3600)
        return u"%1 min"_s.arg(number(seconds / 60));
    if (seconds < 2 * 86'400)
        return u"%1 h"_s.arg(number(seconds / 3600));
    return u"%1 d"_s.arg(number(seconds / 86'400));
}
} // namespace

QString valueText(Series series, double value)
{
    switch (infoOf(series).unit) {
    case Unit::Seconds: return ageText(value);
    case Unit::Percent: return u"%1 %"_s.arg(number(value));
    case Unit::Jobs:
    case Unit::Engines:
    case Unit::Calls:
    case Unit::Answers: break;
    }
    return QString::number(std::llround(value));
}

} // namespace queuedeck::alerts
