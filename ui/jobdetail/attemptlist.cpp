// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/attemptlist.h"

#include "ui/jobdetail/marklabel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QGridLayout>

namespace queuedeck::ui {
namespace {

constexpr qsizetype kMostRows = 50;

// With the date unless it is today.
QString momentText(const QDateTime& at)
{
    const QString whole = formatTime(at);
    return whole.left(10) == formatTime(QDateTime::currentDateTimeUtc()).left(10) ? formatClock(at)
                                                                                  : whole;
}

QString spanText(const domain::Attempt& attempt)
{
    if (!attempt.endedAt.isValid())
        return AttemptList::tr("since %1").arg(momentText(attempt.startedAt));
    if (!attempt.startedAt.isValid())
        return momentText(attempt.endedAt);
    const std::chrono::milliseconds length(attempt.startedAt.msecsTo(attempt.endedAt));
    const bool isOneDay =
        formatTime(attempt.startedAt).left(10) == formatTime(attempt.endedAt).left(10);
    return AttemptList::tr("%1 to %2, %3")
        .arg(momentText(attempt.startedAt),
             isOneDay ? formatClock(attempt.endedAt) : momentText(attempt.endedAt),
             formatRunTime(length));
}

QString withError(const QString& error, const QString& ending)
{
    const QString line = firstLine(error);
    return line.isEmpty() ? ending
                          : AttemptList::tr("%1, %2", "error, what followed").arg(line, ending);
}

/// One attempt, with a line down to the next.
class AttemptRow : public QWidget
{
public:
    AttemptRow(const domain::Attempt& attempt, const domain::Attempt* next, bool isStuck,
               bool isLast)
        : m_isLast(isLast)
    {
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(0, 0, 0, px(space::kXs));
        grid->setHorizontalSpacing(px(space::kS));
        grid->setVerticalSpacing(0);
        grid->addWidget(new MarkLabel(attemptMark(attempt, isStuck), false), 0, 0);
        grid->addWidget(new Label(AttemptList::tr("Attempt %1").arg(attempt.number)), 0, 1);
        grid->addWidget(new ElidedLabel(showControls(attempt.engine), TextRole::Body, Color::Muted),
                        0, 2);
        auto* span = new Label(spanText(attempt), TextRole::Small, Color::Muted);
        setTip(span, formatBothTimes(attempt.startedAt));
        grid->addWidget(span, 0, 3, Qt::AlignRight);
        grid->setColumnStretch(2, 1);
        auto* words =
            new Label(attemptWords(attempt, next, isStuck), TextRole::Small, Color::Muted);
        words->setWordWrap(true);
        words->setTextInteractionFlags(Qt::TextSelectableByMouse);
        grid->addWidget(words, 1, 1, 1, 3);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (m_isLast)
            return;
        QPainter(this).fillRect(QRect(px(size::kStatusIcon) / 2, px(18), 1, height() - px(18)),
                                tokenColor(Color::Control));
    }

private:
    bool m_isLast;
};

} // namespace

Mark attemptMark(const domain::Attempt& attempt, bool isStuck)
{
    if (attempt.outcome == QLatin1String("running"))
        return isStuck ? Mark::Stuck : Mark::Processing;
    if (attempt.outcome == QLatin1String("completed"))
        return Mark::Completed;
    if (attempt.outcome == QLatin1String("failed") || attempt.outcome == QLatin1String("retried"))
        return Mark::Failed;
    if (attempt.outcome == QLatin1String("lost"))
        return Mark::Stuck;
    if (attempt.outcome == QLatin1String("released") ||
        attempt.outcome == QLatin1String("cancelled"))
        return Mark::Pending;
    return Mark::Unknown;
}

QString attemptWords(const domain::Attempt& attempt, const domain::Attempt* next, bool isStuck)
{
    const QString& outcome = attempt.outcome;
    if (outcome == QLatin1String("running"))
        return isStuck ? AttemptList::tr("its engine is gone") : AttemptList::tr("running");
    if (outcome == QLatin1String("completed"))
        return AttemptList::tr("completed");
    if (outcome == QLatin1String("failed"))
        return withError(attempt.error, AttemptList::tr("gave up"));
    if (outcome == QLatin1String("retried")) {
        if (!next || !attempt.endedAt.isValid() || next->startedAt < attempt.endedAt)
            return withError(attempt.error, AttemptList::tr("will be tried again"));
        const std::chrono::milliseconds pause(attempt.endedAt.msecsTo(next->startedAt));
        return withError(attempt.error,
                         AttemptList::tr("tried again %1 later").arg(formatDuration(pause)));
    }
    if (outcome == QLatin1String("released"))
        return withError(attempt.error, AttemptList::tr("handed back"));
    if (outcome == QLatin1String("lost"))
        return withError(attempt.error, AttemptList::tr("its engine was lost"));
    if (outcome == QLatin1String("cancelled"))
        return withError(attempt.error, AttemptList::tr("cancelled"));
    if (outcome == QLatin1String("overtaken"))
        return withError(attempt.error, AttemptList::tr("the row had changed, result not kept"));
    return withError(attempt.error, outcome);
}

AttemptList::AttemptList(QWidget* parent)
    : QWidget(parent)
    , m_count(new Label({}, TextRole::Body, Color::Muted))
    , m_zone(new Label({}, TextRole::Micro, Color::Muted))
    , m_none(new Label({}, TextRole::Small, Color::Muted))
    , m_layout(new QVBoxLayout(this))
{
    m_none->setWordWrap(true);
    m_none->setObjectName(QStringLiteral("noAttempts"));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Attempts"), TextRole::Strong));
    head->addWidget(m_count, 1);
    head->addWidget(m_zone);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(px(space::kXs));
    m_layout->addLayout(head);
    m_layout->addWidget(m_none);
}

void AttemptList::clear()
{
    delete m_rows;
    m_rows = nullptr;
    m_count->clear();
    m_none->hide();
}

void AttemptList::setAttempts(const domain::JobDetail& detail)
{
    clear();
    m_zone->setText(timeZone() == TimeZone::Utc ? tr("UTC") : tr("Local"));
    const QVector<domain::Attempt>& attempts = detail.history;
    m_none->setVisible(attempts.isEmpty());
    if (attempts.isEmpty()) {
        m_none->setText(
            detail.job.attempts && *detail.job.attempts == 0 &&
                    detail.job.status == domain::JobStatus::Pending
                ? tr("Not run yet.")
                : tr("Nothing is known about its runs here: the web application keeps no "
                     "history."));
        return;
    }
    m_count->setText(formatCount(attempts.size()));
    m_rows = new QWidget;
    auto* rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    const qsizetype shown = qMin(attempts.size(), kMostRows);
    for (qsizetype i = 0; i < shown; ++i)
        rows->addWidget(new AttemptRow(attempts[i], i > 0 ? &attempts[i - 1] : nullptr,
                                       detail.job.isStuck, i == shown - 1));
    if (shown < attempts.size())
        rows->addWidget(
            new Label(tr("%1 older ones are not shown.").arg(formatCount(attempts.size() - shown)),
                      TextRole::Small, Color::Muted));
    m_layout->addWidget(m_rows);
}

} // namespace queuedeck::ui
