// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/changeprogress.h"

#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ChangeProgress::ChangeProgress(QWidget* parent)
    : QWidget(parent)
    , m_bar(new QProgressBar(this))
    , m_count(new Label({}, TextRole::Body))
    , m_percent(new Label({}, TextRole::Small, Color::Muted))
    , m_figures(new QWidget(this))
{
    m_bar->setObjectName(u"progress"_s);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_count->setObjectName(u"progressCount"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kS));
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

void ChangeProgress::begin()
{
    m_clock.start();
    m_pausedMs = 0;
    m_pausedSince = -1;
    m_total = 0;
    m_bar->setRange(0, 0);
    m_count->setText(tr("Working…"));
    m_percent->setText({});
    m_figures->hide();
}

void ChangeProgress::setPaused(bool isPaused)
{
    if (isPaused && m_pausedSince < 0)
        m_pausedSince = m_clock.elapsed();
    if (!isPaused && m_pausedSince >= 0)
        m_pausedMs += m_clock.elapsed() - std::exchange(m_pausedSince, -1);
    showRest();
}

double ChangeProgress::seconds() const
{
    const qint64 now = m_pausedSince >= 0 ? m_pausedSince : m_clock.elapsed();
    return double(now - m_pausedMs) / 1000;
}

void ChangeProgress::setDone(qint64 done, qint64 total)
{
    if (total <= 0)
        return;
    m_done = done;
    m_total = total;
    m_bar->setRange(0, 1000);
    m_bar->setValue(int(1000 * done / total));
    m_count->setText(tr("%1 of %2 done.").arg(formatCount(done), formatCount(total)));
    m_percent->setText(tr("%1 %", "of all jobs").arg(100 * done / total));
    showRest();
}

void ChangeProgress::showRest()
{
    const double took = seconds();
    if (m_total == 0 || m_done == 0 || took < 1) // too early to tell
        return;
    const double rate = double(m_done) / took;
    const qint64 left = m_total - m_done;
    m_rate.value->setText(formatCount(qint64(rate)));
    m_rate.note->setText(tr("jobs a second"));
    m_left.value->setText(formatCount(left));
    m_left.note->setText(tr("jobs not touched yet"));
    const auto rest =
        std::chrono::milliseconds(qint64(1000 * double(left) / std::max(rate, 0.001)));
    const bool isPaused = m_pausedSince >= 0;
    m_timeLeft.value->setText(formatDuration(rest));
    m_timeLeft.note->setText(
        isPaused ? tr("paused")
                 : tr("done at about %1")
                       .arg(formatClock(QDateTime::currentDateTimeUtc().addMSecs(rest.count()))));
    m_figures->show();
}

} // namespace queuedeck::ui
