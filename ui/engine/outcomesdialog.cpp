// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/outcomesdialog.h"

#include "ui/engine/schedulewords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"

#include <QBoxLayout>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using schedule::ScheduleOutcome;

namespace {
LineCell kindCell(ScheduleOutcome::Kind kind)
{
    switch (kind) {
    case ScheduleOutcome::Kind::Done: return {OutcomesDialog::tr("Done"), Mark::Completed};
    case ScheduleOutcome::Kind::Failed: return {OutcomesDialog::tr("Failed"), Mark::Failed};
    case ScheduleOutcome::Kind::Missed: return {OutcomesDialog::tr("Missed"), Mark::Stuck};
    case ScheduleOutcome::Kind::Skipped: break;
    }
    return {OutcomesDialog::tr("Skipped"), Mark::Stuck};
}
} // namespace

OutcomesDialog::OutcomesDialog(const schedule::Schedule& schedule,
                               const QVector<ScheduleOutcome>& outcomes, QWidget* parent)
    : Dialog(u"outcomesDialog"_s, tr("Outcomes"), parent)
{
    auto* table = new LinesTable(tr("Outcomes"), {{tr("Began"), 150, false},
                                                  {tr("How"), 100, false},
                                                  {tr("Took"), 80, true},
                                                  {tr("What came of it"), 0, false}});
    QVector<Line> lines;
    for (const ScheduleOutcome& outcome : outcomes) {
        const QString sentence = showControls(outcome.sentence);
        const bool wasRun = outcome.kind == ScheduleOutcome::Kind::Done ||
                            outcome.kind == ScheduleOutcome::Kind::Failed;
        lines +=
            Line{{formatTime(outcome.time), {}, false, false, false, formatBothTimes(outcome.time)},
                 kindCell(outcome.kind),
                 {wasRun ? formatRunTime(outcome.took) : QString(), {}, true},
                 {sentence, {}, false, false, false, sentence}};
    }
    table->setLines(lines);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto* inner = new QWidget(scroll);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins({});
    column->addWidget(table);
    column->addStretch(1);
    scroll->setWidget(inner);
    content()->addWidget(
        new Label(schedulewords::work(schedule.work) + u", "_s + schedulewords::time(schedule),
                  TextRole::Title));
    content()->addWidget(
        outcomes.isEmpty() ? static_cast<QWidget*>(new Label(tr("It has not run yet."))) : scroll,
        1);
    setNote(tr("The last 50 are kept."));
    auto* close = makeButton(tr("Close"), this);
    addToFoot(close);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    resize(px(720), px(400));
}

} // namespace queuedeck::ui
