// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"
#include "ui/dialogs/confirmdialog.h"

class QComboBox;
class QPlainTextEdit;
class QSpinBox;

namespace queuedeck::ui {

class Strip;

/// Adds jobs: a type, its payload as JSON, how many. The payload is judged by the type's schema
/// while it is typed; what is wrong is said in place.
class EnqueueDialog : public ConfirmDialog
{
    Q_OBJECT

public:
    EnqueueDialog(service::JobService& jobs, QWidget* parent);

signals:
    void enqueued(int jobs);

private:
    void fillPayload();
    void judge();
    void enqueue();

    service::JobService& m_jobs;
    QComboBox* m_type;
    QPlainTextEdit* m_payload;
    QSpinBox* m_count;
    Strip* m_strip;
};

} // namespace queuedeck::ui
