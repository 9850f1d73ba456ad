// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/dialogs/bulkdialog.h"

namespace queuedeck::ui {

/// Asks before a change of chosen jobs that is large or cannot be shrugged off: "Delete 50 jobs?"
class ConfirmDialog : public BulkDialog
{
    Q_OBJECT

public:
    ConfirmDialog(domain::JobAction action, const QVector<domain::Job>& jobs, const Work& work,
                  QWidget* parent);

protected:
    void proceed() override;

private:
    Work m_work;
    qint64 m_allowed = 0;
};

Deed deedOf(domain::JobAction action);

} // namespace queuedeck::ui
