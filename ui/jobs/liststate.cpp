// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/liststate.h"

namespace queuedeck::ui {

ListState listState(const ListFacts& facts)
{
    if (facts.isLost)
        return ListState::Lost;
    if (!facts.failure.isEmpty())
        return ListState::Failed;
    if (facts.slowSeconds > 0)
        return ListState::Slow;
    if (facts.isStopped)
        return ListState::Stopped;
    if (facts.isPaused && facts.readAt.isValid())
        return ListState::Paused;
    if (facts.searchedTo.isValid())
        return ListState::Searching;
    return ListState::Current;
}

ListContent listContent(const ListFacts& facts)
{
    const bool isGivenUp = facts.isStopped || !facts.failure.isEmpty() || facts.isLost;
    if (!facts.hasAnswer)
        return isGivenUp ? ListContent::NothingRead : ListContent::Rows;
    if (facts.rows > 0)
        return ListContent::Rows;
    if (facts.searchedTo.isValid())
        return ListContent::NoMatchYet;
    return facts.isFiltered ? ListContent::NoMatch : ListContent::EmptyQueue;
}

} // namespace queuedeck::ui
