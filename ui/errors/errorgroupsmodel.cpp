// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/errors/errorgroupsmodel.h"

#include "ui/errors/errorwords.h"
#include "ui/widgets/format.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::ErrorGroup;

ErrorGroupsModel::ErrorGroupsModel(QObject* parent)
    : RowsModel({{tr("Jobs"), true},
                 {tr("Of all failures")},
                 {tr("Error")},
                 {tr("Per hour, own scale")},
                 {tr("First"), true},
                 {tr("Last"), true}},
                parent)
{
}

void ErrorGroupsModel::setGroups(const domain::ErrorGroups& groups, const QDateTime& now)
{
    const bool areSame =
        std::equal(m_groups.groups.begin(), m_groups.groups.end(), groups.groups.begin(),
                   groups.groups.end(), [](const ErrorGroup& one, const ErrorGroup& other) {
                       return one.signature == other.signature;
                   });
    m_now = now;
    replace(m_groups, groups, areSame, Count, Last);
}

const ErrorGroup* ErrorGroupsModel::groupAt(int row) const
{
    return row >= 0 && row < rows() ? &m_groups.groups[size_t(row)] : nullptr;
}

int ErrorGroupsModel::rowOf(const QString& signature) const
{
    const ErrorGroup* group = m_groups.find(signature);
    return group ? int(group - m_groups.groups.data()) : -1;
}

double ErrorGroupsModel::largestShare() const
{
    return m_groups.groups.empty() ? 1 : m_groups.share(m_groups.groups.front());
}

QVariant ErrorGroupsModel::cell(int row, int column, int role) const
{
    const ErrorGroup& group = m_groups.groups[size_t(row)];
    if (role == role::Strong)
        return column == Count;
    if (role == Qt::ToolTipRole) {
        switch (column) {
        case Error: return errorwords::signature(group);
        case Hours: return errorwords::perHour(group.perHour(m_now), m_now);
        case First: return formatBothTimes(group.first);
        case Last: return formatBothTimes(group.last);
        default: return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    const auto moment = [this](const QDateTime& at) {
        const errorwords::Moment said = errorwords::moment(at, m_now);
        return (said.clock + u' ' + said.day).trimmed();
    };
    switch (column) {
    case Count: return formatCount(group.count);
    case Share: return errorwords::share(m_groups.share(group));
    case Error: return u"%1, %2"_s.arg(errorwords::signature(group), errorwords::types(group));
    case Hours: return errorwords::perHour(group.perHour(m_now), m_now);
    case First: return moment(group.first);
    case Last: return moment(group.last);
    default: return {};
    }
}

} // namespace queuedeck::ui
