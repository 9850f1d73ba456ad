// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/job.h"
#include "core/domain/report.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;

/// The report that a job made: what it is, to open, to save and to be made every week. Tells
/// usedChanged() when there is something to show or no longer is. GUI thread.
class ReportView : public QWidget
{
    Q_OBJECT

public:
    explicit ReportView(service::Session& session, QWidget* parent = nullptr);

    /// Looks for the report of this job; one of another type has none.
    void setJob(const domain::Job& job);
    void clear();
    bool isUsed() const { return m_isUsed; }

Q_SIGNALS:
    void usedChanged();

private:
    void look();
    void found(const std::optional<domain::ReportFile>& report);
    void open();
    void chooseFile();
    void repeat();
    void say(const QString& words);
    void setUsed(bool isUsed);

    service::Session& m_session;
    domain::Job m_job;
    std::optional<domain::ReportFile> m_report;
    bool m_isUsed = false;
    Label* m_kind;
    Label* m_note;
    QPushButton* m_open;
    QPushButton* m_save;
    QPushButton* m_weekly;
};

} // namespace queuedeck::ui
