// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/payloadsampler.h"

#include "core/domain/payloadsurvey.h"
#include "core/store/jobreader.h"

#include <QElapsedTimer>

#include <algorithm>

namespace queuedeck::store {

namespace {
constexpr qint64 kEnoughMs = 1000;
constexpr qint64 kEnoughBytes = 16 * 1024 * 1024;
constexpr qint64 kStepBytes = 1024 * 1024;
constexpr qsizetype kLargest = 64 * 1024; // a larger one is not looked into
constexpr int kFirstStep = 4, kLargestStep = 250;
} // namespace

base::Result<domain::PayloadSample> samplePayloads(JobReader& jobs, int most)
{
    QElapsedTimer clock;
    clock.start();
    domain::PageRequest request;
    request.limit = most;
    const auto newest = jobs.page(request);
    if (!newest)
        return newest.error();
    domain::PayloadSurvey survey;
    qint64 bytes = 0;
    qsizetype from = 0;
    qsizetype step = kFirstStep;
    while (from < newest->jobs.size() && bytes < kEnoughBytes && clock.elapsed() < kEnoughMs) {
        domain::JobIds ids;
        for (qsizetype i = from; i < std::min(from + step, newest->jobs.size()); ++i)
            ids += newest->jobs[i].id;
        const auto contents = jobs.contents(ids);
        if (!contents)
            return contents.error();
        for (const domain::JobContent& content : *contents) {
            bytes += content.payload.size();
            if (content.payload.size() <= kLargest)
                survey.add(content.payload);
        }
        from += ids.size();
        step =
            std::clamp<qsizetype>(kStepBytes * from / std::max<qint64>(bytes, 1), 1, kLargestStep);
    }
    return domain::PayloadSample{survey.paths(), survey.sampled()};
}

} // namespace queuedeck::store
