// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/retryalldialog.h"

#include "core/async/deliver.h"
#include "ui/dialogs/bulkrun.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QPushButton>

namespace queuedeck::ui {

RetryAllDialog::RetryAllDialog(service::JobService& jobs, const domain::JobFilter& filter,
                               QWidget* parent)
    : ConfirmDialog(tr("Retry jobs"), tr("Retry all failed jobs that match?"), parent)
    , m_jobs(jobs)
    , m_prediction(new Label(tr("Counting…"), TextRole::Body, Color::Text, this))
    , m_note(new Label({}, TextRole::Body, Color::Muted, this))
    , m_run(new BulkRun(this))
{
    setMinimumWidth(px(620));
    auto* words = new Label(filter.text().isEmpty() ? tr("No filter: the whole table.")
                                                    : filter.text(),
                            TextRole::Mono, Color::Muted, this);
    words->setWordWrap(true);
    m_note->setWordWrap(true);
    for (QWidget* widget : {static_cast<QWidget*>(words), static_cast<QWidget*>(m_prediction),
                            static_cast<QWidget*>(m_note), static_cast<QWidget*>(m_run)})
        content()->addWidget(widget);
    setButtons(tr("Don’t Retry"), tr("Counting…"), false);
    actButton()->setEnabled(false);
    connect(this, &ConfirmDialog::confirmed, this, &RetryAllDialog::run);
    connect(m_run, &BulkRun::finished, this, &RetryAllDialog::finish);
    freeze(filter);
}

void RetryAllDialog::freeze(const domain::JobFilter& filter)
{
    m_selection.scope = filter.text().isEmpty() ? tr("all jobs") : filter.text();
    m_frozenAt = QDateTime::currentDateTimeUtc();
    async::deliver(m_jobs.freeze(filter), this, [this](const base::Result<domain::JobIds>& ids) {
        if (!ids) {
            Q_EMIT failed(ids.error());
            reject();
            return;
        }
        m_selection.ids = *ids;
        predict();
    });
}

void RetryAllDialog::predict()
{
    service::ChangeOptions options;
    options.dryRun = true;
    async::deliver(m_jobs.change(domain::JobAction::Retry, m_selection, options), this,
                   [this](const base::Result<domain::Outcome>& prediction) {
                       if (!prediction) {
                           Q_EMIT failed(prediction.error());
                           reject();
                           return;
                       }
                       show(*prediction);
                   });
}

void RetryAllDialog::show(const domain::Outcome& prediction)
{
    const int changed = int(prediction.changed);
    QString words = tr("Tried out and rolled back: %n job(s) will be re-queued, tries start again "
                       "at 0.", nullptr, changed);
    if (!prediction.skipped.isEmpty())
        words += QLatin1Char('\n')
                 + tr("%n will be skipped: not failed.", nullptr, int(prediction.skipped.size()));
    m_prediction->setText(words);
    m_note->setText(tr("The set was frozen at %1; newer jobs that match are not included. Batches "
                       "of 500; you can stop between batches. Undo is in the journal.")
                        .arg(formatClock(m_frozenAt)));
    setButtons(tr("Don’t Retry"), tr("Retry %n Job(s)", nullptr, changed), false);
    actButton()->setEnabled(changed > 0);
    safeButton()->setFocus();
}

void RetryAllDialog::run()
{
    setFoot(tr("Running."));
    actButton()->setEnabled(false);
    safeButton()->setText(tr("Stop Here"));
    disconnect(safeButton(), &QPushButton::clicked, this, &QDialog::reject);
    connect(safeButton(), &QPushButton::clicked, m_run, &BulkRun::stopHere);
    m_run->start([this](const service::ChangeOptions& options) {
        return m_jobs.change(domain::JobAction::Retry, m_selection, options);
    });
}

void RetryAllDialog::finish(const base::Result<domain::Outcome>& outcome)
{
    if (outcome)
        Q_EMIT done(*outcome);
    else
        Q_EMIT failed(outcome.error());
    accept();
}

} // namespace queuedeck::ui
