// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertsample.h"

namespace queuedeck::alerts {

Figure figureOf(const Condition& condition, const QString& type)
{
    const SeriesInfo& info = infoOf(condition.series);
    return {condition.series, info.isByType ? type : QString(),
            info.isWindowed ? condition.window : std::chrono::seconds(0)};
}

Figure finishedOf(const Figure& share)
{
    return {Series::Finished, share.type, share.window};
}

Figures figuresOf(const Rules& rules)
{
    Figures figures;
    for (const Rule& rule : rules) {
        if (!rule.isOn)
            continue;
        for (const Condition& condition : rule.when) {
            const Figure figure = figureOf(condition, rule.type);
            figures.insert(figure);
            if (figure.series == Series::FailedShare)
                figures.insert(finishedOf(figure));
        }
    }
    return figures;
}

} // namespace queuedeck::alerts
