// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/notifier.h"

#include "ui/notice/errortext.h"

namespace queuedeck::ui {

void Notifier::report(Deed deed, const domain::Outcome& outcome)
{
    if (isTroubled(outcome)) {
        emit troubled(deed, outcome);
        return;
    }
    emit toastWanted(outcomeText(deed, outcome),
                     deed == Deed::Undo ? domain::JournalId() : outcome.journal);
}

void Notifier::say(const QString& text)
{
    emit toastWanted(text, {});
}

void Notifier::fail(const base::Error& error)
{
    if (error.kind != base::ErrorKind::Cancelled)
        emit failed(errorLine(error));
}

} // namespace queuedeck::ui
