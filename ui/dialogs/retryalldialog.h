// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobfilter.h"
#include "core/domain/page.h"
#include "ui/dialogs/bulkdialog.h"

class QGridLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

/// "Retry all that match": freezes which jobs are meant, tries the change out and rolls it back for
/// the exact numbers, and only then lets it be done.
class RetryAllDialog : public BulkDialog
{
    Q_OBJECT

public:
    RetryAllDialog(service::Session& session, const domain::JobFilter& filter,
                   const domain::MatchCount& matches, QWidget* parent);
    ~RetryAllDialog() override;

protected:
    void proceed() override;

private:
    void freeze();
    void frozen(const domain::JobIds& ids);
    void predicted(const domain::Outcome& outcome);

    service::Session& m_session;
    domain::JobFilter m_filter; ///< what the person sees
    service::Selection m_selection;
    QGridLayout* m_what;
    Strip* m_note;
    std::stop_source m_trial;
    qint64 m_expected = 0;
};

/// Of the jobs that match, those a retry is for: failed, or pending with no tries left.
domain::JobFilter retryable(const domain::JobFilter& filter);

} // namespace queuedeck::ui
