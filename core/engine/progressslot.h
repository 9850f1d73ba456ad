// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/progress.h"

#include <mutex>

namespace queuedeck::engine {

/// What the job of one worker last said about how far it is. The handler writes it, whoever shows
/// it reads it: a report costs one lock that hardly anybody else wants, and no more, however often
/// it is called. May be used from any thread.
class ProgressSlot : public domain::ProgressSink
{
public:
    void report(const domain::Progress& progress) override;
    /// For the next job.
    void clear();
    domain::Progress latest() const;
    /// The same, if it is new since the last call.
    bool takeChange();

private:
    mutable std::mutex m_mutex;
    domain::Progress m_latest;
    bool m_isChanged = false;
};

} // namespace queuedeck::engine
