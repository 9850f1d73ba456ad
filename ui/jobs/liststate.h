// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace queuedeck::ui {

/// What is known about a list and its database.
struct ListFacts
{
    bool isLost = false;    ///< the database does not answer at all
    QString failure;        ///< why the last reading failed; empty: it did not
    int slowSeconds = 0;    ///< how long the unanswered query has run; 0: not long
    bool isStopped = false; ///< by a person, before it was answered
    bool isPaused = false;  ///< nothing is read automatically
    QDateTime searchedTo;   ///< UTC; how far back a search has come that is not done
    QDateTime readAt;       ///< UTC; invalid: nothing was read yet
    bool hasAnswer = false; ///< for this filter
    int rows = 0;
    bool isFiltered = false;
};

/// Whether a list can be trusted, or the worst reason why not.
enum class ListState { Current, Lost, Failed, Slow, Stopped, Paused, Searching };

/// What is shown in the place of the rows.
enum class ListContent { Rows, NothingRead, EmptyQueue, NoMatch, NoMatchYet };

ListState listState(const ListFacts& facts);
ListContent listContent(const ListFacts& facts);

} // namespace queuedeck::ui
