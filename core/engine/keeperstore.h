// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"

#include <condition_variable>
#include <functional>
#include <mutex>

namespace queuedeck::engine {

/// Opens a connection to the jobs for the calling thread.
using OpenStore = std::function<base::Result<std::unique_ptr<store::JobStore>>()>;

/// The connection of a thread that works beside the engine for as long as that lives, and the means
/// to end it. The thread opens and closes the connection; its owner calls end() and joins it.
struct KeeperStore
{
    std::mutex mutex; ///< guards the members below against end()
    std::condition_variable wake;
    bool isEnding = false;
    std::unique_ptr<store::JobStore> store; ///< written by the thread, under the mutex

    /// Does nothing if it is open.
    base::Status open(const OpenStore& openStore);
    void close();
    /// Ends the running statement and wakes the thread. From any thread.
    void end();
};

} // namespace queuedeck::engine
