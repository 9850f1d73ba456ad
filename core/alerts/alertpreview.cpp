// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertpreview.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace queuedeck::alerts {

using base::Sentence;
using domain::HistoryBucket;
using std::chrono::milliseconds;

namespace {
// Pending itself is not recorded, but what came and what finished is: enough to say whether it
// rises.
bool isRecorded(const Condition& condition)
{
    return infoOf(condition.series).isRecorded ||
           (condition.series == Series::Pending && condition.test == Test::Rising);
}

Sentence whyNot(const Rule& rule)
{
    for (const Condition& condition : rule.when) {
        if (!isRecorded(condition))
            return Sentence::tr("%1 is not recorded, so this cannot be tried out.")
                .arg(seriesName(condition.series));
        if (condition.series == Series::Pending && !rule.type.isEmpty())
            return Sentence::tr("What comes is not recorded by type, so this cannot be tried out.");
    }
    return {};
}

// The figures of a step. A share over a shorter window is that of the step.
Sample sampleOf(const Rule& rule, const HistoryBucket& bucket, milliseconds step, double pending)
{
    Sample sample{bucket.from.addMSecs(step.count()), step};
    for (const Condition& condition : rule.when) {
        const Figure figure = figureOf(condition, rule.type);
        const double finished = double(bucket.figures.finished());
        switch (condition.series) {
        case Series::OldestPending:
            if (bucket.oldestPending)
                sample.values[figure] = double(bucket.oldestPending->count());
            break;
        case Series::Pending: sample.values[figure] = pending; break;
        case Series::Finished: {
            const double windows =
                double(step.count()) / double(milliseconds(condition.window).count());
            sample.values[figure] =
                condition.test == Test::Missing || windows < 1 ? finished : finished / windows;
            break;
        }
        case Series::FailedShare:
            sample.values[finishedOf(figure)] = finished;
            if (finished > 0)
                sample.values[figure] = 100.0 * double(bucket.figures.failed) / finished;
            break;
        default: break;
        }
    }
    return sample;
}
} // namespace

AlertPreview previewOf(const Rule& rule, const domain::History& history)
{
    AlertPreview preview;
    preview.whyNot = whyNot(rule);
    if (!preview.whyNot.isEmpty() || rule.when.isEmpty())
        return preview;
    Rule tried = rule;
    tried.isOn = true;
    const milliseconds step = domain::lengthOf(history.step);
    AlertMachine machine;
    double pending = 0;
    for (const HistoryBucket& bucket : history.buckets) {
        const QDateTime end = bucket.from.addMSecs(step.count());
        if (!history.begunAt.isValid() || end <= history.begunAt) {
            preview.curve.emplaceBack(bucket.from, std::nullopt);
            continue;
        }
        pending += double(bucket.enqueued.value_or(0) - bucket.figures.finished());
        const Sample sample = sampleOf(tried, bucket, step, pending);
        preview.curve.emplaceBack(bucket.from,
                                  sample.value(figureOf(tried.when.first(), tried.type)));
        preview.watched += std::chrono::duration_cast<std::chrono::seconds>(step);
        for (const AlertEvent& event : machine.take({tried}, sample, 2 * step)) {
            if (event.kind == AlertEvent::Kind::Began)
                preview.outages += AlertPreview::Outage{bucket.from, {}, event.peak};
            else if (!preview.outages.isEmpty())
                preview.outages.last().ended = bucket.from;
        }
        if (!preview.outages.isEmpty() && machine.isOn(tried.id))
            preview.outages.last().peak = machine.peak(tried.id);
    }
    return preview;
}

} // namespace queuedeck::alerts
