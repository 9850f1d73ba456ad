// SPDX-License-Identifier: GPL-3.0-or-later
// What the Jobs page says of itself: counts, newer rows, strips and empty states.
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/filtertext.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/jobs/querybar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
QString matchText(const domain::MatchCount& matches)
{
    return matches.isExact ? formatCount(matches.count) : u"≥ "_s + formatCount(matches.count - 1);
}
} // namespace

void JobsPage::updateMatches()
{
    // No number is quoted that is not of what stands in the query.
    const bool isValid = !m_query->hasError();
    const QString count = matchText(matches());
    m_query->setMatches(isValid ? tr("%1 match").arg(count) : QString());
    m_retryAll->setScopeText(isValid ? tr("Retry all %1 that match…").arg(count) : QString());
    updateStatus();
    Q_EMIT matchCountChanged(matches());
    updateSelection();
}

QString JobsPage::newerText() const
{
    return m_loader->newer() >= JobRows::kPageSize ? tr("%1+ new").arg(JobRows::kPageSize)
                                                   : tr("%n new", nullptr, m_loader->newer());
}

void JobsPage::updateNewer()
{
    m_pill->setText(newerText());
    setTip(m_pill, tr("Go to the newest rows"));
    m_pill->setVisible(m_loader->newer() > 0);
}

void JobsPage::updateStatus()
{
    QStringList texts;
    if (!m_query->hasError())
        texts.append(tr("%1 match").arg(matchText(matches())));
    qsizetype selected = 0;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection())
        selected += range.height();
    if (selected > 0)
        texts.append(tr("%1 selected").arg(formatCount(selected)));
    if (m_tookMs >= 0 && !m_query->hasError())
        texts.append(formatRunTime(std::chrono::milliseconds(m_tookMs)));
    setStatusTexts(texts);
}

void JobsPage::updateState()
{
    const QString seen = formatClock(m_loader->readAt());
    const service::ChangeFeed& changes = m_session.changes();
    if (!m_lost.isEmpty())
        m_strip->say(Strip::Kind::Error, m_lost, tr("Try Now"));
    else if (!m_trouble.isEmpty())
        m_strip->say(Strip::Kind::Error, m_trouble, tr("Read Again"));
    else if (m_slowSeconds > 0)
        m_strip->say(
            Strip::Kind::Info,
            tr("Still reading, %1 s. The database has not answered yet.").arg(m_slowSeconds),
            tr("Stop"), Icon::Clock);
    else if (m_isStopped)
        m_strip->say(Strip::Kind::Warning, tr("Stopped. You see %1.").arg(seen), tr("Read Again"),
                     Icon::Stop);
    else if (changes.isPaused() && m_loader->readAt().isValid())
        m_strip->say(Strip::Kind::Warning,
                     tr("Paused. You see %1, %2 ago.")
                         .arg(seen, formatAge(m_loader->readAt(), QDateTime::currentDateTimeUtc())),
                     tr("Resume"), Icon::Pause);
    else
        m_strip->hide();
    if (m_model->isLoaded() && m_model->rowCount() == 0)
        showEmpty();
    else
        m_empty->hide();
    updateStatus();
}

void JobsPage::showEmpty()
{
    const bool isAll = filter().matchesAll();
    const QString status = termValue(filter().text(), {u"status"_s}).toLower();
    const domain::TypeCounts& counts = m_session.snapshots().current().counts;
    const qint64 others = status == "failed"_L1      ? counts.failed
                          : status == "pending"_L1   ? counts.pending
                          : status == "completed"_L1 ? counts.completed
                                                     : 0;
    const QString key = isAll ? QString() : filter().text() + u'\n' + QString::number(others);
    if (!m_empty->isHidden() && m_empty->property("key").toString() == key)
        return;
    m_empty->setProperty("key", key);
    if (isAll) {
        m_empty->show(Icon::Jobs, tr("No jobs yet."),
                      tr("A job appears here as soon as the web application, a card or the "
                         "command line adds one."));
        m_empty->addButton(new ActionButton(m_actions.action(ActionId::UploadCard), m_empty));
        m_empty->addButton(new ActionButton(m_actions.action(ActionId::Enqueue), m_empty));
    } else {
        m_empty->show(Icon::Filter, tr("No job matches this filter."),
                      others > 0 ? tr("%1 %2 jobs exist without the rest of the filter.")
                                       .arg(formatCount(others), status)
                                 : QString());
        QPushButton* clear = makeButton(tr("Clear Filter"), m_empty);
        clear->setObjectName(u"clearFilter"_s);
        connect(clear, &QPushButton::clicked, this, [this] { setFilterText({}); });
        m_empty->addButton(clear);
    }
    m_empty->setGeometry(m_table->viewport()->rect());
    m_empty->QWidget::show();
}

} // namespace queuedeck::ui
