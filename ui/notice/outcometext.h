// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outcome.h"

#include <QString>

namespace queuedeck::ui {

enum class ChangeKind {
    Retry,
    Cancel,
    Delete,
    CleanUp,
    Undo,
    RunNext,
    Repair,
    Enqueue,
    Upload,
    Forget, ///< entries of the journal
};

/// "12 re-queued, 1 skipped: already running." Says what was done, why the rest was not, what may
/// still happen and what Undo does not bring back.
QString outcomeText(ChangeKind kind, const domain::Outcome& outcome);
/// "12 re-queued, 1 skipped." What was done, in one clause without reasons.
QString outcomeTitle(ChangeKind kind, const domain::Outcome& outcome);
/// Whether something went wrong that has to stay until it has been read: it ended early with an
/// error, or the database refused rows.
bool isTroubled(const domain::Outcome& outcome);

/// The rows that were left alone for one reason.
struct SkippedFor
{
    QString reason; ///< as shown in this window
    QStringList ids;
};

/// The most frequent reason first.
QVector<SkippedFor> skippedByReason(const domain::Outcome& outcome);
/// "Undo does not bring back: …", or without Undo, what else is deleted; empty if nothing is lost.
QString lostText(const base::Sentences& lost, bool hasUndo);

} // namespace queuedeck::ui
