// SPDX-License-Identifier: GPL-3.0-or-later
// What a run may ask Claude, and why it may not.
#include "core/domain/enrichment.h"
#include "core/service/engineruns.h"

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
// Without a key, jobs wait: they are not claimed, and their attempts are not used up.
QString withoutKey(const QString& sentence)
{
    return u"There is no key for Claude (%1). Put one into ANTHROPIC_API_KEY, or `queuedeckctl key "
           "store --claude`; the next run uses it."_s.arg(
               sentence.endsWith(u'.') ? sentence.chopped(1) : sentence);
}
} // namespace

// Not under the lock: a keychain may take its time.
base::Result<EngineRuns::Claude> EngineRuns::chosenClaude(const EngineSettings& settings)
{
    const bool readsPictures = pictures().reader == PictureChoices::Reader::Claude;
    Claude chosen;
    if (!readsPictures && !mayNeedText(settings))
        return chosen;
    const auto client = m_claude->client();
    setTextOff(!client    ? QString(client.error().detail)
               : !*client ? withoutKey(m_claude->whereKey())
                          : QString());
    if (!client && readsPictures)
        return client.error();
    if (client) {
        chosen.text = *client;
        if (readsPictures)
            chosen.vision = *client;
    }
    return chosen;
}

// A keychain is asked only if there is something to ask Claude, or there may be later.
bool EngineRuns::mayNeedText(const EngineSettings& settings) const
{
    if (settings.types.contains(domain::kEnrichmentType))
        return true;
    if (!settings.types.isEmpty())
        return false;
    if (!settings.untilEmpty)
        return true;
    QFuture<base::Result<bool>> pending = m_threads->workWithStore(
        [](store::JobStore& store) { return store.leases.hasPending({domain::kEnrichmentType}); });
    pending.waitForFinished();
    // Without an answer the engine itself will say what is wrong.
    return pending.resultCount() > 0 && pending.result().value_or(false);
}

void EngineRuns::setTextOff(const QString& why)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_textOff == why)
            return;
        m_textOff = why;
    }
    m_events.handlersChanged();
}

} // namespace queuedeck::service
