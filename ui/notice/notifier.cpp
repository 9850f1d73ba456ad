// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notice/notifier.h"

#include "ui/notice/errortext.h"

namespace queuedeck::ui {

void Notifier::report(ChangeKind kind, const domain::Outcome& outcome)
{
    if (isTroubled(outcome)) {
        Q_EMIT troubled(kind, outcome);
        return;
    }
    Q_EMIT toastWanted(outcomeText(kind, outcome),
                       kind == ChangeKind::Undo ? domain::JournalId() : outcome.journal,
                       outcome.changed > 0 ? Toast::Tone::Done : Toast::Tone::Plain);
}

void Notifier::say(const QString& text)
{
    Q_EMIT toastWanted(text, {}, Toast::Tone::Plain);
}

void Notifier::warn(const QString& text)
{
    Q_EMIT toastWanted(text, {}, Toast::Tone::Bad);
}

void Notifier::sayDone(const QString& text, int completed, int failed)
{
    Q_EMIT toastWanted(text, {},
                       failed > 0      ? Toast::Tone::Bad
                       : completed > 0 ? Toast::Tone::Done
                                       : Toast::Tone::Plain);
}

void Notifier::fail(const base::Error& error)
{
    if (error.kind != base::ErrorKind::Cancelled)
        Q_EMIT failed(errorLine(error));
}

} // namespace queuedeck::ui
