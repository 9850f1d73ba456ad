// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/sentence.h"
#include "core/domain/ids.h"
#include "core/domain/skipreason.h"

#include <QString>
#include <QStringList>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

/// A row an action left alone, and why.
struct Skipped
{
    QString id;
    SkipReason why;

    bool operator==(const Skipped&) const = default;
};

/// What a user's change did. `matched` = `changed` + skipped.size() unless it was cancelled or
/// failed midway.
struct Outcome
{
    qint64 matched = 0;
    qint64 changed = 0;
    QVector<Skipped> skipped;
    JournalId journal; ///< for Undo; empty on a dry run or when nothing changed
    bool dryRun = false;
    bool cancelled = false; ///< stopped between two batches; what was done stays done
    std::optional<base::Error> failure = {}; ///< why it ended early; what was done stays done
    qint64 wereRunning = 0;    ///< cancelled jobs whose handler may still finish elsewhere
    base::Sentences lost = {}; ///< what was deleted and Undo cannot restore, one clause each
};

} // namespace queuedeck::domain
