// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/enginesmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tokens.h"

namespace queuedeck::ui {

EnginesModel::EnginesModel(QObject* parent)
    : RowsModel({{tr("Machine")},
                 {tr("Process"), true},
                 {tr("State")},
                 {tr("Jobs"), true},
                 {tr("Last seen"), true},
                 {tr("Running for"), true},
                 {tr("Version")}},
                parent)
{
}

void EnginesModel::setEngines(const QVector<domain::EngineSeen>& engines, const QDateTime& now)
{
    m_now = now;
    replace(m_engines, engines, haveSameIds(engines, m_engines), 0, ColumnCount - 1);
}

QString EnginesModel::text(const domain::EngineSeen& engine, int column) const
{
    switch (column) {
    case Host: return showControls(engine.host);
    case Pid: return QString::number(engine.pid);
    case State: return engine.isSilent(m_now) ? tr("silent") : showControls(engine.state);
    case Jobs: return formatCount(engine.jobs);
    case LastSign: return formatAge(engine.seenAt, m_now);
    case Started: return formatAge(engine.startedAt, m_now);
    case Version: return showControls(engine.version);
    default: return {};
    }
}

QVariant EnginesModel::cell(int row, int column, int role) const
{
    const domain::EngineSeen& engine = m_engines[row];
    switch (role) {
    case Qt::DisplayRole: return text(engine, column);
    case role::Note:
        return column == Host && engine.isThisProgram() ? QVariant(tr("this window")) : QVariant();
    case role::Muted: return column == Version || (column == Jobs && engine.jobs == 0);
    case role::TextColor:
        return engine.isSilent(m_now) && (column == State || column == LastSign)
                   ? QVariant(int(Color::Stuck))
                   : QVariant();
    case Qt::ToolTipRole:
        if (column == LastSign || column == State)
            return engine.isSilent(m_now)
                       ? tr("No heartbeat for over a minute: it has ended or lost the "
                            "database. Its jobs are freed when their leases end.")
                       : tr("A heartbeat every 10 s.");
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

} // namespace queuedeck::ui
