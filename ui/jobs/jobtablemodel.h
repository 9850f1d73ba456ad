// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/jobrows.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace queuedeck::ui {

/// The jobs as a table. It never waits: a row that is not loaded is drawn as a grey bar and
/// requested by rowsWanted(). JobPageLoader puts in the answers. Rows that move take their
/// selection along.
class JobTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit JobTableModel(QObject* parent = nullptr);

    const domain::Job* job(int row) const { return m_rows.job(row); } ///< null: not loaded
    int rowOf(const domain::JobId& id) const { return m_rows.rowOf(id); }
    const JobRows& rows() const { return m_rows; }
    /// True once anything was shown since the last clear.
    bool isLoaded() const { return m_isLoaded; }

    void showLoading(int rows); ///< grey bars only
    void markAllStale() { m_rows.markAllStale(); }
    /// Replaces everything by the first page of another list.
    void startWith(const domain::JobPage& page, int rowCount);
    /// Puts in one page, queried at `place`; `rowCount` is the list's row count afterwards.
    void put(int page, const domain::JobPage& content, const JobRows::Place& place, int rowCount);
    /// `isEnd`: the list is known to end there.
    void setRowCount(int rowCount, bool isEnd = false);
    /// Another second has passed: the ages of these rows are drawn again.
    void refreshAges(int first, int last);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void rowsWanted(int first, int last);

private:
    struct Flash
    {
        quint32 columns = 0;
        qint64 endsAt = 0;
    };

    QString text(const domain::Job& job, JobColumn column) const;
    QVariant whole(const domain::Job& job, JobColumn column) const;
    QString tip(const domain::Job& job, JobColumn column) const;
    void want(int row) const;
    void moveIndexes(const QVector<QPair<QModelIndex, QString>>& places);
    void flash(const QVector<JobRows::Change>& changes);
    void endFlashes();

    JobRows m_rows;
    bool m_isLoaded = false;
    QHash<QString, Flash> m_flashes;
    QTimer m_flashTimer;
    mutable QTimer m_wantTimer;
    mutable int m_wantFirst = -1;
    mutable int m_wantLast = -1;
};

} // namespace queuedeck::ui
