// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/progressnotes.h"

#include <cmath>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
constexpr std::chrono::milliseconds kLook{500};
constexpr std::chrono::minutes kSayAgain{1};
constexpr std::chrono::seconds kWorthALine{3}; ///< a job that runs for this long
} // namespace

QString progressWords(const domain::Progress& progress)
{
    const QString share = progress.fraction
                              ? u"%1 %"_s.arg(int(std::floor(*progress.fraction * 100 + 1e-9)))
                              : QString();
    const QString words = visible(progress.text);
    return share.isEmpty() || words.isEmpty() ? share + words : share + u", "_s + words;
}

ProgressNotes::ProgressNotes(Console& console, Running running)
    : m_console(console)
    , m_running(std::move(running))
{
    m_timer.setInterval(kLook);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { look(); });
    m_timer.start();
}

ProgressNotes::~ProgressNotes()
{
    m_console.endProgress();
}

void ProgressNotes::look()
{
    const bool isTerminal = ::isatty(STDERR_FILENO) != 0;
    const auto now = std::chrono::steady_clock::now();
    QStringList lines;
    QHash<domain::JobId, Said> said;
    for (const domain::RunningJob& job : m_running()) {
        if (job.progress.isEmpty())
            continue;
        const QString line = u"%1 %2: %3"_s.arg(visible(job.type), visible(job.id.value),
                                                progressWords(job.progress));
        const auto before = m_said.constFind(job.id);
        if (!isTerminal && before == m_said.cend() && job.running < kWorthALine)
            continue;
        const bool isDue = before == m_said.cend() ||
                           (before->progress != job.progress && now - before->at >= kSayAgain);
        if (isDue && !isTerminal)
            m_console.note(line);
        said.insert(job.id, isDue ? Said{job.progress, now} : *before);
        lines += line;
    }
    m_said = said;
    if (!isTerminal)
        return;
    if (lines.isEmpty())
        m_console.endProgress();
    else
        m_console.progress(lines.size() == 1
                               ? lines[0]
                               : u"%1 (and %2 more)"_s.arg(lines[0]).arg(lines.size() - 1));
}

} // namespace queuedeck::ctl
