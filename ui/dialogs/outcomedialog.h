// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/notice/outcometext.h"
#include "ui/widgets/dialog.h"

namespace queuedeck::ui {

/// Reports a change that was done in part: how many, what was left alone and why, what ended it,
/// with Undo for what was done. It stays until it has been read.
class OutcomeDialog : public Dialog
{
    Q_OBJECT

public:
    OutcomeDialog(ChangeKind kind, const domain::Outcome& outcome, QWidget* parent);

Q_SIGNALS:
    void undoWanted(const queuedeck::domain::JournalId& entry);
};

} // namespace queuedeck::ui
