// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/namedsql.h"
#include "core/domain/journalentry.h"

namespace queuedeck::store {

/// What a change was for, as the journal shows it.
struct ChangeNote
{
    QString action; ///< retry, retry-keep-tries, cancel, delete, cleanup, run-next, enqueue, upload
    QString scope;
    domain::Actor actor;
    bool isSlow = false; ///< it will take its time: recorded however few its jobs are
};

/// The parameters of CompanionSql::journalOpen, and most of those of noteAdded. `msecs` is UTC.
db::Params journalParams(const ChangeNote& note, const domain::JournalId& journal, qint64 msecs);

} // namespace queuedeck::store
