// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"
#include "ui/dialogs/bulkdialog.h"

namespace queuedeck::ui {

/// Asks before a large change is taken back, or carried on, and shows how far it is.
class EntryDialog : public BulkDialog
{
    Q_OBJECT

public:
    enum class Kind { Undo, Resume };

    EntryDialog(service::JobService& jobs, const domain::JournalEntry& entry, Kind kind,
                QWidget* parent);

protected:
    void go() override;

private:
    service::JobService& m_jobs;
    const domain::JournalId m_entry;
    const Kind m_kind;
};

} // namespace queuedeck::ui
