// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/cleanup.h"
#include "ui/dialogs/bulkdialog.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace queuedeck::ui {

class LinesTable;

/// Deletes old finished jobs: shows exactly what will be deleted, to the row, beforehand.
class CleanUpDialog : public BulkDialog
{
    Q_OBJECT

public:
    /// `types` are offered beside "All types".
    CleanUpDialog(service::JobService& jobs, const QStringList& types, QWidget* parent);

protected:
    void go() override;

private:
    QWidget* makeForm(const QStringList& types);
    QWidget* makePreview();
    domain::CleanUp request() const;
    void changed();
    void look();
    void showPreview(const domain::CleanUpPreview& preview);

    service::JobService& m_jobs;
    domain::CleanUp m_request;
    domain::CleanUpPreview m_preview;
    quint64 m_generation = 0;
    QTimer m_debounce;
    QCheckBox* m_completed = nullptr;
    QCheckBox* m_failed = nullptr;
    QSpinBox* m_days = nullptr;
    QComboBox* m_type = nullptr;
    Label* m_before = nullptr;
    Label* m_counted = nullptr;
    LinesTable* m_lines = nullptr;
    LinesTable* m_samples = nullptr;
    Label* m_kept = nullptr;
    Strip* m_note = nullptr;
};

} // namespace queuedeck::ui
