// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"
#include "ui/dialogs/confirmdialog.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace queuedeck::ui {

class BulkRun;
class CleanUpModel;
class DataTable;

/// Which finished jobs may go: status, age and type, an exact preview of a frozen set, and the
/// deletion in batches that can be stopped. Pending and processing are never offered.
class CleanUpDialog : public ConfirmDialog
{
    Q_OBJECT

public:
    CleanUpDialog(service::JobService& jobs, const QStringList& types, QWidget* parent);

signals:
    void done(const queuedeck::domain::Outcome& outcome);
    void failed(const queuedeck::base::Error& error);

private:
    void makeQuestion(const QStringList& types);
    void makePreview();
    void ask();
    void show(const domain::CleanUpPreview& preview);
    void run();

    service::JobService& m_jobs;
    QCheckBox* m_completed = nullptr;
    QCheckBox* m_failed = nullptr;
    QSpinBox* m_days = nullptr;
    QComboBox* m_type = nullptr;
    Label* m_before = nullptr;
    Label* m_counted = nullptr;
    Label* m_note = nullptr;
    DataTable* m_table = nullptr;
    CleanUpModel* m_model = nullptr;
    BulkRun* m_run;
    QTimer m_wait;
    domain::CleanUp m_request;
    domain::CleanUpPreview m_preview;
    quint64 m_generation = 0;
};

} // namespace queuedeck::ui
