// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"
#include "core/domain/outcome.h"
#include "ui/notice/outcometext.h"

#include <QObject>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class Notifier;

/// Takes changes back and carries them on: Undo and Redo of the menu, of a toast and of the
/// journal, and Resume. A few jobs at once, many after a dialog that shows how far it is. Knows the
/// newest entries. GUI thread.
class JournalActions : public QObject
{
    Q_OBJECT

public:
    /// Dialogs open over `window`, which owns this object.
    JournalActions(service::Session& session, ActionSet& actions, Notifier& notifier,
                   QWidget* window);

    /// Reads the newest entries again.
    void read();
    /// An empty id means the newest entry that can be undone.
    void undo(const domain::JournalId& entry);
    void undoEntry(const domain::JournalEntry& entry);
    void resume(const domain::JournalEntry& entry);
    void forgetOlder();

Q_SIGNALS:
    /// What was done last, for the status bar.
    void lastEntryChanged(const QString& words);

private:
    void redo();
    void updateEnabled();
    void undoNow(const domain::JournalId& entry);
    void openDialog(const domain::JournalEntry& entry, bool isUndo);
    void report(ChangeKind kind, const domain::Outcome& outcome);
    const domain::JournalEntry* newest(bool isUndo) const;

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    QWidget* m_window;
    QVector<domain::JournalEntry> m_entries;
};

} // namespace queuedeck::ui
