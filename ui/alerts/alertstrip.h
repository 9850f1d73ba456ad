// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertwatch.h"
#include "ui/widgets/strip.h"

namespace queuedeck::service {
class ChangeFeed;
}

namespace queuedeck::ui {

/// Says on every page which alerts are on. While the database does not answer, the strip that says
/// so is there instead. GUI thread.
class AlertStrip : public Strip
{
    Q_OBJECT

public:
    /// Both must outlive it.
    AlertStrip(alerts::AlertWatch& watch, const service::ChangeFeed& changes,
               QWidget* parent = nullptr);

Q_SIGNALS:
    void alertsWanted();

private:
    void refresh();
    void snooze();

    alerts::AlertWatch& m_watch;
    const service::ChangeFeed& m_changes;
    QTimer m_minute{this}; ///< values and snoozes change with time
};

} // namespace queuedeck::ui
