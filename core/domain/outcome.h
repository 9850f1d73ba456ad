// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <QString>
#include <QVector>

namespace queuedeck::domain {

/// A row an action left alone, and why ("already running", "gone").
struct Skipped
{
    QString id;
    QString reason;

    bool operator==(const Skipped&) const = default;
};

/// What a change by a person did. `matched` = `changed` + skipped.size() unless it was cancelled.
struct Outcome
{
    qint64 matched = 0;
    qint64 changed = 0;
    QVector<Skipped> skipped;
    JournalId journal; ///< for Undo; empty on a dry run or when nothing changed
    bool dryRun = false;
    bool cancelled = false; ///< stopped between two batches; what was done stays done
};

} // namespace queuedeck::domain
