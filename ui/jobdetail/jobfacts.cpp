// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jobfacts.h"

#include "core/domain/jobfault.h"
#include "core/domain/jobrules.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progresstext.h"
#include "ui/widgets/shown.h"

#include <QGridLayout>
#include <QLabel>
#include <QSet>

namespace queuedeck::ui {
namespace {

enum Place { Created, Tries, Waited, Ran, Ended, Scan, NotBefore, Turn, Count };

QString unknown()
{
    return JobFacts::tr("not known");
}

/// "14:31:02, 11 min" for today, else "2026-11-20 14:31:02, 3 d 2 h".
QString momentText(const QDateTime& at, const QDateTime& now)
{
    if (!at.isValid())
        return unknown();
    const QString whole = formatTime(at);
    const bool isToday = whole.left(10) == formatTime(now).left(10);
    const QString age = formatAge(at, now);
    const QString moment = isToday ? formatClock(at) : whole;
    return age == moment ? whole : JobFacts::tr("%1, %2", "moment, age").arg(moment, age);
}

QString endedName(const domain::Job& job)
{
    if (job.status == domain::JobStatus::Failed)
        return JobFacts::tr("Failed");
    return JobFacts::tr("Finished");
}

QString endedText(const domain::JobDetail& detail, const QDateTime& now)
{
    using domain::JobStatus;
    if (detail.job.status == JobStatus::Pending || detail.job.status == JobStatus::Processing)
        return JobFacts::tr("not yet");
    return momentText(detail.job.completedAt.isValid() || detail.history.isEmpty()
                          ? detail.job.completedAt
                          : detail.history.first().endedAt,
                      now);
}

} // namespace

QString waitedText(const domain::JobDetail& detail, const QDateTime& now)
{
    if (!detail.job.createdAt.isValid())
        return unknown();
    if (detail.history.isEmpty()) {
        const bool isWaiting = detail.job.status == domain::JobStatus::Pending &&
                               detail.job.attempts.value_or(-1) == 0;
        if (!isWaiting)
            return unknown();
        return JobFacts::tr("%1 so far")
            .arg(formatDuration(std::chrono::milliseconds(detail.job.createdAt.msecsTo(now))));
    }
    const QDateTime began = detail.history.last().startedAt;
    return began.isValid() ? formatRunTime(std::chrono::milliseconds(
                                 qMax<qint64>(0, detail.job.createdAt.msecsTo(began))))
                           : unknown();
}

QString ranText(const domain::JobDetail& detail, const QDateTime& now)
{
    if (detail.history.isEmpty()) {
        return detail.job.status == domain::JobStatus::Pending &&
                       detail.job.attempts.value_or(-1) == 0
                   ? JobFacts::tr("not yet")
                   : unknown();
    }
    QSet<QString> lengths;
    qint64 sum = 0;
    int runs = 0;
    bool isRunning = false;
    for (const domain::Attempt& attempt : detail.history) {
        const bool hasEnded = attempt.endedAt.isValid();
        const bool isLost =
            hasEnded ? attempt.outcome == QLatin1String("lost") : detail.job.isStuck;
        if (!attempt.startedAt.isValid() || isLost)
            continue; // handed back unstarted, or of unknown length
        ++runs;
        isRunning = isRunning || !hasEnded;
        const qint64 length =
            qMax<qint64>(0, attempt.startedAt.msecsTo(hasEnded ? attempt.endedAt : now));
        sum += length;
        lengths.insert(formatRunTime(std::chrono::milliseconds(length)));
    }
    if (runs == 0)
        return unknown();
    const QString total = formatRunTime(std::chrono::milliseconds(sum));
    if (isRunning)
        return JobFacts::tr("%1 so far").arg(total);
    if (runs == 1)
        return total;
    if (lengths.size() == 1)
        return JobFacts::tr("%1 × %2", "runs, length of each").arg(runs).arg(*lengths.begin());
    return JobFacts::tr("%1 in %2 runs").arg(total).arg(runs);
}

JobFacts::JobFacts(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_scan(makeButton(QString(), this, ButtonRole::Link))
    , m_note(new Label({}, TextRole::Small, Color::Muted))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(px(space::kS));
    m_grid->setVerticalSpacing(px(3));
    m_grid->setColumnMinimumWidth(0, px(70));
    m_grid->setColumnMinimumWidth(2, px(62));
    m_grid->setColumnStretch(1, 3);
    m_grid->setColumnStretch(3, 2);
    for (int place = 0; place < Count; ++place) {
        Fact fact{new Label({}, TextRole::Small, Color::Muted), new ElidedLabel};
        fact.value->setTextInteractionFlags(Qt::NoTextInteraction);
        fact.name->setBuddy(fact.value);
        m_grid->addWidget(fact.name, place / 2, 2 * (place % 2));
        if (place != Scan)
            m_grid->addWidget(fact.value, place / 2, 2 * (place % 2) + 1);
        m_facts.append(fact);
    }
    m_facts[Scan].value->setParent(this);
    m_facts[Scan].value->hide();
    m_scan->setObjectName(QStringLiteral("scan"));
    auto* scan = new QHBoxLayout;
    scan->setContentsMargins(0, 0, 0, 0);
    scan->setSpacing(0);
    scan->addWidget(m_facts[Scan].value);
    scan->addWidget(m_scan);
    scan->addStretch(1);
    m_grid->addLayout(scan, Scan / 2, 2 * (Scan % 2) + 1);
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_grid->addWidget(m_note, (Count + 1) / 2, 0, 1, 4);
    connect(m_scan, &QPushButton::clicked, this, [this] { Q_EMIT scanWanted(m_scanId); });
    clear();
}

void JobFacts::set(int place, const QString& name, const QString& value, const QString& tip)
{
    const Fact& fact = m_facts[place];
    fact.name->setText(name);
    fact.value->setText(value);
    setTip(fact.value, tip);
    fact.value->setAccessibleName(tr("%1: %2", "fact, value").arg(name, value));
    fact.name->setVisible(!name.isEmpty());
    fact.value->setVisible(!name.isEmpty());
}

void JobFacts::clear()
{
    for (int place = 0; place < Count; ++place)
        set(place, {}, {});
    m_scan->hide();
    m_note->hide();
}

void JobFacts::setJob(const domain::JobDetail& detail, const QDateTime& now, bool isShared,
                      const domain::PictureReach& reach)
{
    const domain::Job& job = detail.job;
    set(Created, tr("Created"), momentText(job.createdAt, now), formatBothTimes(job.createdAt));
    set(Tries, tr("Tries"),
        job.attempts ? tr("%1 of %2").arg(*job.attempts).arg(domain::kMaxAttempts) : unknown());
    set(Waited, tr("Waited"), waitedText(detail, now), tr("From its creation to its first run"));
    set(Ran, tr("Ran"), ranText(detail, now));
    if (job.progress.isEmpty())
        set(Ended, endedName(job), endedText(detail, now));
    else
        set(Ended, tr("Progress"), progressText(job.progress), job.progress.text);
    m_scan->setVisible(detail.scan.has_value());
    set(Scan, tr("Scan"), detail.scan ? QString() : tr("none"));
    m_facts[Scan].value->setVisible(!detail.scan);
    if (detail.scan) {
        m_scanId = *detail.scan;
        m_scan->setText(shortId(m_scanId.value));
        setTip(m_scan, tr("Show the scan %1").arg(showControls(m_scanId.value)));
        m_scan->setAccessibleName(tr("Show the scan"));
    }
    const bool isBackingOff = job.status == domain::JobStatus::Pending &&
                              detail.notBefore.isValid() && detail.notBefore > now;
    const bool isAlone = job.status == domain::JobStatus::Processing && detail.aloneSince.isValid();
    if (domain::waitsForAPicture(detail, reach))
        set(NotBefore, tr("Waits for"), tr("a processor that fetches its picture"),
            tr("Pictures at such an address are not fetched here, so the job is left alone. "
               "On the Engine page, Choose… beside Pictures changes that for pictures on the "
               "web."));
    else if (isAlone)
        set(NotBefore, tr("No live lease"),
            tr("unchanged for %1").arg(formatAge(detail.aloneSince, now)),
            tr("Another processor may still be running it. Cancel and Retry frees it."));
    else if (job.isStuck)
        set(NotBefore, tr("No live lease"), tr("its engine is gone"),
            tr("The next engine that runs frees it. Cancel and Retry does it now."));
    else
        set(NotBefore, isBackingOff ? tr("Not before") : QString(),
            isBackingOff ? momentText(detail.notBefore, now) : QString(),
            isBackingOff ? formatBothTimes(detail.notBefore) : QString());
    const bool isNext = detail.expedited && job.status == domain::JobStatus::Pending;
    const auto fault = domain::faultOf(job, isShared);
    m_note->setText(fault ? domain::causeOf(*fault).translated() : QString());
    m_note->setVisible(fault.has_value());
    set(Turn, isNext ? tr("Turn") : QString(), isNext ? tr("next, as requested") : QString());
}

} // namespace queuedeck::ui
