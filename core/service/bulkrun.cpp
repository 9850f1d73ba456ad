// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/bulkrun.h"

#include <QElapsedTimer>

namespace queuedeck::service {

namespace {
constexpr qint64 kTurnMs = 150; // as long as another change may have to wait
} // namespace

QFuture<base::Result<domain::Outcome>>
BulkRun::start(const std::shared_ptr<SessionThreads>& threads, Work work)
{
    const std::shared_ptr<BulkRun> run(new BulkRun(threads, std::move(work)));
    run->m_promise.start();
    run->next();
    return run->m_promise.future();
}

BulkRun::BulkRun(const std::shared_ptr<SessionThreads>& threads, Work work)
    : m_threads(threads)
    , m_work(std::move(work))
{
}

void BulkRun::next()
{
    m_threads
        ->write(
            [self = shared_from_this()](store::JobStore& store) { return self->advance(store); })
        .then(QtFuture::Launch::Sync,
              [self = shared_from_this()](const base::Result<bool>& isOver) {
                  if (!isOver || *isOver)
                      self->finish(isOver);
                  else if (self->m_work.pause)
                      self->m_work.pause->pass([self] { self->next(); });
                  else
                      self->next();
              });
}

base::Result<bool> BulkRun::advance(store::JobStore& store)
{
    QElapsedTimer clock;
    clock.start();
    if (!m_change) {
        auto begun = m_work.begin(store);
        if (!begun)
            return begun.error();
        m_change = std::move(*begun);
    }
    while (!m_change->isOver() && !m_work.stop.stop_requested() && !m_threads->isFinishing()) {
        if (clock.elapsed() >= kTurnMs || (m_work.pause && m_work.pause->isPaused()))
            return false;
        const qint64 done = m_change->done();
        store.changes.advance(*m_change);
        if (m_work.onBatch && m_change->done() > done)
            m_work.onBatch(*m_change);
    }
    m_result = store.changes.end(*m_change);
    if (*m_result && m_work.onEnd)
        m_work.onEnd(store, **m_result);
    // The thread's connection is opened again after this error.
    const auto& failure = m_change->outcome().failure;
    if (failure && failure->kind == base::ErrorKind::Unreachable)
        return *failure;
    return true;
}

void BulkRun::finish(const base::Result<bool>& isOver)
{
    if (!m_result && m_change && m_change->outcome().changed > 0) { // lost between two turns
        domain::Outcome outcome = m_change->outcome();
        outcome.failure = isOver.error();
        m_result = outcome;
    }
    m_promise.addResult(m_result ? *m_result : base::Result<domain::Outcome>(isOver.error()));
    m_promise.finish();
}

} // namespace queuedeck::service
