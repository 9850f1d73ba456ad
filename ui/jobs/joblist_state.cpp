// SPDX-License-Identifier: GPL-3.0-or-later
// How the list reports its own state: see ListState and ListContent.
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/filtertext.h"
#include "ui/jobs/joblist.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/strip.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

ListFacts JobList::facts() const
{
    return {.isLost = !isConnected(),
            .failure = m_failure,
            .slowSeconds = m_slowSeconds,
            .isStopped = m_loader->isStopped(),
            .isPaused = m_session.changes().isPaused(),
            .searchedTo = m_loader->searchedTo(),
            .readAt = m_loader->readAt(),
            .hasAnswer = m_loader->hasAnswer(),
            .rows = m_model->rowCount(),
            .isFiltered = !m_filter.matchesAll()};
}

void JobList::update()
{
    const ListFacts known = facts();
    say(listState(known), known);
    showContent(listContent(known));
}

void JobList::say(ListState state, const ListFacts& facts)
{
    const QString seen =
        facts.hasAnswer ? tr("You see %1.").arg(formatClock(facts.readAt)) : QString();
    switch (state) {
    case ListState::Lost: m_strip->hide(); break; // the window shows it on every page
    case ListState::Failed:
        m_strip->say(Strip::Kind::Error, facts.failure, tr("Read Again"));
        break;
    case ListState::Slow:
        m_strip->say(
            Strip::Kind::Info,
            tr("Still reading, %1 s. The database has not answered yet.").arg(facts.slowSeconds),
            tr("Stop"), Icon::Clock);
        break;
    case ListState::Stopped:
        m_strip->say(Strip::Kind::Warning, (tr("Stopped.") + u' ' + seen).trimmed(),
                     tr("Read Again"), Icon::Stop);
        break;
    case ListState::Paused:
        m_strip->say(Strip::Kind::Warning,
                     tr("Paused. You see %1, %2 ago.")
                         .arg(formatClock(facts.readAt),
                              formatAge(facts.readAt, QDateTime::currentDateTimeUtc())),
                     tr("Resume"), Icon::Pause);
        break;
    case ListState::Searching:
        m_strip->say(Strip::Kind::Info,
                     tr("Searched back to %1, newest first. Older jobs were not looked at yet.")
                         .arg(formatTime(facts.searchedTo)),
                     tr("Continue"), Icon::Filter);
        break;
    case ListState::Current: m_strip->hide(); break;
    }
}

void JobList::pressStrip()
{
    switch (listState(facts())) {
    case ListState::Slow: stopSlow(); break;
    case ListState::Paused: m_session.changes().setPaused(false); break;
    case ListState::Searching: m_loader->searchOn(); break;
    case ListState::Lost:
    case ListState::Failed:
    case ListState::Stopped:
    case ListState::Current: m_loader->readAgain(); break;
    }
}

void JobList::showContent(ListContent content)
{
    if (content == ListContent::Rows) {
        m_empty->hide();
        return;
    }
    const QString status = termValue(m_filter.text(), {u"status"_s}).toLower();
    const domain::TypeCounts& counts = m_session.snapshots().current().counts;
    const qint64 others = status == "failed"_L1      ? counts.failed
                          : status == "pending"_L1   ? counts.pending
                          : status == "completed"_L1 ? counts.completed
                                                     : 0;
    const QString shown = u"%1\n%2\n%3"_s.arg(int(content)).arg(others).arg(m_filter.text());
    if (!m_empty->isHidden() && m_shownContent == shown)
        return;
    m_shownContent = shown;
    switch (content) {
    case ListContent::NothingRead:
        m_empty->show(Icon::Clock, tr("Nothing was read."), QString());
        break;
    case ListContent::NoMatchYet:
        m_empty->show(Icon::Filter, tr("No match yet."), QString());
        break;
    case ListContent::EmptyQueue:
        m_empty->show(Icon::Jobs, tr("No jobs yet."),
                      tr("A job appears here as soon as the web application, a card or the "
                         "command line adds one."));
        m_empty->addButton(new ActionButton(m_actions.action(ActionId::UploadCard), m_empty));
        m_empty->addButton(new ActionButton(m_actions.action(ActionId::Enqueue), m_empty));
        break;
    default: {
        m_empty->show(Icon::Filter, tr("No job matches this filter."),
                      others > 0 ? tr("%1 %2 jobs exist without the rest of the filter.")
                                       .arg(formatCount(others), status)
                                 : QString());
        QPushButton* clear = makeButton(tr("Clear Filter"), m_empty);
        clear->setObjectName(u"clearFilter"_s);
        connect(clear, &QPushButton::clicked, this, &JobList::clearWanted);
        m_empty->addButton(clear);
    }
    }
    m_empty->setGeometry(m_table->viewport()->rect());
    m_empty->QWidget::show();
}

} // namespace queuedeck::ui
