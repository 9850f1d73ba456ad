// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/cleanup.h"
#include "ui/dialogs/bulkdialog.h"

class QCheckBox;
class QComboBox;
class QSpinBox;
class QStandardItemModel;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class DataTable;

/// "Which finished jobs may go?" Counts exactly while the choice is made; what is then deleted is
/// what was counted, whatever happens meanwhile.
class CleanUpDialog : public BulkDialog
{
    Q_OBJECT

public:
    CleanUpDialog(service::Session& session, QWidget* parent);

    bool isCounted() const { return m_isCounted; }

protected:
    void proceed() override;

private:
    void fillTypes();
    QWidget* makeChoice();
    QWidget* makePreview();
    void choose();
    void count();
    void showCount(const base::Result<domain::CleanUpPreview>& preview);
    void showLines();
    void showSamples();

    service::Session& m_session;
    QCheckBox* m_completed = nullptr;
    QCheckBox* m_failed = nullptr;
    QSpinBox* m_days = nullptr;
    Label* m_before = nullptr;
    QComboBox* m_type = nullptr;
    Label* m_countedAt = nullptr;
    DataTable* m_lines = nullptr;
    DataTable* m_samples = nullptr;
    QStandardItemModel* m_lineModel;
    QStandardItemModel* m_sampleModel;
    Label* m_note = nullptr;
    Strip* m_batches;
    QTimer m_settle; ///< so that typing 90 does not count for 9
    domain::CleanUp m_request;
    domain::CleanUpPreview m_preview;
    int m_question = 0; ///< late answers to an older choice are dropped
    bool m_isCounted = false;
};

} // namespace queuedeck::ui
