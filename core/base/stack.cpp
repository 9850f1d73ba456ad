// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/stack.h"

#include <cstdint>
#include <pthread.h>

using namespace Qt::StringLiterals;

namespace queuedeck::base {

namespace {
// Called once per thread: for the main thread it reads a file.
std::uintptr_t lowestAddress()
{
    pthread_attr_t attributes;
    if (::pthread_getattr_np(::pthread_self(), &attributes) != 0)
        return UINTPTR_MAX;
    void* lowest = nullptr;
    size_t size = 0;
    const int known = ::pthread_attr_getstack(&attributes, &lowest, &size);
    ::pthread_attr_destroy(&attributes);
    return known == 0 ? reinterpret_cast<std::uintptr_t>(lowest) : UINTPTR_MAX;
}

bool isLeft(size_t bytes)
{
    thread_local const std::uintptr_t lowest = lowestAddress();
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    return here > lowest && here - lowest >= bytes;
}

void* callWork(void* work)
{
    (*static_cast<const std::function<void()>*>(work))();
    return nullptr;
}
} // namespace

Status runWithStack(size_t bytes, const std::function<void()>& work)
{
    if (isLeft(bytes)) {
        work();
        return {};
    }
    constexpr size_t kOverhead = 64 * 1024; // the thread's own
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, bytes + kOverhead);
    pthread_t thread;
    const int code =
        ::pthread_create(&thread, &attributes, callWork, const_cast<std::function<void()>*>(&work));
    ::pthread_attr_destroy(&attributes);
    if (code != 0)
        return fail(ErrorKind::Unreachable,
                    Sentence::tr("No thread can be started: %1.").arg(qt_error_string(code)));
    ::pthread_join(thread, nullptr);
    return {};
}

} // namespace queuedeck::base
