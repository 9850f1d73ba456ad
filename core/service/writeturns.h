// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/sessionthreads.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace queuedeck::service {

/// Long work on the write thread, for a moment at a time: other changes get their turn in between.
/// Private to this room.
struct WriteTurns
{
    /// As long as another change may have to wait.
    static constexpr std::chrono::milliseconds kTurn{150};
    static constexpr std::chrono::milliseconds kAtOnce{0};
    /// How long until the next turn; none: it is over.
    using Wait = std::optional<std::chrono::milliseconds>;

    std::function<base::Result<Wait>(store::JobStore&)> turn;
    /// Once it is over or a turn has failed; on the write thread.
    std::function<void(const base::Status&)> end;
    /// Whether the next turn comes all the same after this error, a second later.
    std::function<bool(const base::Error&)> endures = [](const base::Error&) { return false; };

    /// Keeps `turns` until it is over.
    static void take(const std::shared_ptr<SessionThreads>& threads,
                     const std::shared_ptr<const WriteTurns>& turns);
};

} // namespace queuedeck::service
