// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtablemodel.h"

#include "core/domain/jobrules.h"
#include "ui/widgets/format.h"
#include "ui/widgets/listtimes.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/progresstext.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/tabledelegate.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::Job;

namespace {

constexpr int kFlashMs = 1500;

constexpr bool isNumber(JobColumn column)
{
    return column == JobColumn::Tries || column == JobColumn::Created ||
           column == JobColumn::Finished;
}

} // namespace

JobTableModel::JobTableModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_flashTimer.setInterval(100);
    connect(&m_flashTimer, &QTimer::timeout, this, &JobTableModel::endFlashes);
    m_wantTimer.setSingleShot(true);
    m_wantTimer.setInterval(0);
    connect(&m_wantTimer, &QTimer::timeout, this, [this] {
        const int first = std::exchange(m_wantFirst, -1);
        Q_EMIT rowsWanted(first, std::exchange(m_wantLast, -1));
    });
}

void JobTableModel::showLoading(int rows)
{
    beginResetModel();
    m_rows.clear();
    m_rows.setRowCount(rows);
    m_flashes.clear();
    m_isLoaded = false;
    endResetModel();
}

void JobTableModel::startWith(const domain::JobPage& page, int rowCount)
{
    beginResetModel();
    m_rows.clear();
    m_flashes.clear();
    m_rows.setRowCount(rowCount);
    m_rows.replacePage(0, page.jobs, page.keys);
    m_isLoaded = true;
    endResetModel();
}

void JobTableModel::put(int page, const domain::JobPage& content, const JobRows::Place& place,
                        int rowCount)
{
    if (rowCount > m_rows.rowCount())
        setRowCount(rowCount, m_rows.isEnd());

    // Where each selected or current cell is, by id, before the page changes.
    QVector<QPair<QModelIndex, QString>> places;
    bool hasMoved = false;
    const int top = page * JobRows::kPageSize;
    for (int i = 0; i < JobRows::kPageSize && !hasMoved; ++i) {
        const Job* old = m_rows.job(top + i);
        hasMoved = old && (i >= content.jobs.size() || content.jobs[i].id != old->id);
    }
    if (hasMoved) {
        Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
        for (const QModelIndex& index : persistentIndexList()) {
            if (const Job* job = m_rows.job(index.row()))
                places.append({index, job->id.value});
        }
    }
    const QVector<JobRows::Change> changes =
        m_rows.replacePage(page, content.jobs, content.keys, place);
    if (hasMoved) {
        moveIndexes(places);
        Q_EMIT layoutChanged({}, VerticalSortHint);
    }
    m_isLoaded = true;
    flash(changes);
    if (!changes.isEmpty()) {
        const int last = qMin(changes.back().row, m_rows.rowCount() - 1);
        if (changes.front().row <= last)
            Q_EMIT dataChanged(index(changes.front().row, 0), index(last, columnCount() - 1));
    }
    setRowCount(rowCount, m_rows.isEnd());
}

void JobTableModel::moveIndexes(const QVector<QPair<QModelIndex, QString>>& places)
{
    for (const auto& [from, id] : places) {
        const int row = m_rows.rowOf(domain::JobId{id});
        if (row != from.row())
            changePersistentIndex(from, row < 0 ? QModelIndex() : index(row, from.column()));
    }
}

void JobTableModel::setRowCount(int rowCount, bool isEnd)
{
    const int before = m_rows.rowCount();
    if (rowCount > before) {
        beginInsertRows({}, before, rowCount - 1);
        m_rows.setRowCount(rowCount, isEnd);
        endInsertRows();
    } else if (rowCount < before) {
        beginRemoveRows({}, rowCount, before - 1);
        m_rows.setRowCount(rowCount, isEnd);
        endRemoveRows();
    } else {
        m_rows.setRowCount(rowCount, isEnd);
    }
}

void JobTableModel::refreshAges(int first, int last)
{
    first = qMax(first, 0);
    last = qMin(last, m_rows.rowCount() - 1);
    if (first <= last)
        Q_EMIT dataChanged(index(first, int(JobColumn::Created)),
                           index(last, int(JobColumn::Finished)), {Qt::DisplayRole});
}

void JobTableModel::flash(const QVector<JobRows::Change>& changes)
{
    const qint64 endsAt = QDateTime::currentMSecsSinceEpoch() + kFlashMs;
    for (const JobRows::Change& change : changes) {
        const Job* job = change.isSameJob ? m_rows.job(change.row) : nullptr;
        if (!job)
            continue;
        Flash& flash = m_flashes[job->id.value];
        flash.columns |= 1U << int(change.column);
        flash.endsAt = endsAt;
    }
    if (!m_flashes.isEmpty())
        m_flashTimer.start();
}

