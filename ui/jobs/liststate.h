// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace queuedeck::ui {

/// What is known of a list and its database.
struct ListFacts
{
    bool isLost = false;    ///< the database does not answer at all
    QString failure;        ///< why the last reading failed; empty: it did not
    int slowSeconds = 0;    ///< how long the query has run that is still not answered; 0: not long
    bool isStopped = false; ///< by a person, before it was answered
    bool isPaused = false;  ///< nothing is read by itself
    QDateTime readAt;       ///< UTC; invalid: nothing was read yet
    bool hasAnswer = false; ///< for this filter
    int rows = 0;
    bool isFiltered = false;
};

/// Whether a list can be trusted, the worst reason why not.
enum class ListState { Current, Lost, Failed, Slow, Stopped, Paused };

/// What stands where the rows are.
enum class ListContent { Rows, NothingRead, EmptyQueue, NoMatch };

ListState listState(const ListFacts& facts);
ListContent listContent(const ListFacts& facts);

} // namespace queuedeck::ui
