// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/console.h"
#include "core/domain/engineseen.h"

#include <QHash>
#include <QTimer>

#include <chrono>

namespace queuedeck::ctl {

/// Says on standard error how far the jobs that run here are, while they say so: in a line that
/// overwrites itself on a terminal, else in a line a minute for each job that takes longer than a
/// few seconds. Main thread.
class ProgressNotes
{
public:
    using Running = std::function<QVector<domain::RunningJob>()>;

    ProgressNotes(Console& console, Running running);
    ~ProgressNotes(); ///< removes the line

private:
    struct Said
    {
        domain::Progress progress;
        std::chrono::steady_clock::time_point at;
    };
    void look();

    Console& m_console;
    const Running m_running;
    QHash<domain::JobId, Said> m_said;
    QTimer m_timer;
};

/// "40 %, reading"; one of the two where the other is not known.
QString progressWords(const domain::Progress& progress);

} // namespace queuedeck::ctl
