// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/toast.h"

#include <QObject>

namespace queuedeck::ui {

/// Tells a person what an action did: a toast for what was done (with Undo where there is a
/// journal entry), what went wrong on the way to be read at leisure, the failure for a strip. It
/// owns no widget; the window connects it.
class Notifier : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void report(Deed deed, const domain::Outcome& outcome);
    void say(const QString& text);
    /// The same of what did not go well: no tick stands before it.
    void warn(const QString& text);
    /// What a run has done: a tick only where jobs were completed and none failed.
    void sayDone(const QString& text, int completed, int failed);
    void fail(const base::Error& error); ///< Cancelled is no failure and says nothing

signals:
    void toastWanted(const QString& text, const queuedeck::domain::JournalId& undo,
                     queuedeck::ui::Toast::Tone tone);
    /// What was done in part: it stays until it was read, and offers Undo where there is an entry.
    void troubled(queuedeck::ui::Deed deed, const queuedeck::domain::Outcome& outcome);
    void failed(const QString& line);
};

} // namespace queuedeck::ui
