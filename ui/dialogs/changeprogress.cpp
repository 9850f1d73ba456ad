// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/changeprogress.h"

#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Phase = domain::ChangeStep::Phase;

ChangeProgress::ChangeProgress(QWidget* parent)
    : QWidget(parent)
    , m_first(new Label({}, TextRole::Body))
    , m_bar(new QProgressBar(this))
    , m_count(new Label({}, TextRole::Body))
    , m_percent(new Label({}, TextRole::Small, Color::Muted))
    , m_figures(new QWidget(this))
    , m_held(new Strip(this))
{
    m_bar->setObjectName(u"progress"_s);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_count->setObjectName(u"progressCount"_s);
    m_first->setObjectName(u"progressFirst"_s);
    m_held->setObjectName(u"held"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kS));
    all->addWidget(m_first);
    all->addWidget(m_bar);
    auto* line = new QHBoxLayout;
    line->addWidget(m_count, 1);
    line->addWidget(m_percent);
    all->addLayout(line);
    auto* figures = new QHBoxLayout(m_figures);
    figures->setContentsMargins(0, px(space::kS), 0, 0);
    figures->setSpacing(px(space::kS));
    m_rate = addFigure(tr("Rate"));
    m_left = addFigure(tr("Left"));
    m_timeLeft = addFigure(tr("Time left"));
    all->addWidget(m_figures);
    all->addWidget(m_held);
    QSizePolicy kept = m_figures->sizePolicy(); // nothing moves once they are known
    kept.setRetainSizeWhenHidden(true);
    m_figures->setSizePolicy(kept);
}

ChangeProgress::Figure ChangeProgress::addFigure(const QString& title)
{
    auto* frame = new QFrame(m_figures);
    frame->setFrameShape(QFrame::StyledPanel);
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(px(space::kM), px(space::kS), px(space::kM), px(space::kS));
    column->setSpacing(px(space::kXs));
    const Figure figure{new Label({}, TextRole::Title),
                        new Label({}, TextRole::Small, Color::Muted)};
    column->addWidget(new Label(title, TextRole::Small, Color::Muted));
    column->addWidget(figure.value);
    column->addWidget(figure.note);
    static_cast<QHBoxLayout*>(m_figures->layout())->addWidget(frame, 1);
    return figure;
}

void ChangeProgress::begin(const domain::ChangePlan& plan)
{
    m_plan = plan;
    m_step = {};
    m_clock.start();
    m_waitedMs = 0;
    m_waitsSince = -1;
    m_bar->setRange(0, 0);
    m_count->setText(tr("Working…"));
    m_percent->setText({});
    m_first->hide();
    m_held->hide();
    m_figures->hide();
}

void ChangeProgress::setWaiting(bool isWaiting)
{
    if (isWaiting && m_waitsSince < 0)
        m_waitsSince = m_clock.elapsed();
    if (!isWaiting && m_waitsSince >= 0)
        m_waitedMs += m_clock.elapsed() - std::exchange(m_waitsSince, -1);
}

double ChangeProgress::seconds() const
{
    const qint64 now = m_waitsSince >= 0 ? m_waitsSince : m_clock.elapsed();
    return double(now - m_waitedMs) / 1000;
}

void ChangeProgress::setStep(const domain::ChangeStep& step)
{
    if (step.total <= 0)
        return;
    m_step = step;
    setWaiting(step.phase != Phase::Changing);
    m_bar->setRange(0, 1000);
    m_bar->setValue(int(1000 * step.done / step.total));
    m_percent->setText(tr("%1 %", "of all jobs").arg(100 * step.done / step.total));
    showPhase();
    showFirst();
    showRest();
}

void ChangeProgress::showPhase()
{
    m_count->setText(
        m_step.phase == Phase::Planned
            ? tr("It begins on %1. Queuedeck must be open then.").arg(formatTime(m_plan.at))
            : tr("%1 of %2 done.").arg(formatCount(m_step.done), formatCount(m_step.total)));
    if (m_step.phase == Phase::Held)
        m_held->say(Strip::Kind::Warning,
                    tr("%1 of %2 failed again, so nothing else was touched.")
                        .arg(formatCount(m_step.first.failed), formatCount(m_step.first.tried)));
    else
        m_held->hide();
}

void ChangeProgress::showFirst()
{
    const domain::FirstJobs& first = m_step.first;
    m_first->setVisible(first.tried > 0);
    if (first.tried == 0)
        return;
    const int open = first.tried - first.completed - first.failed;
    m_first->setText(open > 0 ? tr("First %1: %2 completed, %3 failed, %4 not through yet.")
                                    .arg(formatCount(first.tried), formatCount(first.completed),
                                         formatCount(first.failed), formatCount(open))
                              : tr("First %1: %2 completed, %3 failed.")
                                    .arg(formatCount(first.tried), formatCount(first.completed),
                                         formatCount(first.failed)));
}

void ChangeProgress::showRest()
{
    const double took = seconds();
    if (m_step.done == 0 || took < 1) // too early to tell
        return;
    // What the first jobs of a change took says nothing about the others.
    const double measured = double(m_step.done) / took;
    const double rate =
        m_plan.perSecond > 0 ? std::min<double>(measured, m_plan.perSecond) : measured;
    const qint64 left = m_step.total - m_step.done;
    m_rate.value->setText(formatCount(qint64(rate)));
    m_rate.note->setText(m_plan.perSecond > 0
                             ? tr("jobs a second, limit %1").arg(formatCount(m_plan.perSecond))
                             : tr("jobs a second"));
    m_left.value->setText(formatCount(left));
    m_left.note->setText(tr("jobs not touched yet"));
    const auto rest =
        std::chrono::milliseconds(qint64(1000 * double(left) / std::max(rate, 0.001)));
    m_timeLeft.value->setText(formatDuration(rest));
    m_timeLeft.note->setText(
        m_step.phase == Phase::Paused ? tr("paused")
        : m_step.phase != Phase::Changing
            ? tr("waiting")
            : tr("done at about %1")
                  .arg(formatClock(QDateTime::currentDateTimeUtc().addMSecs(rest.count()))));
    m_figures->show();
}

} // namespace queuedeck::ui
