// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"
#include "ui/widgets/icon.h"

#include <QString>

namespace queuedeck::ui {

/// How an entry of the journal is shown.
namespace journalwords {

QString action(const QString& name); ///< "Retry"; unknown actions as they are
Icon actionIcon(const QString& name);
QString state(const domain::JournalEntry& entry); ///< "Done", "Unfinished"
Icon stateIcon(const domain::JournalEntry& entry);
Color stateColor(const domain::JournalEntry& entry);
/// "Retry of 12,428 jobs" and the like, in the middle of a sentence.
QString what(const domain::JournalEntry& entry);
QString undoButton(const domain::JournalEntry& entry);   ///< "Undo 212 Jobs", "Redo 212 Jobs"
QString resumeButton(const domain::JournalEntry& entry); ///< "Resume 7,928 Jobs"
QString skipped(const domain::JournalEntry& entry);      ///< "2 already running, 1 gone"
/// What a row was and became: "status: failed → pending".
QString change(const domain::JournalRow& row);

} // namespace journalwords
} // namespace queuedeck::ui
