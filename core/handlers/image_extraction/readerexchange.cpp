// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/readerexchange.h"

#include "core/handlers/command/nopipesignal.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>

namespace queuedeck::handlers {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Why = Exchanged::Why;

namespace {
// A card is read in less; what takes longer is handed back.
constexpr milliseconds kLastMoment{500};
// Interval for polling the tokens if no descriptor is left to wake us.
constexpr milliseconds kPoll{50};

/// One exchange; its methods are the steps of the loop.
class Exchange
{
public:
    Exchange(ChildProcess& child, const QByteArray& request, milliseconds wall,
             const PictureReader::Stops& stops)
        : m_child(child)
        , m_request(request)
        , m_stops(stops)
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_deadline(steady_clock::now() + wall)
    {
    }

    Exchanged toEnd()
    {
        const NoPipeSignal noSignal;
        const auto wake = [descriptor = m_wake.get()] { ::eventfd_write(descriptor, 1); };
        const std::stop_callback onStop(m_stops.stop, wake);
        const std::stop_callback onLeaving(m_stops.leaving, wake);
        for (;;) {
            if (const auto why = whyOver())
                return {std::nullopt, *why};
            wait();
            write();
            if (!read())
                return {std::nullopt, m_isNonsense ? Why::Nonsense : Why::Ended};
            if (m_isWhole)
                return {std::move(m_reply), {}};
        }
    }

private:
    std::optional<Why> whyOver()
    {
        const auto now = steady_clock::now();
        if (m_stops.leaving.stop_requested() && !m_isLeaving) {
            m_isLeaving = true;
            m_leaveAt = now + kLastMoment;
        }
        if (m_stops.stop.stop_requested() || (m_isLeaving && now >= m_leaveAt))
            return Why::Stopped;
        if (now >= m_deadline)
            return Why::TimedOut;
        return std::nullopt;
    }

    void wait()
    {
        std::array<pollfd, 3> watched;
        nfds_t count = 0;
        watched[count++] = {m_child.error.get(), POLLIN, 0};
        if (m_written < m_request.size())
            watched[count++] = {m_child.input.get(), POLLOUT, 0};
        if (m_wake.isOpen() && !m_isLeaving)
            watched[count++] = {m_wake.get(), POLLIN, 0};
        const auto until = m_isLeaving ? std::min(m_leaveAt, m_deadline) : m_deadline;
        // Once woken, the event stays set; from then on the tokens are polled.
        milliseconds patience = std::chrono::ceil<milliseconds>(until - steady_clock::now());
        if (m_isLeaving || !m_wake.isOpen())
            patience = std::min(patience, kPoll);
        ::poll(watched.data(), count, int(std::clamp<qint64>(patience.count(), 0, 60'000)));
    }

    void write()
    {
        while (m_written < m_request.size()) {
            const ssize_t done = ::write(m_child.input.get(), m_request.constData() + m_written,
                                         size_t(m_request.size() - m_written));
            if (done > 0)
                m_written += done;
            else if (errno != EINTR)
                return; // full for now, or the program is gone, which reading detects
        }
    }

    // False when no more will come.
    bool read()
    {
        std::array<char, 64 * 1024> buffer;
        for (;;) {
            const ssize_t got = ::read(m_child.error.get(), buffer.data(), buffer.size());
            if (got > 0)
                return take(buffer.data(), got);
            if (got == 0 || (errno != EAGAIN && errno != EINTR))
                return false;
            if (errno == EAGAIN)
                return true;
        }
    }

    bool take(const char* bytes, ssize_t count)
    {
        QByteArray& body = m_reply.body;
        if (m_header.size() < kReplyHeader) {
            const ssize_t part = std::min<ssize_t>(count, kReplyHeader - m_header.size());
            m_header.append(bytes, part);
            bytes += part;
            count -= part;
            if (m_header.size() < kReplyHeader)
                return true;
            auto begun = replyFrom(m_header);
            m_isNonsense = !begun;
            if (!begun)
                return false;
            m_reply = std::move(begun->first);
            m_length = begun->second;
            body.reserve(m_length);
        }
        body.append(bytes, count);
        m_isNonsense = body.size() > m_length;
        m_isWhole = body.size() == m_length;
        return !m_isNonsense;
    }

    ChildProcess& m_child;
    const QByteArray& m_request;
    const PictureReader::Stops& m_stops;
    const FileDescriptor m_wake;
    const steady_clock::time_point m_deadline;
    steady_clock::time_point m_leaveAt;
    bool m_isLeaving = false;
    bool m_isNonsense = false;
    bool m_isWhole = false;
    qsizetype m_written = 0;
    QByteArray m_header;
    ReaderReply m_reply;
    qsizetype m_length = 0;
};
} // namespace

Exchanged exchange(ChildProcess& child, const QByteArray& request, milliseconds wall,
                   const PictureReader::Stops& stops)
{
    return Exchange(child, request, wall, stops).toEnd();
}

} // namespace queuedeck::handlers
