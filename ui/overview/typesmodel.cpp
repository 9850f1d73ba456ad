// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/typesmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::JobStatus;

TypesModel::TypesModel(const QStringList& handledTypes, QObject* parent)
    : RowsModel({{tr("Type")},
                 {tr("Pending"), true},
                 {tr("Processing"), true},
                 {tr("Completed"), true},
                 {tr("Failed"), true},
                 {tr("Unknown"), true},
                 {tr("Done"), true},
                 {tr("Failed"), true},
                 {tr("Fail rate"), true},
                 {tr("Wait p50"), true},
                 {tr("p95"), true},
                 {tr("p99"), true},
                 {tr("Run p50"), true},
                 {tr("p95"), true},
                 {tr("p99"), true}},
                parent)
    , m_handledTypes(handledTypes)
{
}

void TypesModel::setHandledTypes(const QStringList& handledTypes)
{
    m_handledTypes = handledTypes;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Type), index(rowCount() - 1, Type));
}

void TypesModel::setCounts(const QMap<QString, domain::TypeCounts>& counts)
{
    if (counts == m_counts)
        return;
    m_counts = counts;
    setTypes();
}

void TypesModel::setHistory(const QMap<QString, domain::HistoryFigures>& figures)
{
    if (figures == m_past)
        return;
    m_past = figures;
    setTypes();
}

// Types of either, so that one whose jobs were cleaned up is still seen.
void TypesModel::setTypes()
{
    QStringList types = m_counts.keys();
    for (auto type = m_past.cbegin(); type != m_past.cend(); ++type) {
        if (!m_counts.contains(type.key()))
            types += type.key();
    }
    if (types != m_types) {
        beginResetModel();
        m_types = types;
        endResetModel();
    } else if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

qint64 TypesModel::figure(int row, int column) const
{
    const domain::TypeCounts counts = m_counts.value(m_types[row]);
    switch (column) {
    case Pending: return counts.pending;
    case Processing: return counts.processing;
    case Completed: return counts.completed;
    case Failed: return counts.failed;
    case Other: return counts.other;
    default: return 0;
    }
}

QVariant TypesModel::pastCell(const domain::HistoryFigures& past, int column, int role) const
{
    const auto time = [&](const domain::LogHistogram& times, double part) -> QString {
        const auto value = times.percentile(part);
        return value ? formatRunTime(std::chrono::duration_cast<std::chrono::milliseconds>(*value))
                     : u"–"_s;
    };
    if (role == role::Muted)
        return column == DoneThen     ? past.completed == 0
               : column == FailedThen ? past.failed == 0
               : column == FailRate   ? past.failed == 0
               : column >= RunP50     ? past.run.isEmpty()
                                      : past.wait.isEmpty();
    const bool isFailure = (column == FailedThen || column == FailRate) && past.failed > 0;
    if (role == role::TextColor && isFailure)
        return int(Color::Failed);
    if (role == role::Strong)
        return isFailure;
    if (role == Qt::ToolTipRole && column >= WaitP50)
        return column < RunP50 ? tr("Created to started, of first attempts, within 2 %.")
                               : tr("Started to ended, of own attempts, within 2 %.");
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case DoneThen: return formatCount(past.completed);
    case FailedThen: return formatCount(past.failed);
    case FailRate:
        return past.finished() > 0
                   ? tr("%1 %").arg(QLocale().toString(
                         100.0 * double(past.failed) / double(past.finished()), 'f', 1))
                   : u"–"_s;
    case WaitP50: return time(past.wait, 0.5);
    case WaitP95: return time(past.wait, 0.95);
    case WaitP99: return time(past.wait, 0.99);
    case RunP50: return time(past.run, 0.5);
    case RunP95: return time(past.run, 0.95);
    default: return time(past.run, 0.99);
    }
}

QVariant TypesModel::cell(int row, int column, int role) const
{
    const QString type = m_types[row];
    if (column == Type) {
        if (role == Qt::DisplayRole)
            return showControls(type);
        if (role == role::Note && !m_handledTypes.contains(type))
            return tr("not run here");
        if (role == Qt::ToolTipRole && !m_handledTypes.contains(type))
            return tr("%1 is not run here. Its jobs stay pending.").arg(type);
        return {};
    }
    if (column >= DoneThen)
        return pastCell(m_past.value(type), column, role);
    const qint64 value = figure(row, column);
    if (role == Qt::DisplayRole)
        return formatCount(value);
    if (role == role::Muted)
        return value == 0;
    if (role == Qt::ToolTipRole && column == Other && value > 0)
        return tr("Of a status that is none of the four: no processor takes them.");
    if (column == Failed && value > 0) {
        if (role == role::TextColor)
            return int(Color::Failed);
        if (role == role::Strong)
            return true;
    }
    return {};
}

} // namespace queuedeck::ui
