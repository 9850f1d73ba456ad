// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <QDateTime>
#include <QMap>

namespace queuedeck::domain {

/// Who changes something: recorded with every change a user makes.
struct Actor
{
    QString user;
    QString host;

    /// The user and computer this process runs as.
    static Actor current();
};

/// The actions of entries that take another entry back.
inline constexpr QLatin1StringView kUndoAction{"undo"};
inline constexpr QLatin1StringView kRedoAction{"redo"}; ///< of an undo

/// One user action, as recorded in the journal.
struct JournalEntry
{
    enum class State {
        Ended,
        Running, ///< by a program that was heard of within the last minute
        Stopped, ///< by a person, a crash or a lost connection: it can be resumed
    };

    JournalId id;
    QDateTime at; ///< UTC
    QString actor;
    QString host;
    QString action; ///< actionName(), cleanup, enqueue, upload, undo, redo …
    QString scope;  ///< "3 selected jobs", "created before …", "status:failed"
    qint64 changed = 0;
    QDateTime undoneAt; ///< UTC; invalid = not undone
    bool canUndo = false;
    State state = State::Ended;
    qint64 total = 0;              ///< jobs that a large change is about; 0: not recorded
    qint64 done = 0;               ///< … that it has walked over
    QMap<QString, qint64> skipped; ///< jobs left alone by reason (SkipReason::text)
    JournalId undoes;              ///< the entry that this one takes back
    QString undoneAction;          ///< … and what that did

    bool canResume() const { return state == State::Stopped; }
    bool isUndo() const { return action == kUndoAction; }
};

/// What an entry did to a job: the columns that it wrote, before and after. Texts as the database
/// writes them; a null string is NULL.
struct JournalRow
{
    JobId job;
    bool wasThere = true; ///< else the entry added the job
    bool isThere = true;  ///< else it deleted it
    QMap<QString, QString> before;
    QMap<QString, QString> after;
};

/// What the journal takes.
struct JournalSize
{
    qint64 entries = 0;
    QDateTime oldest; ///< UTC; invalid: it is empty
    qint64 bytes = 0; ///< of its tables and their indexes on disk
};

} // namespace queuedeck::domain
