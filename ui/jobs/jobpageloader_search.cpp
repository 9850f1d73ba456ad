// SPDX-License-Identifier: GPL-3.0-or-later
// Searching on where a search has stopped because its time was over.
#include "core/async/deliver.h"
#include "core/service/jobservice.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobtablemodel.h"

namespace queuedeck::ui {

using domain::JobPage;

namespace {
constexpr int kPage = JobRows::kPageSize;
} // namespace

void JobPageLoader::searchOn()
{
    if (m_searchedTo.isEmpty())
        return;
    m_moreDue = true;
    m_search.start();
    goOn();
    next();
}

void JobPageLoader::noteSearch(const JobPage& content)
{
    m_searchedTo = content.searchedTo;
    m_searchedToTime = content.searchedToTime;
    m_moreDue =
        !m_searchedTo.isEmpty() && m_search.isValid() && m_search.elapsed() < m_goOnFor.count();
}

void JobPageLoader::requestMore()
{
    m_moreDue = false;
    domain::PageRequest request;
    request.filter = m_filter;
    request.before = m_searchedTo;
    request.limit = kPage;
    request.budget = m_budget;
    request.budget->window = m_tail.window;
    begin();
    async::deliver(m_jobs.page(request), this,
                   [this, generation = m_generation](const base::Result<JobPage>& answer) {
                       if (takeAnswer(generation, answer ? nullptr : &answer.error()))
                           showMore(*answer);
                       next();
                   });
}

// The rows found follow those of the last page.
void JobPageLoader::showMore(const JobPage& found)
{
    const qint64 took = m_question.elapsed();
    const qsizetype room = kPage - m_tail.jobs.size();
    JobPage filled = m_tail;
    filled.window = found.window;
    filled.jobs += found.jobs.first(qMin(room, found.jobs.size()));
    filled.keys += found.keys.first(qMin(room, found.keys.size()));
    JobPage rest = found;
    rest.jobs = found.jobs.sliced(qMin(room, found.jobs.size()));
    rest.keys = found.keys.sliced(qMin(room, found.keys.size()));

    noteSearch(found);
    const int end = m_tailPage * kPage + int(m_tail.jobs.size() + found.jobs.size());
    const bool mayFollow =
        !found.isLast && found.searchedTo.isEmpty(); // stopped because a page was full
    const int rows = mayFollow ? end + kPage : end;
    m_end = mayFollow ? std::nullopt : std::optional(end);
    m_model.put(m_tailPage, filled, {}, rows);
    if (!rest.jobs.isEmpty()) {
        JobRows::Place place;
        place.after = filled.keys.last();
        m_model.put(++m_tailPage, rest, place, rows);
    }
    m_tail = rest.jobs.isEmpty() ? filled : rest;
    if (found.isLast)
        setMatches({end + m_newer, m_newer < kPage});
    else
        setMatches({end + m_newer + 1, false});
    Q_EMIT listRead(took);
}

} // namespace queuedeck::ui
