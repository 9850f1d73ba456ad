// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secretstore.h"
#include "core/service/claudeinfo.h"
#include "core/vision/claudevision.h"

namespace queuedeck::service {

/// Makes the client that asks Claude, as key and environment say: ANTHROPIC_API_KEY or
/// the keychain, ANTHROPIC_BASE_URL, QUEUEDECK_CLAUDE_MODEL, QUEUEDECK_CLAUDE_TOKENS_PER_DAY. The
/// client stays the same as long as these do, so that its pauses outlast a run. From any thread.
/// Private to this room.
class ClaudeReading
{
public:
    /// That of this process, for comparisons, which belong to no engine.
    static const std::shared_ptr<ClaudeReading>& shared();

    /// `onSpent`: see ClaudeOptions.
    explicit ClaudeReading(std::function<void(const domain::Spend&)> onSpent = {})
        : m_onSpent(std::move(onSpent))
    {
    }

    /// None if there is no key. Invalid or Denied, with a sentence, if a variable is wrong. Blocks
    /// for as long as the keychain takes, 10 s at most.
    base::Result<std::shared_ptr<vision::ClaudeVision>> client();
    /// Where the key is, or that there is none, as last looked up.
    QString whereKey() const;
    /// For display, with a key that was looked up. The same errors.
    base::Result<ClaudeInfo> info(const secrets::Found& key) const;

private:
    const std::function<void(const domain::Spend&)> m_onSpent;
    mutable std::mutex m_mutex; ///< guards the members below
    QString m_whereKey;
    vision::ClaudeOptions m_options;
    std::shared_ptr<vision::ClaudeVision> m_client;
};

} // namespace queuedeck::service
