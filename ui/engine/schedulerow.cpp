// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/schedulerow.h"

#include "core/schedule/scheduler.h"
#include "ui/engine/schedulewords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ScheduleRow::ScheduleRow(schedule::Scheduler& schedules, const QString& id, QWidget* parent)
    : QWidget(parent)
    , m_schedules(schedules)
    , m_id(id)
    , m_enabled(new QCheckBox(this))
    , m_when(new Label({}, TextRole::Small, Color::Muted, this))
    , m_mark(new QLabel(this))
    , m_outcome(new Label({}, TextRole::Small, Color::Muted, this))
{
    auto* more = makeIconButton(Icon::More, tr("More"), this);
    more->setObjectName(u"more"_s);
    openBelow(more, makeMenu());
    m_enabled->setObjectName(u"enabled"_s);
    m_when->setObjectName(u"when"_s);
    m_outcome->setObjectName(u"outcome"_s);
    m_when->setWordWrap(true);
    m_outcome->setWordWrap(true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kS));
    grid->setVerticalSpacing(px(space::kXxs));
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, px(size::kStatusIcon));
    grid->addWidget(m_enabled, 0, 0, 1, 2);
    grid->addWidget(more, 0, 2);
    grid->addWidget(m_when, 1, 1, 1, 2);
    grid->addWidget(m_mark, 2, 0, Qt::AlignTop | Qt::AlignHCenter);
    grid->addWidget(m_outcome, 2, 1, 1, 2);
    connect(m_enabled, &QCheckBox::clicked, this, &ScheduleRow::switched);
}

QMenu* ScheduleRow::makeMenu()
{
    auto* menu = new QMenu(this);
    menu->addAction(makeIcon(Icon::Play), tr("&Run Now"), this, &ScheduleRow::runWanted);
    menu->addAction(makeIcon(Icon::Edit), tr("&Edit…"), this, &ScheduleRow::editWanted);
    menu->addAction(makeIcon(Icon::Journal), tr("&Outcomes…"), this, &ScheduleRow::outcomesWanted);
    menu->addSeparator();
    menu->addAction(makeIcon(Icon::Delete), tr("Re&move"), this, &ScheduleRow::removeWanted);
    return menu;
}

void ScheduleRow::showSchedule(bool isOff)
{
    const auto schedule = m_schedules.find(m_id);
    if (!schedule)
        return;
    m_enabled->setText(showControls(schedule->name).replace(u'&', u"&&"_s));
    setTip(m_enabled, schedulewords::work(schedule->work));
    m_enabled->setChecked(schedule->enabled);
    const QString time = schedulewords::time(*schedule);
    m_when->setText(
        m_schedules.isRunning(m_id) ? tr("%1 · running now").arg(time)
        : !schedule->enabled || isOff
            ? tr("%1 · off").arg(time)
            : tr("%1 · next %2")
                  .arg(time, schedulewords::moment(m_schedules.nextRun(m_id), *schedule)));
    const auto outcomes = m_schedules.outcomes(m_id);
    m_mark->setVisible(!outcomes.isEmpty());
    m_outcome->setVisible(!outcomes.isEmpty());
    if (outcomes.isEmpty())
        return;
    const schedule::ScheduleOutcome& last = outcomes.front();
    m_mark->setPixmap(
        makeIcon(schedulewords::outcomeIcon(last.kind), schedulewords::outcomeColor(last.kind))
            .pixmap(px(size::kStatusIcon)));
    m_outcome->setText(schedulewords::outcome(last));
}

} // namespace queuedeck::ui
