// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/confinement.h"

#include <cerrno>
#include <cmath>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

namespace queuedeck::handlers {

namespace {
// 25 megapixels as they are and rotated take 200 MB, Tesseract and the libraries as much.
constexpr rlim_t kMemory = 640UL * 1024 * 1024;
// The standard ones, and a plugin or language data while it is loaded.
constexpr rlim_t kDescriptors = 32;

void limit(__rlimit_resource what, rlim_t most)
{
    const rlimit both{most, most};
    ::setrlimit(what, &both);
}

// The system calls of a decoder and Tesseract once they are loaded. Any other fails with EPERM, but
// does not kill, since a library may merely try it.
constexpr int kAllowed[] = {SCMP_SYS(read),           SCMP_SYS(write),
                            SCMP_SYS(writev),         SCMP_SYS(poll),
                            SCMP_SYS(ppoll),          SCMP_SYS(close),
                            SCMP_SYS(lseek),          SCMP_SYS(fstat),
                            SCMP_SYS(newfstatat),     SCMP_SYS(brk),
                            SCMP_SYS(munmap),         SCMP_SYS(mremap),
                            SCMP_SYS(madvise),        SCMP_SYS(futex),
                            SCMP_SYS(sched_yield),    SCMP_SYS(sched_getaffinity),
                            SCMP_SYS(clock_gettime),  SCMP_SYS(clock_nanosleep),
                            SCMP_SYS(nanosleep),      SCMP_SYS(gettimeofday),
                            SCMP_SYS(time),           SCMP_SYS(getrandom),
                            SCMP_SYS(getpid),         SCMP_SYS(gettid),
                            SCMP_SYS(getrusage),      SCMP_SYS(getrlimit),
                            SCMP_SYS(setrlimit),      SCMP_SYS(rt_sigreturn),
                            SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
                            SCMP_SYS(sigaltstack),    SCMP_SYS(restart_syscall),
                            SCMP_SYS(rseq),           SCMP_SYS(exit),
                            SCMP_SYS(exit_group)};
} // namespace

void limitThisProcess()
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, kDescriptors);
#ifndef __SANITIZE_ADDRESS__ // its shadow memory takes terabytes of addresses
    limit(RLIMIT_AS, kMemory);
#endif
    ::prctl(PR_SET_DUMPABLE, 0);
}

void confineThisProcess()
{
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return;
    bool isComplete = true;
    for (const int call : kAllowed)
        isComplete &= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    // Memory, but none that is executable; limits by their newer call, but only of this process.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        isComplete &= ::seccomp_rule_add(
                          filter, SCMP_ACT_ALLOW, call, 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, scmp_datum_t(4 /* PROT_EXEC */), 0)) == 0;
    isComplete &= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                                     SCMP_A0(SCMP_CMP_EQ, 0)) == 0;
    // abort() sends this process a signal; no other process may get one.
    isComplete &= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                     SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(::getpid()))) == 0;
    if (isComplete)
        ::seccomp_load(filter);
    ::seccomp_release(filter);
}

double secondsComputed()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

void allowSecondsOfComputing(int seconds)
{
    rlimit both{};
    ::getrlimit(RLIMIT_CPU, &both);
    both.rlim_cur = rlim_t(std::ceil(secondsComputed())) + rlim_t(seconds);
    ::setrlimit(RLIMIT_CPU, &both);
}

} // namespace queuedeck::handlers
