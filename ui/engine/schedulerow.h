// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"

#include <QWidget>

class QCheckBox;
class QMenu;

namespace queuedeck::schedule {
class Scheduler;
}

namespace queuedeck::ui {

class Label;

/// One schedule in the list: on or off, what it does when, its next run and how the last one ended.
class ScheduleRow : public QWidget
{
    Q_OBJECT

public:
    ScheduleRow(schedule::Scheduler& schedules, const QString& id, QWidget* parent);

    const QString& id() const { return m_id; }
    /// Reads the schedule again; `isOff`: schedules do not run here, so there is no next run.
    void showSchedule(bool isOff);

Q_SIGNALS:
    void switched(bool isOn);
    void runWanted();
    void editWanted();
    void outcomesWanted();
    void removeWanted();

private:
    QMenu* makeMenu();

    schedule::Scheduler& m_schedules;
    const QString m_id;
    QCheckBox* m_enabled;
    Label* m_when;
    QLabel* m_mark;
    Label* m_outcome;
};

} // namespace queuedeck::ui
