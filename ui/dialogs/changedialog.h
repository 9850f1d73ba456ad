// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobfilter.h"
#include "core/domain/page.h"
#include "ui/dialogs/bulkdialog.h"
#include "ui/widgets/linestable.h"

#include <QDateTime>

#include <functional>
#include <optional>

namespace queuedeck::service {
class ChangeFeed;
}

namespace queuedeck::ui {

class RetryOptions;
class Strip;

/// What a ChangeDialog asks about: selected jobs, or all that match a filter.
struct ChangeQuestion
{
    domain::JobAction action = domain::JobAction::Retry;
    QVector<domain::Job> jobs;               ///< the selected ones
    std::optional<domain::JobFilter> filter; ///< all that match; the dialog freezes them
    domain::MatchCount matches;              ///< of the filter, as the list counted them
    /// Freezes exactly some of those that match, such as the jobs of an error group; none: all.
    std::function<QFuture<base::Result<domain::FrozenJobs>>(std::stop_token)> freeze = {};
    QString scope = {}; ///< which ones, where `freeze` says so
};

/// Asks before a change of many jobs. The jobs are frozen when it opens, with their states, so that
/// the button shows how many will be changed.
class ChangeDialog : public BulkDialog
{
    Q_OBJECT

public:
    ChangeDialog(service::JobService& jobs, service::ChangeFeed& changes,
                 const ChangeQuestion& question, QWidget* parent);

protected:
    void go() override;

private:
    void freeze();
    void predict();
    void addRetryOptions();
    void showPrediction(const service::Prediction& prediction);
    QVector<Line> changesByState(const domain::FrozenJobs& jobs) const;
    void showNote();
    void countNewer();
    qint64 leftAlone() const;

    service::JobService& m_jobs;
    ChangeQuestion m_question;
    domain::JobFilter m_frozenFilter;
    service::Selection m_selection;
    QDateTime m_frozenAt;
    qint64 m_newer = 0;
    bool m_isCountingNewer = false;
    bool m_isPredicted = false;
    Label* m_heading;
    LinesTable* m_lines;
    RetryOptions* m_options = nullptr; ///< of a retry
    Strip* m_note;
};

} // namespace queuedeck::ui
