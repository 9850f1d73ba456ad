// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"
#include "ui/dialogs/confirmdialog.h"

namespace queuedeck::ui {

class BulkRun;

/// "Retry all that match": freezes the set when it opens, tries the change out for the exact
/// numbers, then carries it out in batches that can be stopped.
class RetryAllDialog : public ConfirmDialog
{
    Q_OBJECT

public:
    RetryAllDialog(service::JobService& jobs, const domain::JobFilter& filter, QWidget* parent);

signals:
    void done(const queuedeck::domain::Outcome& outcome);
    void failed(const queuedeck::base::Error& error);

private:
    void freeze(const domain::JobFilter& filter);
    void predict();
    void show(const domain::Outcome& prediction);
    void run();
    void finish(const base::Result<domain::Outcome>& outcome);

    service::JobService& m_jobs;
    service::Selection m_selection;
    Label* m_prediction;
    Label* m_note;
    BulkRun* m_run;
    QDateTime m_frozenAt;
};

} // namespace queuedeck::ui
