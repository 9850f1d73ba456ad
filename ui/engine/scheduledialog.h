// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/schedule/schedule.h"
#include "ui/widgets/dialog.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;

/// Creates or edits a schedule: what to do, and when, as a cron expression that is put into words
/// with its next runs while it is typed.
class ScheduleDialog : public Dialog
{
    Q_OBJECT

public:
    /// Without an id it is a new schedule.
    ScheduleDialog(service::Session& session, const schedule::Schedule& schedule, QWidget* parent);

private:
    static constexpr int kRunsShown = 5;

    void addRow(QGridLayout* form, const QString& text, QWidget* widget);
    QWidget* makeWork();
    QWidget* makeTime();
    void fill(const schedule::Schedule& schedule);
    schedule::Schedule schedule() const;
    schedule::ScheduledWork work() const;
    void refresh();
    void save();

    service::Session& m_session;
    const QString m_id;
    const bool m_isEnabled;
    QLineEdit* m_name;
    QComboBox* m_what;
    QStackedWidget* m_details;
    QSpinBox* m_jobs;
    QLineEdit* m_url;
    QSpinBox* m_jobsACall;
    QCheckBox* m_drain;
    QSpinBox* m_days;
    QCheckBox* m_completed;
    QCheckBox* m_failed;
    QComboBox* m_report;
    QComboBox* m_format;
    QLineEdit* m_cron;
    QComboBox* m_zone;
    Label* m_words;
    Label* m_runs;
    QPushButton* m_go;
    QStringList m_types; ///< of a local round, kept as they are
};

} // namespace queuedeck::ui
