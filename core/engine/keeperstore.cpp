// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/keeperstore.h"

namespace queuedeck::engine {

base::Status KeeperStore::open(const OpenStore& openStore)
{
    if (store)
        return {};
    auto opened = openStore();
    if (!opened)
        return opened.error();
    const std::lock_guard lock(mutex);
    store = std::move(*opened);
    return {};
}

void KeeperStore::close()
{
    const std::lock_guard lock(mutex);
    store.reset();
}

void KeeperStore::end()
{
    {
        const std::lock_guard lock(mutex);
        isEnding = true;
        if (store)
            store->connection().interrupt();
    }
    wake.notify_all();
}

} // namespace queuedeck::engine
