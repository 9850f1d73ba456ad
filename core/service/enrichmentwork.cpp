// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/enrichmentwork.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using domain::EnrichmentSubject;

namespace {
/// Of one worker thread.
class Reader
{
public:
    explicit Reader(std::shared_ptr<SessionThreads> threads)
        : m_threads(std::move(threads))
    {
    }

    base::Result<EnrichmentSubject> read(const domain::EnrichmentRequest& request,
                                         const std::stop_token& stop)
    {
        if (!m_store) {
            auto opened = m_threads->openStore();
            if (!opened)
                return opened.error();
            m_store = std::move(*opened);
        }
        auto subject = readWith(request, stop);
        if (!subject && subject.error().kind == ErrorKind::Unreachable)
            m_store.reset(); // the next attempt connects again
        if (!subject && stop.stop_requested())
            return base::fail(ErrorKind::Cancelled,
                              base::Sentence::tr("Stopped while the rows were read."));
        return subject;
    }

private:
    base::Result<EnrichmentSubject> readWith(const domain::EnrichmentRequest& request,
                                             const std::stop_token& stop)
    {
        const std::stop_callback interrupting(stop, [this] { m_store->connection().interrupt(); });
        if (stop.stop_requested())
            return base::fail(ErrorKind::Cancelled,
                              base::Sentence::tr("Stopped before the rows were read."));
        return m_store->enrichments.subject(request);
    }

    const std::shared_ptr<SessionThreads> m_threads;
    std::unique_ptr<store::JobStore> m_store;
};
} // namespace

handlers::EnrichmentSource enrichmentSource(const std::shared_ptr<SessionThreads>& threads)
{
    return [reader = std::make_shared<Reader>(threads)](const domain::EnrichmentRequest& request,
                                                        const std::stop_token& stop) {
        return reader->read(request, stop);
    };
}

} // namespace queuedeck::service
