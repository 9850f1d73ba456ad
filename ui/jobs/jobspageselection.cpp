// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected on the Jobs page, and what may be done with it.
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/jobs/querybar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kMostSelected = 5000; ///< rows; more is a filter's business
} // namespace

void JobsPage::updateSelection()
{
    const QItemSelectionModel& marked = *m_table->selectionModel();
    qsizetype rows = 0;
    for (const QItemSelectionRange& range : marked.selection())
        rows += range.height();
    QHash<int, domain::Job> byRow;
    QVector<domain::Job> jobs;
    if (rows <= kMostSelected) {
        for (const QItemSelectionRange& range : marked.selection()) {
            for (int row = range.top(); row <= range.bottom(); ++row) {
                const domain::Job* job = m_model->job(row);
                const auto known = m_selectedByRow.constFind(row);
                if (job)
                    byRow.insert(row, *job);
                else if (known != m_selectedByRow.constEnd())
                    byRow.insert(row, *known);
                if (byRow.contains(row))
                    jobs.append(byRow[row]);
            }
        }
        if (jobs.size() < rows)
            jobs.clear();
    }
    m_selectedByRow = byRow;
    const bool isNew = jobs != m_selected;
    m_selected = jobs;
    updateStatus();
    if (isNew)
        Q_EMIT selectionChanged(jobs);
    allowActions(rows);

    const domain::Job* job = m_model->job(m_table->currentIndex().row());
    if (!job && (m_table->currentIndex().isValid() || !m_model->isLoaded()))
        return; // the model has let it go: the pane keeps it
    const domain::JobId current = job ? job->id : domain::JobId();
    if (current == m_current)
        return;
    m_current = current;
    Q_EMIT currentJobChanged(current);
}

/// What the rules allow is for JobActions to say; here only what the table knows: that the rows
/// are not all known, or nothing is connected.
void JobsPage::allowActions(qsizetype rows)
{
    m_retry->setScopeText(rows > 0 ? tr("Retry %1 selected").arg(formatCount(rows)) : QString());
    const bool isLost = !m_lost.isEmpty();
    m_actions.setEnabled(ActionId::CopyId, !m_selected.isEmpty(), tr("No job is selected."));
    if (isLost || (rows > 0 && m_selected.isEmpty())) {
        const QString why = isLost
                                ? tr("Not connected.")
                                : tr("Not all selected rows are loaded. Use a filter for so many.");
        for (const ActionId id : {ActionId::Retry, ActionId::Cancel, ActionId::Delete,
                                  ActionId::RunNext, ActionId::Repair})
            m_actions.setEnabled(id, false, why);
    }
    if (isLost) {
        for (const ActionId id : {ActionId::RetryAll, ActionId::CleanUp, ActionId::Enqueue})
            m_actions.setEnabled(id, false, tr("Not connected."));
    }
}

/// Where the whole queue or a whole status is listed, the snapshot knows how many there are, also
/// beyond the limit of counting.
void JobsPage::hintCount()
{
    const domain::QueueSnapshot& snapshot = m_session.snapshots().current();
    if (!snapshot.takenAt.isValid())
        return;
    const QString text = filter().text().trimmed();
    if (filter().matchesAll())
        m_loader->setKnownCount(snapshot.counts.total());
    else if (text == "status:pending"_L1)
        m_loader->setKnownCount(snapshot.counts.pending);
    else if (text == "status:completed"_L1)
        m_loader->setKnownCount(snapshot.counts.completed);
    else if (text == "status:failed"_L1)
        m_loader->setKnownCount(snapshot.counts.failed);
}

void JobsPage::selectAll()
{
    if (m_query->hasError())
        return; // the rows are of another query
    if (m_model->rowCount() > kMostSelected)
        m_retryAll->setFocus(Qt::ShortcutFocusReason); // so many are a filter's business
    else
        m_table->selectAll();
}

} // namespace queuedeck::ui
