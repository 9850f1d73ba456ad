// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/bulkdialog.h"

class QSpinBox;

namespace queuedeck::ui {

/// Asks how much of the journal may be forgotten, and says how many entries that is.
class ForgetDialog : public BulkDialog
{
    Q_OBJECT

public:
    ForgetDialog(service::JobService& jobs, QWidget* parent);

protected:
    void go() override;

private:
    QDateTime before() const;
    void changed();
    void count();

    service::JobService& m_jobs;
    QSpinBox* m_days;
    Label* m_before;
    Strip* m_note;
    QTimer m_debounce;
    QDateTime m_counted; ///< what is forgotten is what was counted
    int m_generation = 0;
};

} // namespace queuedeck::ui
