// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/schedulespanel.h"

#include "core/schedule/scheduler.h"
#include "core/service/session.h"
#include "ui/engine/outcomesdialog.h"
#include "ui/engine/scheduledialog.h"
#include "ui/engine/schedulerow.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

SchedulesPanel::SchedulesPanel(service::Session& session, QWidget* parent)
    : Panel(tr("Schedules"), Content::Padded, parent)
    , m_session(session)
    , m_rows(new QVBoxLayout)
    , m_note(new Label({}, TextRole::Small, Color::Muted, this))
    , m_trouble(new Strip(this))
    , m_add(makeButton(Icon::Plus, tr("Add…"), this, ButtonRole::Quiet))
{
    addToHead(m_add);
    setFocusProxy(m_add);
    m_add->setObjectName(u"addSchedule"_s);
    m_add->setAccessibleName(tr("Add a schedule"));
    m_note->setObjectName(u"scheduleNote"_s);
    m_trouble->setObjectName(u"scheduleTrouble"_s);
    m_note->setWordWrap(true);
    m_rows->setSpacing(px(space::kM));
    content()->setSpacing(px(space::kM));
    content()->addWidget(m_trouble);
    content()->addLayout(m_rows);
    content()->addWidget(m_note);
    content()->addStretch(1);
    m_add->setEnabled(!session.info().readOnly);
    if (session.info().readOnly)
        setTip(m_add, tr("Read-only: nothing is run from this connection."));
    connect(m_add, &QPushButton::clicked, this, [this] {
        schedule::Schedule schedule;
        schedule.cron = u"*/5 * * * *"_s;
        if (!m_endpoint.isEmpty())
            schedule.work = schedule::RemoteRound{m_endpoint};
        edit(schedule);
    });
    schedule::Scheduler& schedules = session.schedules();
    connect(&schedules, &schedule::Scheduler::changed, this, &SchedulesPanel::showSchedules);
    connect(&schedules, &schedule::Scheduler::runStarted, this, &SchedulesPanel::showSchedules);
    connect(&schedules, &schedule::Scheduler::runEnded, this, &SchedulesPanel::showSchedules);
    showSchedules();
}

void SchedulesPanel::showSchedules()
{
    const schedule::Scheduler& schedules = m_session.schedules();
    QStringList ids;
    for (const schedule::Schedule& schedule : schedules.all())
        ids += schedule.id;
    QStringList shown;
    for (const ScheduleRow* row : std::as_const(m_shown))
        shown += row->id();
    if (ids != shown) {
        for (ScheduleRow* row : std::exchange(m_shown, {}))
            row->deleteLater(); // its own menu may be what removed it
        for (const QString& id : std::as_const(ids))
            addRow(id);
    }
    for (ScheduleRow* row : std::as_const(m_shown))
        row->showSchedule(!schedules.isActive());
    const QString trouble = schedules.whyIdle().translated();
    if (trouble.isEmpty())
        m_trouble->hide();
    else
        m_trouble->say(Strip::Kind::Warning, trouble);
    m_note->setText(
        m_session.info().readOnly ? tr("Read-only: nothing is run from this connection.")
        : ids.isEmpty()
            ? tr("None. A schedule here runs while Queuedeck is open; queuedeckctl schedule writes "
                 "one for systemd, cron, GitHub Actions or Vercel.")
            : tr("They run only while Queuedeck is open. queuedeckctl schedule writes files for "
                 "systemd, cron, GitHub Actions and Vercel."));
}

void SchedulesPanel::addRow(const QString& id)
{
    schedule::Scheduler& schedules = m_session.schedules();
    auto* row = new ScheduleRow(schedules, id, this);
    row->setEnabled(!m_session.info().readOnly);
    connect(row, &ScheduleRow::switched, this, [this, &schedules, id](bool isOn) {
        tell(schedules.setEnabled(id, isOn));
        showSchedules(); // even if it was refused
    });
    connect(row, &ScheduleRow::runWanted, this,
            [this, &schedules, id] { tell(schedules.runNow(id)); });
    connect(row, &ScheduleRow::editWanted, this, [this, &schedules, id] {
        if (const auto schedule = schedules.find(id))
            edit(*schedule);
    });
    connect(row, &ScheduleRow::outcomesWanted, this, [this, id] { showOutcomes(id); });
    connect(row, &ScheduleRow::removeWanted, this, [this, id] { remove(id); });
    m_rows->addWidget(row);
    m_shown += row;
    row->show();
}

void SchedulesPanel::edit(const schedule::Schedule& schedule)
{
    auto* dialog = new ScheduleDialog(m_session, schedule, window());
    dialog->open();
}

void SchedulesPanel::remove(const QString& id)
{
    const auto schedule = m_session.schedules().find(id);
    const base::Status removed = m_session.schedules().remove(id);
    tell(removed);
    if (removed && schedule)
        Q_EMIT said(tr("The schedule was removed: %1").arg(schedule->cron));
}

void SchedulesPanel::showOutcomes(const QString& id)
{
    if (const auto schedule = m_session.schedules().find(id)) {
        auto* dialog = new OutcomesDialog(*schedule, m_session.schedules().outcomes(id), window());
        dialog->open();
    }
}

void SchedulesPanel::tell(const base::Status& status)
{
    if (!status)
        Q_EMIT said(errorLine(status.error()));
}

} // namespace queuedeck::ui
