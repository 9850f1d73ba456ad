// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <QDateTime>

namespace queuedeck::domain {

/// Who changes something: recorded with every change a user makes.
struct Actor
{
    QString user;
    QString host;

    /// The user and computer this process runs as.
    static Actor current();
};

/// One user action, as recorded in the journal.
struct JournalEntry
{
    JournalId id;
    QDateTime at; ///< UTC
    QString actor;
    QString host;
    QString action; ///< actionName(), cleanup, enqueue or upload
    QString scope;  ///< "3 selected jobs", "created before …", "status:failed"
    qint64 changed = 0;
    QDateTime undoneAt; ///< UTC; invalid = not undone
    bool canUndo = false;
};

} // namespace queuedeck::domain
