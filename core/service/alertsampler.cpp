// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/alertsampler.h"

#include "core/async/deliver.h"
#include "core/base/clock.h"
#include "core/remote/remoteservice.h"
#include "core/service/changefeed.h"
#include "core/service/historyservice.h"
#include "core/service/jobservice.h"
#include "core/service/keyservice.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"

namespace queuedeck::service {

using alerts::Figure;
using alerts::Series;
using domain::QueueMode;
using Finished = FinishTally::Finished;

namespace {
constexpr std::chrono::seconds kLostEvery{5};
constexpr qint64 kReadEvery = 20'000; // ms
constexpr qint64 kReadIsOld = 70'000; // ms: then it is not known any more
constexpr qint64 kCallEvery = 60'000; // ms
constexpr std::chrono::seconds kCallWithin{20};

qint64 nowMs()
{
    return base::Clock::system().now().toMSecsSinceEpoch();
}

// A clock that was set back must not make anything look fresh for ever.
bool isOlder(qint64 at, qint64 age, qint64 now)
{
    return now - at >= age || now < at;
}
} // namespace

AlertSampler::AlertSampler()
{
    m_lost.setInterval(kLostEvery);
    connect(&m_lost, &QTimer::timeout, this, &AlertSampler::sampleLost);
}

AlertSampler::~AlertSampler() = default;

void AlertSampler::attach(Session& session)
{
    detach();
    m_session = &session;
    m_receiver = new QObject(this);
    connect(&session.snapshots(), &SnapshotFeed::read, m_receiver, [this] { takeSnapshot(); });
    connect(&session.changes(), &ChangeFeed::lost, m_receiver, [this] { setLost(true); });
    connect(&session.changes(), &ChangeFeed::restored, m_receiver, [this] { setLost(false); });
    connect(&session.changes(), &ChangeFeed::pausedChanged, m_receiver,
            [this](bool isPaused) { setLost(!isPaused && m_session->changes().isLost()); });
    setLost(session.changes().isLost());
}

void AlertSampler::detach()
{
    delete std::exchange(m_receiver, nullptr);
    m_session = nullptr;
    m_tally = {};
    m_histories.clear();
    m_engines.reset();
    m_endpointFailures.reset();
    m_isAskingEngines = false;
    m_isAskingEndpoint = false;
    m_lost.stop();
}

void AlertSampler::setLost(bool isLost)
{
    if (!isLost) {
        m_lost.stop();
    } else if (!m_lost.isActive()) {
        m_lost.start();
        sampleLost();
    }
}

void AlertSampler::sampleLost()
{
    alerts::Sample sample{base::Clock::system().now()};
    sample.values[{Series::Database}] = 0;
    Q_EMIT sampled(sample);
}

bool AlertSampler::isNeeded(Series series) const
{
    for (const Figure& figure : m_figures) {
        if (figure.series == series)
            return true;
    }
    return false;
}

void AlertSampler::takeSnapshot()
{
    const domain::QueueSnapshot& snapshot = m_session->snapshots().current();
    m_tally.add(snapshot);
    alerts::Sample sample{base::Clock::system().now()};
    sample.values[{Series::Database}] = 1;
    for (const Figure& figure : m_figures) {
        if (const auto value = valueOf(figure, snapshot))
            sample.values[figure] = *value;
    }
    Q_EMIT sampled(sample);
    if (m_session->changes().isPaused())
        return; // a change of our own is read, nothing else
    readHistories();
    readEngines();
    askEndpoint();
}

std::optional<double> AlertSampler::valueOf(const Figure& figure,
                                            const domain::QueueSnapshot& snapshot) const
{
    const domain::TypeCounts counts =
        figure.type.isEmpty() ? snapshot.counts : snapshot.byType.value(figure.type);
    switch (figure.series) {
    case Series::OldestPending:
        return snapshot.oldestPending.isValid()
                   ? double(std::max<qint64>(0, snapshot.oldestPending.secsTo(snapshot.takenAt)))
                   : 0.0;
    case Series::Pending: return double(counts.pending);
    case Series::Processing: return double(counts.processing);
    case Series::Stuck: return double(snapshot.stuck);
    case Series::Dead: return double(snapshot.dead);
    case Series::Database: return 1.0;
    case Series::Engines:
        if (m_engines && !isOlder(m_enginesAt, kReadIsOld, nowMs()))
            return double(*m_engines);
        return {};
    case Series::EndpointFailures:
        if (m_endpointFailures)
            return double(*m_endpointFailures);
        return {};
    case Series::Finished: {
        const auto found = finished(figure);
        return found ? std::optional(double(found->all())) : std::nullopt;
    }
    case Series::FailedShare: {
        const auto found = finished(figure);
        if (found && found->all() > 0)
            return 100.0 * double(found->failed) / double(found->all());
        break;
    }
    }
    return {};
}

// In a queue of our own, by what the engines recorded: exactly, and also what was before this
// program began. Elsewhere by what the counts say.
std::optional<Finished> AlertSampler::finished(const Figure& figure) const
{
    if (m_session->info().mode != QueueMode::Own)
        return m_tally.within(figure.window, figure.type);
    const auto read = m_histories.find(figure.type);
    if (read == m_histories.end() || read->second.at == 0 ||
        isOlder(read->second.at, kReadIsOld, nowMs()))
        return {};
    const domain::History& history = read->second.history;
    const QDateTime from = history.readAt.addSecs(-figure.window.count());
    Finished sum;
    for (const domain::HistoryBucket& bucket : history.buckets) {
        if (bucket.from.addSecs(domain::lengthOf(history.step).count()) <= from)
            continue;
        sum.completed += bucket.figures.completed;
        sum.failed += bucket.figures.failed;
    }
    return sum;
}

void AlertSampler::readHistories()
{
    if (m_session->info().mode != QueueMode::Own)
        return;
    for (const Figure& figure : m_figures) {
        if (figure.series == Series::Finished || figure.series == Series::FailedShare)
            readHistory(figure.type);
    }
}

void AlertSampler::readHistory(const QString& type)
{
    Read& read = m_histories[type];
    if (read.isAsking || !isOlder(read.at, kReadEvery, nowMs()))
        return;
    read.isAsking = true;
    async::deliver(m_session->history().read(domain::HistoryPeriod::Hour, type), m_receiver,
                   [this, type](const base::Result<domain::History>& history) {
                       Read& answered = m_histories[type];
                       answered.isAsking = false;
                       if (history) {
                           answered.history = *history;
                           answered.at = nowMs();
                       }
                   });
}

// Where no engine of ours was ever seen, somebody else runs the jobs: then it is not known.
void AlertSampler::readEngines()
{
    if (!isNeeded(Series::Engines) || m_isAskingEngines ||
        !isOlder(m_enginesAt, kReadEvery, nowMs()))
        return;
    m_isAskingEngines = true;
    async::deliver(m_session->jobs().engines(), m_receiver,
                   [this](const base::Result<QVector<domain::EngineSeen>>& engines) {
                       m_isAskingEngines = false;
                       if (!engines)
                           return;
                       m_enginesAt = nowMs();
                       const bool isOwn = m_session->info().mode == QueueMode::Own;
                       if (engines->isEmpty() && !isOwn) {
                           m_engines.reset();
                           return;
                       }
                       const QDateTime now = m_session->snapshots().current().takenAt;
                       m_engines = 0;
                       for (const domain::EngineSeen& engine : *engines) {
                           if (!engine.isSilent(now))
                               ++*m_engines;
                       }
                   });
}

// A GET, which changes nothing there. Without a key no call is made, so nothing is known.
void AlertSampler::askEndpoint()
{
    const QString url = m_endpoint ? m_endpoint() : QString();
    if (url.isEmpty() || !isNeeded(Series::EndpointFailures)) {
        m_endpointFailures.reset();
        return;
    }
    if (m_isAskingEndpoint || !isOlder(m_endpointAt, kCallEvery, nowMs()))
        return;
    m_isAskingEndpoint = true;
    m_endpointAt = nowMs();
    async::deliver(m_session->keys().look({KeyPurpose::Kind::ProcessorKey, url}), m_receiver,
                   [this, url](const base::Result<KeyInfo>& key) {
                       if (key && key->isSet())
                           callEndpoint(url);
                       else
                           m_isAskingEndpoint = false;
                   });
}

void AlertSampler::callEndpoint(const QString& url)
{
    async::deliver(m_session->remote().status({{}, url, kCallWithin}), m_receiver,
                   [this](const base::Result<remote::RemoteQueue>& queue) {
                       m_isAskingEndpoint = false;
                       if (queue)
                           m_endpointFailures = 0;
                       else if (queue.error().kind != base::ErrorKind::Cancelled)
                           m_endpointFailures = m_endpointFailures.value_or(0) + 1;
                   });
}

} // namespace queuedeck::service
