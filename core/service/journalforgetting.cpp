// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/journalforgetting.h"

#include "core/async/later.h"
#include "core/service/changecontrol.h"

#include <QElapsedTimer>

namespace queuedeck::service {

namespace {
constexpr qint64 kTurnMs = 150; // as long as another change may have to wait
constexpr std::chrono::milliseconds kWhilePaused{250};

class Forgetting : public std::enable_shared_from_this<Forgetting>
{
public:
    Forgetting(std::shared_ptr<SessionThreads> threads, const QDateTime& before,
               ChangeOptions options)
        : m_threads(std::move(threads))
        , m_before(before)
        , m_options(std::move(options))
    {
        m_promise.start();
    }
    QFuture<base::Result<domain::Outcome>> future() { return m_promise.future(); }

    void next()
    {
        m_threads
            ->write(
                [self = shared_from_this()](store::JobStore& store) { return self->turn(store); })
            .then(QtFuture::Launch::Sync,
                  [self = shared_from_this()](const base::Result<bool>& isOver) {
                      if (!isOver || *isOver)
                          self->finish(isOver);
                      else if (self->isPaused())
                          async::later(kWhilePaused, [self] { self->next(); });
                      else
                          self->next();
                  });
    }

private:
    bool isPaused() const { return m_options.control && m_options.control->isPaused(); }
    bool isStopped() const { return m_options.stop.stop_requested() || m_threads->isFinishing(); }

    base::Result<bool> turn(store::JobStore& store)
    {
        QElapsedTimer clock;
        clock.start();
        if (!m_isCounted) {
            const auto entries = store.journal.countBefore(m_before);
            if (!entries)
                return entries.error();
            m_outcome.matched = *entries;
            m_isCounted = true;
        }
        while (!isStopped()) {
            if (clock.elapsed() >= kTurnMs || isPaused())
                return false;
            const auto gone = store.journal.forgetSome(m_before);
            if (!gone)
                return gone.error();
            if (!*gone)
                return true;
            if ((*gone)->isEmpty())
                continue;
            ++m_outcome.changed;
            if (m_options.progress)
                m_options.progress({.done = m_outcome.changed, .total = m_outcome.matched});
        }
        m_outcome.cancelled = true;
        return true;
    }

    void finish(const base::Result<bool>& isOver)
    {
        if (!isOver && m_outcome.changed > 0)
            m_outcome.failure = isOver.error();
        m_promise.addResult(isOver || m_outcome.changed > 0
                                ? base::Result<domain::Outcome>(m_outcome)
                                : base::Result<domain::Outcome>(isOver.error()));
        m_promise.finish();
    }

    const std::shared_ptr<SessionThreads> m_threads;
    const QDateTime m_before;
    const ChangeOptions m_options;
    QPromise<base::Result<domain::Outcome>> m_promise;
    domain::Outcome m_outcome; ///< on the write thread until it is over
    bool m_isCounted = false;
};
} // namespace

QFuture<base::Result<domain::Outcome>> forgetEntries(const std::shared_ptr<SessionThreads>& threads,
                                                     const QDateTime& before,
                                                     const ChangeOptions& options)
{
    const auto forgetting = std::make_shared<Forgetting>(threads, before, options);
    forgetting->next();
    return forgetting->future();
}

} // namespace queuedeck::service
