// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/notice/outcometext.h"
#include "ui/widgets/toast.h"

#include <QObject>

namespace queuedeck::ui {

/// Tells the user what an action did: a toast for what was done (with Undo if there is a journal
/// entry), a partial outcome to be read at leisure, a failure for a strip. It owns no widget; the
/// window connects it.
class Notifier : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void report(ChangeKind kind, const domain::Outcome& outcome);
    void say(const QString& text);
    /// The same for what did not go well: without a tick.
    void warn(const QString& text);
    /// The result of a run: a tick only if jobs were completed and none failed.
    void sayDone(const QString& text, int completed, int failed);
    void fail(const base::Error& error); ///< Cancelled is not a failure and says nothing

Q_SIGNALS:
    void toastWanted(const QString& text, const queuedeck::domain::JournalId& undo,
                     queuedeck::ui::Toast::Tone tone);
    /// A partial outcome: it stays until it has been read, and offers Undo if there is an entry.
    void troubled(queuedeck::ui::ChangeKind kind, const queuedeck::domain::Outcome& outcome);
    void failed(const QString& line);
};

} // namespace queuedeck::ui
