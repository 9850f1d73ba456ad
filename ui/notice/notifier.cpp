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
                     deed == Deed::Undo ? domain::JournalId() : outcome.journal,
                     outcome.changed > 0 ? Toast::Tone::Done : Toast::Tone::Plain);
}

void Notifier::say(const QString& text)
{
    emit toastWanted(text, {}, Toast::Tone::Plain);
}

void Notifier::warn(const QString& text)
{
    emit toastWanted(text, {}, Toast::Tone::Bad);
}

void Notifier::sayDone(const QString& text, int completed, int failed)
{
    emit toastWanted(text, {},
                     failed > 0      ? Toast::Tone::Bad
                     : completed > 0 ? Toast::Tone::Done
                                     : Toast::Tone::Plain);
}

void Notifier::fail(const base::Error& error)
{
    if (error.kind != base::ErrorKind::Cancelled)
        emit failed(errorLine(error));
}

} // namespace queuedeck::ui
