// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/changefeed.h"

#include "core/async/deliver.h"
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

namespace {
constexpr qint64 kByTheClock = 10'000; // ms
} // namespace

ChangeFeed::ChangeFeed(std::shared_ptr<SessionThreads> threads)
    : m_threads(std::move(threads))
{
    m_timer.setInterval(std::chrono::seconds(1));
    connect(&m_timer, &QTimer::timeout, this, &ChangeFeed::probe);
    m_timer.start();
}

ChangeFeed::~ChangeFeed() = default;

void ChangeFeed::setInterval(std::chrono::milliseconds interval)
{
    m_timer.setInterval(interval);
}

std::chrono::milliseconds ChangeFeed::interval() const
{
    return m_timer.intervalAsDuration();
}

std::optional<std::chrono::milliseconds> ChangeFeed::untilNextQuestion() const
{
    if (!m_timer.isActive())
        return std::nullopt;
    return m_timer.remainingTimeAsDuration();
}

void ChangeFeed::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    if (paused) {
        m_timer.stop();
    } else {
        m_timer.start();
        refresh();
    }
    Q_EMIT pausedChanged(paused);
}

void ChangeFeed::poke()
{
    m_told.start();
    Q_EMIT changed();
}

void ChangeFeed::refresh()
{
    m_mark.reset();
    probe();
}

void ChangeFeed::probe()
{
    if (m_probing)
        return;
    m_probing = true;
    const auto answer =
        m_threads->read([](store::JobStore& store) { return store.jobs.changeMark(); });
    async::deliver(answer, this, [this](const base::Result<qint64>& mark) {
        m_probing = false;
        if (!mark) {
            if (!m_lost && mark.error().kind != base::ErrorKind::Cancelled) {
                m_lost = true;
                if (!m_answeredAt.isValid())
                    m_answeredAt = QDateTime::currentDateTimeUtc();
                Q_EMIT lost(mark.error());
            }
            return;
        }
        m_answeredAt = QDateTime::currentDateTimeUtc();
        if (m_lost) {
            m_lost = false;
            Q_EMIT restored();
        }
        const bool isNew = m_mark != *mark || !m_told.isValid() || m_told.hasExpired(kByTheClock);
        m_mark = *mark;
        if (isNew)
            poke();
        Q_EMIT confirmed();
    });
}

} // namespace queuedeck::service
