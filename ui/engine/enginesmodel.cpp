// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/enginesmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tokens.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace queuedeck::ui {

void EnginesModel::setEngines(const QVector<domain::EngineSeen>& engines, const QDateTime& now)
{
    m_now = now;
    const bool isSame =
        engines.size() == m_engines.size()
        && std::equal(engines.cbegin(), engines.cend(), m_engines.cbegin(),
                      [](const auto& a, const auto& b) { return a.id == b.id; });
    if (!isSame)
        beginResetModel();
    m_engines = engines;
    if (!isSame)
        endResetModel();
    else if (!m_engines.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int EnginesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_engines.size());
}

int EnginesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool EnginesModel::isSilent(const domain::EngineSeen& engine) const
{
    return engine.seenAt.addSecs(domain::kEngineSilent.count()) < m_now;
}

bool EnginesModel::isHere(const domain::EngineSeen& engine)
{
    return engine.pid == QCoreApplication::applicationPid()
           && engine.host == QSysInfo::machineHostName();
}

QString EnginesModel::text(const domain::EngineSeen& engine, int column) const
{
    switch (column) {
    case Host: return showControls(engine.host);
    case Pid: return QString::number(engine.pid);
    case State: return isSilent(engine) ? tr("silent") : showControls(engine.state);
    case Jobs: return formatCount(engine.jobs);
    case LastSign: return formatAge(engine.seenAt, m_now);
    case Started: return formatAge(engine.startedAt, m_now);
    case Version: return showControls(engine.version);
    default: return {};
    }
}

QVariant EnginesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const domain::EngineSeen& engine = m_engines[index.row()];
    const int column = index.column();
    const bool isNumber =
        column == Pid || column == Jobs || column == LastSign || column == Started;
    switch (role) {
    case Qt::DisplayRole: return text(engine, column);
    case Qt::TextAlignmentRole:
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case role::Note:
        return column == Host && isHere(engine) ? QVariant(tr("this window")) : QVariant();
    case role::Muted: return column == Version || (column == Jobs && engine.jobs == 0);
    case role::TextColor:
        return isSilent(engine) && (column == State || column == LastSign)
                   ? QVariant(int(Color::Stuck))
                   : QVariant();
    case Qt::ToolTipRole:
        if (column == LastSign || column == State)
            return isSilent(engine) ? tr("No sign for over a minute: it has ended or lost the "
                                         "database. Its jobs are freed when their leases end.")
                                    : tr("A sign every 10 s.");
        if (column == Started)
            return formatBothTimes(engine.startedAt);
        if (column == Host)
            return tr("%1, process %2, Queuedeck %3, running for %4")
                .arg(text(engine, Host), text(engine, Pid), text(engine, Version),
                     text(engine, Started));
        return {};
    default: return {};
    }
}

QVariant EnginesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber =
            section == Pid || section == Jobs || section == LastSign || section == Started;
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Host: return tr("Machine");
    case Pid: return tr("Process");
    case State: return tr("State");
    case Jobs: return tr("Jobs");
    case LastSign: return tr("Last sign");
    case Started: return tr("Running for");
    case Version: return tr("Version");
    default: return {};
    }
}

} // namespace queuedeck::ui
