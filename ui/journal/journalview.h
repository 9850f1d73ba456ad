// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class CopyButton;
class Label;
class LinesTable;

/// One entry of the journal: who did what to which jobs, what was left alone, and each job before
/// and after. GUI thread.
class JournalView : public QWidget
{
    Q_OBJECT

public:
    explicit JournalView(service::Session& session, QWidget* parent = nullptr);

    /// Reads the rows of an entry that is new here.
    void setEntry(const std::optional<domain::JournalEntry>& entry);
    /// Why nothing can be changed here; empty: it can.
    void setChangesOff(const QString& why);

Q_SIGNALS:
    void undoWanted(const queuedeck::domain::JournalEntry& entry);
    void resumeWanted(const queuedeck::domain::JournalEntry& entry);
    void copied(const QString& what);

private:
    void showButtons();
    void showRows(const QVector<domain::JournalRow>& rows);

    service::Session& m_session;
    std::optional<domain::JournalEntry> m_entry;
    QString m_changesOff;
    Label* m_title;
    Label* m_who;
    QPushButton* m_undo;
    QPushButton* m_resume;
    Label* m_scope;
    Label* m_counts;
    Label* m_rowsTitle;
    LinesTable* m_rows;
    Label* m_command;
    CopyButton* m_copy;
};

} // namespace queuedeck::ui
