// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/completionmodel.h"

#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Group = domain::Completion::Group;

namespace {
QString headOf(Group group)
{
    switch (group) {
    case Group::Recent: return CompletionModel::tr("Used before");
    case Group::Fields: return CompletionModel::tr("Fields");
    case Group::Operators: return CompletionModel::tr("Comparisons");
    case Group::Values: return CompletionModel::tr("Values");
    case Group::Paths: break;
    }
    return CompletionModel::tr("Payload paths");
}
} // namespace

CompletionModel::CompletionModel(QObject* parent)
    : QAbstractListModel(parent)
{
}

void CompletionModel::setCompletions(const domain::Completions& completions)
{
    beginResetModel();
    m_completions = completions;
    m_rows.clear();
    for (qsizetype i = 0; i < completions.items.size(); ++i) {
        const Group group = completions.items[i].group;
        if (i == 0 || completions.items[i - 1].group != group)
            m_rows += Row{headOf(group), 0};
        m_rows += Row{{}, i};
    }
    endResetModel();
}

const domain::Completion* CompletionModel::item(const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= m_rows.size() || !m_rows[index.row()].head.isEmpty())
        return nullptr;
    return &m_completions.items[m_rows[index.row()].item];
}

QModelIndex CompletionModel::next(const QModelIndex& from, int step) const
{
    const int count = int(m_rows.size());
    int row = from.isValid() ? from.row() : (step > 0 ? -1 : count);
    for (int i = 0; i < count; ++i) {
        row = (row + step + count) % count;
        if (item(index(row)))
            return index(row);
    }
    return {};
}

int CompletionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant CompletionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const domain::Completion* const one = item(index);
    if (role == IsHead)
        return !one;
    if (!one)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole
                   ? QVariant(m_rows[index.row()].head)
                   : QVariant();
    if (role == Qt::DisplayRole)
        return one->shown;
    if (role != Qt::AccessibleTextRole)
        return {};
    QStringList parts{showControls(one->shown), one->note.translated()};
    if (one->count >= 0)
        parts += formatCount(one->count);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

Qt::ItemFlags CompletionModel::flags(const QModelIndex& index) const
{
    return item(index) ? Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren
                       : Qt::NoItemFlags;
}

} // namespace queuedeck::ui
