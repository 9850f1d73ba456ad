// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/attemptlist.h"

#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/mark.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kMostShown = 50;

Mark markOfOutcome(const QString& outcome)
{
    if (outcome == "completed"_L1)
        return Mark::Completed;
    if (outcome == "running"_L1)
        return Mark::Processing;
    if (outcome == "released"_L1)
        return Mark::Pending;
    if (outcome == "lost"_L1)
        return Mark::Stuck;
    return Mark::Failed;
}
} // namespace

AttemptList::AttemptList(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(px(space::kS));
}

void AttemptList::show(const QVector<domain::Attempt>& history)
{
    while (QLayoutItem* item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (history.isEmpty())
        m_column->addWidget(new Label(tr("No attempt is known. Another processor keeps no history."),
                                      TextRole::Small, Color::Muted, this));
    for (const domain::Attempt& attempt : history.first(std::min<qsizetype>(history.size(), kMostShown)))
        add(attempt);
}

void AttemptList::add(const domain::Attempt& attempt)
{
    auto* box = new QWidget(this);
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins({});
    rows->setSpacing(px(space::kXxs));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    const Mark mark = markOfOutcome(attempt.outcome);
    auto* icon = new QLabel(box);
    icon->setPixmap(makeIcon(markIcon(mark), markColor(mark)).pixmap(px(size::kStatusIcon)));
    head->addWidget(icon);
    head->addWidget(new Label(tr("Attempt %1").arg(attempt.number), TextRole::Body, Color::Text, box));
    auto* engine = new ElidedLabel(showControls(attempt.engine), TextRole::Small, Color::Muted, box);
    engine->setElideMode(Qt::ElideMiddle);
    head->addWidget(engine, 1);
    QString times;
    if (attempt.startedAt.isValid() && attempt.endedAt.isValid())
        times = tr("%1 to %2, %3")
                    .arg(formatClock(attempt.startedAt), formatClock(attempt.endedAt),
                         formatRunTime(std::chrono::milliseconds(
                             attempt.startedAt.msecsTo(attempt.endedAt))));
    else if (attempt.endedAt.isValid())
        times = tr("ended %1").arg(formatClock(attempt.endedAt));
    else
        times = tr("running");
    head->addWidget(new Label(times, TextRole::Small, Color::Muted, box));
    rows->addLayout(head);
    QString words = firstLine(attempt.error);
    if (attempt.outcome == "released"_L1)
        words = tr("handed back, no try spent");
    else if (attempt.outcome == "retried"_L1)
        words += tr(", tried again later");
    if (!words.isEmpty()) {
        auto* line = new ElidedLabel(words, TextRole::Small, Color::Muted, box);
        line->setContentsMargins(px(size::kStatusIcon + space::kS), 0, 0, 0);
        rows->addWidget(line);
    }
    m_column->addWidget(box);
}

} // namespace queuedeck::ui
