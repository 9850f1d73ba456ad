// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/rulesmodel.h"

#include "ui/widgets/shown.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

RulesModel::RulesModel(State state, QObject* parent)
    : QAbstractListModel(parent)
    , m_state(std::move(state))
{
}

void RulesModel::setRules(const alerts::Rules& rules)
{
    beginResetModel();
    m_rules = rules;
    endResetModel();
}

void RulesModel::setRule(int row, const alerts::Rule& rule)
{
    m_rules[row] = rule;
    Q_EMIT dataChanged(index(row), index(row));
}

void RulesModel::insert(int row, const alerts::Rule& rule)
{
    beginInsertRows({}, row, row);
    m_rules.insert(row, rule);
    endInsertRows();
}

void RulesModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_rules.removeAt(row);
    endRemoveRows();
}

void RulesModel::refreshStates()
{
    if (!m_rules.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rules.size()) - 1));
}

int RulesModel::onCount() const
{
    return int(std::count_if(m_rules.begin(), m_rules.end(),
                             [](const alerts::Rule& rule) { return rule.isOn; }));
}

int RulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rules.size());
}

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const alerts::Rule& rule = m_rules[index.row()];
    switch (role) {
    case Qt::DisplayRole: return shown(rule.name);
    case Qt::CheckStateRole: return rule.isOn ? Qt::Checked : Qt::Unchecked;
    case WordsRole: return shown(ruleText(rule).translated());
    case StateRole: return m_state(rule).first;
    case IsOnNowRole: return m_state(rule).second;
    case Qt::ToolTipRole: return tip(u"%1\n%2"_s.arg(rule.name, ruleText(rule).translated()));
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(shown(rule.name), shown(ruleText(rule).translated()),
                                   m_state(rule).first);
    default: return {};
    }
}

bool RulesModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    m_rules[index.row()].isOn = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index);
    Q_EMIT toggled();
    return true;
}

Qt::ItemFlags RulesModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace queuedeck::ui
