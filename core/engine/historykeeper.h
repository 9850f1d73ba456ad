// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/attempttally.h"
#include "core/engine/keeperstore.h"

#include <thread>

namespace queuedeck::engine {

/// Notes what an engine's attempts came to in the history, every second, and rolls the history up
/// every half minute. It has its own thread and connection, so that neither a heartbeat nor a
/// claim ever waits for it, and opens that only when there is something to write. What it has not
/// written when it ends stays in the tally.
class HistoryKeeper
{
public:
    HistoryKeeper(OpenStore openStore, AttemptTally& tally, QString engine);
    ~HistoryKeeper();

private:
    void loop();
    void write(bool rollsUp);

    const OpenStore m_openStore;
    AttemptTally& m_tally;
    const QString m_engine;

    KeeperStore m_own;
    QString m_problem;    ///< why the last roll-up failed
    std::thread m_thread; // last: it uses all of the above
};

} // namespace queuedeck::engine
