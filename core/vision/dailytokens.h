// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

namespace queuedeck::vision {

/// How many tokens this user has spent today (in UTC), kept in a private file that all of the
/// user's processes share. What a request may cost is added before it is sent, so that a process
/// that is killed meanwhile has counted it. Blocks for the moment that a small file takes. From any
/// thread.
class DailyTokens
{
public:
    /// `most` tokens a day. The clock must outlive it.
    DailyTokens(QString file, qint64 most, const base::Clock& clock = base::Clock::system());

    /// Adds `tokens`. Denied, with a sentence, if that would exceed the day's limit; another error
    /// if the total cannot be kept: then nothing may be spent.
    base::Status reserve(qint64 tokens);
    /// Corrects a reservation once it is known what was really spent, even beyond the limit.
    base::Status settle(qint64 reserved, qint64 spent);

    base::Result<qint64> spentToday() const;
    qint64 most() const { return m_most; }
    /// Until the next day begins.
    std::chrono::milliseconds untilTomorrow() const;

private:
    base::Status change(qint64 tokens, bool isLimited);

    const QString m_file;
    const qint64 m_most;
    const base::Clock& m_clock;
};

} // namespace queuedeck::vision
