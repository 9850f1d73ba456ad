// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QHash>
#include <QObject>

class QItemSelectionModel;

namespace queuedeck::ui {

class JobTableModel;

/// Which jobs are selected in a table, including rows that the model has dropped. GUI thread.
class JobSelection : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMostRows = 5000; ///< that are known one by one; more need a filter

    JobSelection(const JobTableModel& model, const QItemSelectionModel& marked, QObject* parent);

    qsizetype rows() const { return m_rows; }
    /// As last read; empty while not all of the rows are known.
    const QVector<domain::Job>& jobs() const { return m_jobs; }
    const domain::JobId& current() const { return m_current; }
    /// Checks again: what is selected, or a selected job, may have changed.
    void update();

Q_SIGNALS:
    void changed();
    void currentChanged(const queuedeck::domain::JobId& id);

private:
    const JobTableModel& m_model;
    const QItemSelectionModel& m_marked;
    qsizetype m_rows = 0;
    QHash<int, domain::Job> m_known; ///< by row
    QVector<domain::Job> m_jobs;
    domain::JobId m_current;
};

} // namespace queuedeck::ui
