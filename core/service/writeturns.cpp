// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/writeturns.h"

#include "core/async/later.h"

namespace queuedeck::service {

namespace {
constexpr std::chrono::seconds kAfterAnError{1};
} // namespace

void WriteTurns::take(const std::shared_ptr<SessionThreads>& threads,
                      const std::shared_ptr<const WriteTurns>& turns)
{
    threads->write([turns](store::JobStore& store) { return turns->turn(store); })
        .then(QtFuture::Launch::Sync, [threads, turns](const base::Result<Wait>& turn) {
            const auto takeLater = [&](std::chrono::milliseconds wait) {
                async::later(wait, [threads, turns] { take(threads, turns); });
            };
            if (turn && *turn == kAtOnce)
                take(threads, turns);
            else if (turn && *turn)
                takeLater(**turn);
            else if (turn)
                turns->end({});
            else if (turns->endures(turn.error()))
                takeLater(kAfterAnError);
            else
                turns->end(turn.error());
        });
}

} // namespace queuedeck::service
