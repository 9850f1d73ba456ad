// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/commandrun.h"

#include "core/engine/handler.h"
#include "core/handlers/command/nopipesignal.h"
#include "core/handlers/command/spokenlines.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>

namespace queuedeck::handlers {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Why = CommandOutcome::Why;

namespace {
// Interval for polling what cannot wake us: only where the system has no pidfd or no eventfd left.
constexpr milliseconds kPoll{50};

/// One run; its methods are the steps of the loop.
class Run
{
public:
    Run(ChildProcess& child, const QByteArray& input, const CommandLimits& limits,
        const std::stop_token& stop, domain::ProgressSink* progress)
        : m_child(child)
        , m_input(input)
        , m_limits(limits)
        , m_stop(stop)
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_deadline(steady_clock::now() + limits.timeout)
        , m_said(progress)
    {
    }

    CommandOutcome toEnd()
    {
        const NoPipeSignal noSignal;
        const std::stop_callback wakeUp(m_stop,
                                        [wake = m_wake.get()] { ::eventfd_write(wake, 1); });
        while (!isOver()) {
            endInTime();
            wait();
            write();
            read();
        }
        read(); // what it wrote last
        m_said.end();
        return {m_why, m_child.finish(), m_said.text(), m_output};
    }

private:
    // The supervisor ends with the last process that the program started, or kills it.
    bool isOver() const { return m_child.hasEnded(); }

    void endInTime()
    {
        const auto now = steady_clock::now();
        if (!m_killAt && (m_stop.stop_requested() || now >= m_deadline)) {
            m_why = m_stop.stop_requested() ? Why::Stopped : Why::TimedOut;
            m_killAt = now + m_limits.patience;
            m_child.order(Order::Terminate);
        } else if (m_killAt && !m_wasKilled && now >= *m_killAt) {
            m_wasKilled = true;
            m_child.order(Order::Kill);
        }
    }

    void wait()
    {
        std::array<pollfd, 5> watched;
        nfds_t count = 0;
        const auto watch = [&](int descriptor, short events) {
            if (descriptor >= 0)
                watched[count++] = {descriptor, events, 0};
        };
        if (m_child.input.isOpen())
            watch(m_child.input.get(), POLLOUT);
        if (m_child.output.isOpen())
            watch(m_child.output.get(), POLLIN);
        if (m_child.error.isOpen())
            watch(m_child.error.get(), POLLIN);
        const bool seesAll = m_wake.isOpen() && m_child.endDescriptor() >= 0;
        if (!m_killAt)
            watch(m_wake.get(), POLLIN);
        watch(m_child.endDescriptor(), POLLIN);

        milliseconds patience = kPoll;
        if (seesAll && !m_wasKilled) {
            const auto left = m_killAt.value_or(m_deadline) - steady_clock::now();
            patience = std::chrono::ceil<milliseconds>(left);
        }
        ::poll(watched.data(), count, int(std::clamp<qint64>(patience.count(), 0, 60'000)));
    }

    void write()
    {
        while (m_child.input.isOpen()) {
            const qsizetype left = m_input.size() - m_written;
            if (left == 0) {
                m_child.input.close();
                return;
            }
            const ssize_t done =
                ::write(m_child.input.get(), m_input.constData() + m_written, size_t(left));
            if (done >= 0)
                m_written += done;
            else if (errno == EAGAIN)
                return;
            else if (errno != EINTR)
                m_child.input.close(); // it wants no more input, which is allowed
        }
    }

    void read()
    {
        read(m_child.error, [this](const char* data, ssize_t size) { m_said.add(data, size); });
        read(m_child.output, [this](const char* data, ssize_t size) {
            const qsizetype room = engine::TaskResult::kLargestResult + 1 - m_output.size();
            m_output.append(data, std::min<qsizetype>(size, room));
        });
    }

    // At most what a pipe holds at once, so that a program that never pauses cannot keep us from
    // checking the deadline.
    template <class Take>
    static void read(FileDescriptor& from, const Take& take)
    {
        std::array<char, 64 * 1024> buffer;
        while (from.isOpen()) {
            const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
            if (got > 0)
                take(buffer.data(), got);
            else if (got == 0 || (errno != EAGAIN && errno != EINTR))
                from.close();
            if (got > 0 || errno != EINTR)
                return;
        }
    }

    ChildProcess& m_child;
    const QByteArray& m_input;
    const CommandLimits m_limits;
    const std::stop_token m_stop;
    const FileDescriptor m_wake;
    const steady_clock::time_point m_deadline;
    std::optional<steady_clock::time_point> m_killAt; ///< set once it has been asked to end
    bool m_wasKilled = false;
    Why m_why = Why::Ended;
    qsizetype m_written = 0;
    SpokenLines m_said;
    QByteArray m_output;
};
} // namespace

CommandOutcome runToEnd(ChildProcess& child, const QByteArray& input, const CommandLimits& limits,
                        const std::stop_token& stop, domain::ProgressSink* progress)
{
    return Run(child, input, limits, stop, progress).toEnd();
}

} // namespace queuedeck::handlers
