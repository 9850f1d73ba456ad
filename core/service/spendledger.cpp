// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/spendledger.h"

#include "core/base/logging.h"

namespace queuedeck::service {

SpendLedger::SpendLedger(std::shared_ptr<SessionThreads> threads)
    : m_threads(std::move(threads))
{
}

SpendLedger::~SpendLedger()
{
    if (m_thread)
        m_last.waitForFinished(); // a thread that ends drops what has not begun
}

void SpendLedger::note(const domain::Spend& spend)
{
    const std::lock_guard lock(m_mutex);
    if (!m_thread)
        m_thread = std::make_unique<async::TaskThread>("qd-spend", [this] { m_store.reset(); });
    m_last = m_thread->run([this, spend]() -> base::Status {
        base::Status noted;
        if (!m_store) {
            auto opened = m_threads->openStore();
            if (opened)
                m_store = std::move(*opened);
            else
                noted = opened.error();
        }
        if (m_store)
            noted = m_store->spend.add(spend);
        if (!noted) {
            m_store.reset(); // the next one connects again
            qCWarning(lcHandlers).noquote()
                << QStringLiteral("What Claude cost was not recorded: ") + noted.error().detail;
        }
        return noted;
    });
}

} // namespace queuedeck::service
