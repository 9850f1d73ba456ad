// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journalmodel.h"

#include "ui/journal/journalwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

using domain::JournalEntry;

JournalModel::JournalModel(QObject* parent)
    : RowsModel({{tr("When")},
                 {tr("Action")},
                 {tr("By")},
                 {tr("Scope")},
                 {tr("Changed"), true},
                 {tr("Skipped"), true},
                 {tr("State")}},
                parent)
{
}

void JournalModel::setEntries(const QVector<JournalEntry>& entries)
{
    replace(m_entries, entries, haveSameIds(m_entries, entries), When, State);
}

const JournalEntry* JournalModel::entryAt(int row) const
{
    return row >= 0 && row < m_entries.size() ? &m_entries[row] : nullptr;
}

int JournalModel::rowOf(const domain::JournalId& id) const
{
    for (int row = 0; row < m_entries.size(); ++row) {
        if (m_entries[row].id == id)
            return row;
    }
    return -1;
}

QVariant JournalModel::cell(int row, int column, int role) const
{
    const JournalEntry& entry = m_entries[row];
    switch (role) {
    case role::FixedFont: return column == Scope;
    case role::Muted: return column == Who || (column == Skipped && entry.skipped.isEmpty());
    case role::TextColor:
        return column == State ? QVariant(int(journalwords::stateColor(entry))) : QVariant();
    case role::Icon:
        return column == Action  ? QVariant(int(journalwords::actionIcon(entry.action)))
               : column == State ? QVariant(int(journalwords::stateIcon(entry)))
                                 : QVariant();
    case Qt::ToolTipRole:
        return column == When      ? formatBothTimes(entry.at)
               : column == Skipped ? journalwords::skipped(entry)
               : column == Scope   ? showControls(entry.scope)
                                   : QString();
    case Qt::DisplayRole: break;
    default: return {};
    }
    switch (column) {
    case When: return formatTime(entry.at);
    case Action: return journalwords::action(entry.action);
    case Who: return showControls(entry.actor + u'@' + entry.host);
    case Scope: return showControls(entry.scope);
    case Changed: return formatCount(entry.changed);
    case Skipped: {
        qint64 sum = 0;
        for (const qint64 count : entry.skipped)
            sum += count;
        return formatCount(sum);
    }
    case State: return journalwords::state(entry);
    default: return {};
    }
}

} // namespace queuedeck::ui