void JobTableModel::endFlashes()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (auto it = m_flashes.begin(); it != m_flashes.end();) {
        if (it->endsAt > now) {
            ++it;
            continue;
        }
        const int row = rowOf(domain::JobId{it.key()});
        it = m_flashes.erase(it);
        if (row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1), {role::Flash});
    }
    if (m_flashes.isEmpty())
        m_flashTimer.stop();
}

int JobTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows.rowCount();
}

int JobTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(JobColumn::Count);
}

QVariant JobTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<JobColumn>(index.column());
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const Job* job = m_rows.job(index.row());
    if (!job) {
        if (role == Qt::DisplayRole || role == role::Absent)
            want(index.row());
        if (role == Qt::AccessibleTextRole)
            return tr("Not loaded yet");
        return role == role::Absent ? QVariant(true) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole: return shownData(text(*job, column), role);
    case Qt::ToolTipRole: return shownData(tip(*job, column), role);
    case role::Whole: return whole(*job, column);
    case role::Mark: return column == JobColumn::Status ? QVariant(int(markOf(*job))) : QVariant();
    case role::Flash: return (m_flashes.value(job->id.value).columns >> int(column) & 1U) != 0;
    case role::FixedFont: return column == JobColumn::Id;
    case role::Muted: return column == JobColumn::Error && job->progress.isEmpty();
    case role::Share:
        return column == JobColumn::Error && job->progress.fraction
                   ? QVariant(*job->progress.fraction)
                   : QVariant();
    case role::ElideMiddle: return column == JobColumn::Type;
    default: return {};
    }
}

QString JobTableModel::text(const Job& job, JobColumn column) const
{
    switch (column) {
    case JobColumn::Status: return markWord(markOf(job));
    case JobColumn::Type: return showControls(job.type);
    case JobColumn::Id: return shortId(job.id.value);
    case JobColumn::Tries:
        return job.attempts ? tr("%1 / %2").arg(*job.attempts).arg(domain::kMaxAttempts)
                            : tr("– / %1", "an unknown number of tries").arg(domain::kMaxAttempts);
    case JobColumn::Created: return formatAgeOrTime(job.createdAt, QDateTime::currentDateTimeUtc());
    case JobColumn::Finished:
        return job.completedAt.isValid()
                   ? formatAgeOrTime(job.completedAt, QDateTime::currentDateTimeUtc())
                   : QString();
    case JobColumn::Error: // what it does now counts more than how it failed before
        return job.progress.isEmpty() ? firstLine(job.error) : progressText(job.progress);
    case JobColumn::Count: break;
    }
    return {};
}

// A copied age is worthless an hour later.
QVariant JobTableModel::whole(const Job& job, JobColumn column) const
{
    switch (column) {
    case JobColumn::Type: return job.type;
    case JobColumn::Id: return job.id.value;
    case JobColumn::Created: return job.createdAt.toUTC().toString(Qt::ISODateWithMs);
    case JobColumn::Finished: return job.completedAt.toUTC().toString(Qt::ISODateWithMs);
    case JobColumn::Error: return job.error;
    default: return {};
    }
}

QString JobTableModel::tip(const Job& job, JobColumn column) const
{
    switch (column) {
    case JobColumn::Status:
        if (domain::isDead(job))
            return tr("Pending with all tries spent: no processor takes it.");
        if (job.isStuck)
            return tr(
                "Processing, but as far as is known, nothing works on it. The detail shows why.");
        if (job.status == domain::JobStatus::Unknown)
            return job.rawStatus.isNull() ? tr("The database has no status here.")
                                          : tr("The database says: %1").arg(job.rawStatus.left(80));
        return {};
    case JobColumn::Type: return job.type;
    case JobColumn::Id: return job.id.value;
    case JobColumn::Created: return formatBothTimes(job.createdAt);
    case JobColumn::Finished:
        return job.completedAt.isValid() ? formatBothTimes(job.completedAt) : QString();
    case JobColumn::Error:
        if (job.progress.isEmpty())
            return job.error;
        return job.error.isEmpty()
                   ? tr("Now: %1").arg(progressText(job.progress))
                   : tr("Now: %1\nBefore: %2").arg(progressText(job.progress), job.error);
    default: return {};
    }
}

QVariant JobTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<JobColumn>(section);
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case JobColumn::Status: return tr("Status");
    case JobColumn::Type: return tr("Type");
    case JobColumn::Id: return tr("Id");
    case JobColumn::Tries: return tr("Tries");
    case JobColumn::Created: return tr("Created");
    case JobColumn::Finished: return tr("Finished");
    case JobColumn::Error: return tr("Last error");
    case JobColumn::Count: break;
    }
    return {};
}

void JobTableModel::want(int row) const
{
    m_wantFirst = m_wantFirst < 0 ? row : qMin(m_wantFirst, row);
    m_wantLast = qMax(m_wantLast, row);
    if (!m_wantTimer.isActive())
        m_wantTimer.start();
}

} // namespace queuedeck::ui
