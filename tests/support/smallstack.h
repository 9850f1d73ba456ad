// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <pthread.h>

namespace queuedeck::tests {

/// Calls `work` on a thread with 256 KB of stack, where recursion soon crashes the program.
inline void onSmallStack(const std::function<void()>& work)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 * 1024);
    pthread_t thread;
    const auto call = [](void* function) -> void* {
        (*static_cast<const std::function<void()>*>(function))();
        return nullptr;
    };
    if (pthread_create(&thread, &attributes, call, const_cast<std::function<void()>*>(&work)) != 0)
        qFatal("no thread");
    pthread_attr_destroy(&attributes);
    pthread_join(thread, nullptr);
}

} // namespace queuedeck::tests
