// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/vocabularyfeed.h"

#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "core/service/snapshotfeed.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
constexpr int kSampleSize = 1000;
constexpr qint64 kFreshMs = 5 * 60 * 1000;
constexpr qint64 kAgainMs = 20 * 1000; // while there are no paths
} // namespace

VocabularyFeed::VocabularyFeed(JobService& jobs, const SnapshotFeed& snapshots, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_snapshots(snapshots)
{
}

domain::QueryVocabulary VocabularyFeed::current() const
{
    const domain::QueueSnapshot& snapshot = m_snapshots.current();
    const bool isKnown = snapshot.takenAt.isValid();
    const auto counted = [isKnown](qint64 count) { return isKnown ? count : -1; };
    domain::QueryVocabulary words;
    words.statuses = {{u"pending"_s, counted(snapshot.counts.pending)},
                      {u"processing"_s, counted(snapshot.counts.processing)},
                      {u"completed"_s, counted(snapshot.counts.completed)},
                      {u"failed"_s, counted(snapshot.counts.failed)},
                      {u"unknown"_s, counted(snapshot.counts.other)}};
    words.conditions = {{u"dead"_s, counted(snapshot.dead)}, {u"stuck"_s, counted(snapshot.stuck)}};
    for (auto it = snapshot.byType.cbegin(); it != snapshot.byType.cend(); ++it) {
        if (!it.key().isEmpty())
            words.types += {it.key(), it->total()};
    }
    std::stable_sort(words.types.begin(), words.types.end(),
                     [](const auto& one, const auto& other) { return one.count > other.count; });
    words.paths = m_sample.paths;
    words.sampled = m_sample.sampled;
    words.today = QDateTime::currentDateTimeUtc().date();
    return words;
}

void VocabularyFeed::want()
{
    const qint64 fresh = m_sample.sampled > 0 ? kFreshMs : kAgainMs;
    if (m_isAsking || (m_sampled.isValid() && !m_sampled.hasExpired(fresh)))
        return;
    m_isAsking = true;
    m_sampled.start();
    async::deliver(m_jobs.samplePayloads(kSampleSize), this,
                   [this](const base::Result<domain::PayloadSample>& sample) {
                       m_isAsking = false;
                       if (!sample)
                           return; // what was known stays; asked again when it is wanted
                       m_sample = *sample;
                       Q_EMIT changed();
                   });
}

} // namespace queuedeck::service
