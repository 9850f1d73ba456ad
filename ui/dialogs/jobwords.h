// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobrules.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/mark.h"

#include <QString>

namespace queuedeck::ui {

/// The words of the dialogs that change jobs. Counts have their separators; a single job is called
/// one job even if no translation provides plural forms.
namespace jobwords {

QString title(domain::JobAction action, qint64 jobs);       ///< "Retry 12,431 jobs"
QString question(domain::JobAction action, qint64 jobs);    ///< "Delete 50 jobs?"
QString questionAll(domain::JobAction action, qint64 jobs); ///< "Retry all 12,431 jobs that match?"
QString safeButton(domain::JobAction action);               ///< "Keep Them"
QString goButton(domain::JobAction action, qint64 jobs);    ///< "Retry 12,428 Jobs"
QString effect(domain::JobAction action);                   ///< "will be re-queued"
QString change(domain::JobAction action);                   ///< "failed → pending, tries → 0"
/// "failed → pending, tries 3 → 0": what becomes of a job in this state.
QString changeOf(domain::JobAction action, const domain::Job& job);
QString rest(domain::JobAction action); ///< "neither failed nor dead"
/// What to know beforehand; may be empty. `hasUndo`: this database has a journal.
QString consequence(domain::JobAction action, bool hasUndo);
/// "25 batches of 500; you can stop between two of them. Undo is in the journal."
QString batches(qint64 jobs, bool hasUndo);
QString enqueueButton(int jobs);
QString newerLeftOut(qint64 jobs, bool isExact); ///< "37 newer jobs match and are not included."
Mark before(domain::JobAction action);           ///< the mark of the jobs it applies to
ChangeKind changeKind(domain::JobAction action);

/// "3 selected jobs", as the journal keeps it: never translated.
QString journalScope(qint64 jobs);
/// "48 failed, 2 completed": by the state a person sees.
QString byStatus(const QVector<domain::Job>& jobs);

} // namespace jobwords
} // namespace queuedeck::ui
