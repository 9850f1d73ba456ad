// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"
#include "ui/widgets/rowsmodel.h"

namespace queuedeck::ui {

/// The entries of the journal, newest first.
class JournalModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { When, Action, Who, Scope, Changed, Skipped, State, ColumnCount };

    explicit JournalModel(QObject* parent = nullptr);

    void setEntries(const QVector<domain::JournalEntry>& entries);
    const QVector<domain::JournalEntry>& entries() const { return m_entries; }
    const domain::JournalEntry* entryAt(int row) const;
    int rowOf(const domain::JournalId& id) const; ///< -1: it is not here

protected:
    int rows() const override { return int(m_entries.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    QVector<domain::JournalEntry> m_entries;
};

} // namespace queuedeck::ui
