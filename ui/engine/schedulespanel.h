// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/schedule/schedule.h"
#include "ui/widgets/panel.h"

class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;
class ScheduleRow;
class Strip;

/// What runs by itself while Queuedeck is open: rounds here, calls to the endpoint, clean-ups.
class SchedulesPanel : public Panel
{
    Q_OBJECT

public:
    explicit SchedulesPanel(service::Session& session, QWidget* parent = nullptr);

    /// The endpoint offered for a new schedule.
    void setEndpoint(const QString& url) { m_endpoint = url; }

Q_SIGNALS:
    void said(const QString& text);

private:
    void showSchedules();
    void addRow(const QString& id);
    void edit(const schedule::Schedule& schedule);
    void remove(const QString& id);
    void showOutcomes(const QString& id);
    void tell(const base::Status& status);

    service::Session& m_session;
    QString m_endpoint;
    QVBoxLayout* m_rows;
    QVector<ScheduleRow*> m_shown;
    Label* m_note;
    Strip* m_trouble;
    QPushButton* m_add;
};

} // namespace queuedeck::ui
