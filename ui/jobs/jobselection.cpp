// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobselection.h"

#include "ui/jobs/jobtablemodel.h"

#include <QItemSelectionModel>

namespace queuedeck::ui {

JobSelection::JobSelection(const JobTableModel& model, const QItemSelectionModel& marked,
                           QObject* parent)
    : QObject(parent)
    , m_model(model)
    , m_marked(marked)
{
    connect(&marked, &QItemSelectionModel::selectionChanged, this, &JobSelection::update);
    connect(&marked, &QItemSelectionModel::currentRowChanged, this, &JobSelection::update);
}

void JobSelection::update()
{
    qsizetype rows = 0;
    for (const QItemSelectionRange& range : m_marked.selection())
        rows += range.height();
    QHash<int, domain::Job> known;
    QVector<domain::Job> jobs;
    if (rows <= kMostRows) {
        for (const QItemSelectionRange& range : m_marked.selection()) {
            for (int row = range.top(); row <= range.bottom(); ++row) {
                const domain::Job* job = m_model.job(row);
                const auto before = m_known.constFind(row);
                if (job)
                    known.insert(row, *job);
                else if (before != m_known.constEnd())
                    known.insert(row, *before);
                if (known.contains(row))
                    jobs.append(known[row]);
            }
        }
        if (jobs.size() < rows)
            jobs.clear();
    }
    m_known = known;
    const bool isNew = rows != m_rows || jobs != m_jobs;
    m_rows = rows;
    m_jobs = jobs;
    if (isNew)
        Q_EMIT changed();

    const QModelIndex index = m_marked.currentIndex();
    const domain::Job* job = m_model.job(index.row());
    if (!job && (index.isValid() || !m_model.isLoaded()))
        return; // the model has dropped it: the pane keeps it
    const domain::JobId current = job ? job->id : domain::JobId();
    if (current == m_current)
        return;
    m_current = current;
    Q_EMIT currentChanged(current);
}

} // namespace queuedeck::ui
