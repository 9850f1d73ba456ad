// SPDX-License-Identifier: GPL-3.0-or-later
// What the panel of error groups shows: rows, the chosen group, and the condition of both.
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "ui/errors/errorgroupsmodel.h"
#include "ui/errors/errorgroupview.h"
#include "ui/errors/errorspanel.h"
#include "ui/errors/errorwords.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

// The chosen group stays chosen, wherever it moved, and the list where it was scrolled to.
void ErrorsPanel::showGroups()
{
    const domain::ErrorGroups& groups = m_feed->current();
    const domain::ErrorGroup* const before = current();
    const bool isWanted = !m_wanted.isNull() && groups.find(m_wanted);
    const QString signature = isWanted ? std::exchange(m_wanted, QString())
                              : before ? before->signature
                                       : QString();
    const bool hadOne = isWanted || before != nullptr;
    const int scrolled = m_table->verticalScrollBar()->value();
    m_model->setGroups(groups, QDateTime::currentDateTimeUtc());
    m_stack->setCurrentIndex(groups.groups.empty() ? 0 : 1);
    if (!groups.groups.empty()) {
        const int row = hadOne ? m_model->rowOf(signature) : -1;
        if (m_table->currentIndex().row() != qMax(row, 0))
            m_table->selectRow(qMax(row, 0));
        if (!isWanted)
            m_table->verticalScrollBar()->setValue(scrolled);
    }
    const QString in = base::counted("ErrorsPanel", QT_TRANSLATE_NOOP("ErrorsPanel", "1 group"),
                                     QT_TRANSLATE_N_NOOP("ErrorsPanel", "%L1 groups"),
                                     qint64(groups.groups.size()));
    QString total = tr("%1 in %2", "jobs, groups").arg(errorwords::jobs(groups.total), in);
    if (groups.others > 0)
        total += tr(", %1 with still other errors").arg(formatCount(groups.others));
    if (groups.isWhole && m_feed->took().count() > 0)
        total += tr(", grouped in %1").arg(formatRunTime(m_feed->took()));
    m_total->setText(m_feed->hasAnswer() ? total : QString());
    Q_EMIT counted(groups.isWhole && !groups.groups.empty()
                       ? formatCount(qint64(groups.groups.size()))
                       : QString());
    showCurrent();
    showState();
}

void ErrorsPanel::showCurrent()
{
    if (const domain::ErrorGroup* group = current())
        m_view->setGroup(*group, m_model->shareOf(*group), m_feed->current().total, m_model->now());
    updateActions();
}

void ErrorsPanel::updateActions()
{
    const domain::ErrorGroup* group = current();
    const QString count = group ? formatCount(group->count) : QString();
    m_retry->setText(
        group ? base::counted("ErrorsPanel", QT_TRANSLATE_NOOP("ErrorsPanel", "Retry 1 Job…"),
                              QT_TRANSLATE_N_NOOP("ErrorsPanel", "Retry %L1 Jobs…"), group->count)
              : tr("Retry…"));
    m_show->setText(
        m_isSearching ? tr("Looking…")
        : group       ? base::counted("ErrorsPanel", QT_TRANSLATE_NOOP("ErrorsPanel", "Show 1 Job"),
                                      QT_TRANSLATE_N_NOOP("ErrorsPanel", "Show %L1 Jobs"), group->count)
                      : tr("Show Jobs"));
    m_show->setEnabled(group && !m_isSearching);
    const QString off = changesOff(m_session);
    const QString none = group ? QString() : tr("No group is selected.");
    const auto enable = [](QPushButton* button, const QString& why) {
        button->setEnabled(why.isEmpty());
        setTip(button, why);
    };
    enable(m_retry, off.isEmpty() ? none : off);
    const QString deleteOff = m_session.info().deleteOff.translated();
    enable(m_delete, !off.isEmpty() ? off : !deleteOff.isEmpty() ? deleteOff : none);
}

void ErrorsPanel::showState()
{
    const domain::ErrorGroups& groups = m_feed->current();
    const QString readTo =
        groups.readTo.isValid()
            ? tr("Read back to %1, newest first; older jobs are not counted yet.")
                  .arg(formatTime(groups.readTo))
            : QString();
    if (m_feed->failure() && !m_session.changes().isLost())
        m_strip->say(Strip::Kind::Error, errorLine(*m_feed->failure()), tr("Read Again"));
    else if (m_session.changes().isLost())
        m_strip->hide(); // the window shows it on every page
    else if (m_feed->isStopped())
        m_strip->say(Strip::Kind::Warning, (tr("Stopped.") + u' ' + readTo).trimmed(),
                     tr("Continue"), Icon::Stop);
    else if (m_feed->hasAnswer() && m_feed->isReading())
        m_strip->say(Strip::Kind::Info, readTo, tr("Stop"), Icon::Clock);
    else if (m_session.changes().isPaused())
        m_strip->say(Strip::Kind::Warning,
                     tr("Paused. You see %1.").arg(formatClock(m_feed->readAt())), tr("Resume"),
                     Icon::Pause);
    else
        m_strip->hide();

    if (!groups.groups.empty())
        return;
    m_stack->setCurrentIndex(0);
    if (m_feed->hasAnswer() && groups.isWhole)
        m_empty->show(Icon::Check, tr("Nothing failed here."),
                      tr("A job that fails three times, or cannot be retried, appears here."));
    else if (m_feed->failure() || m_feed->isStopped())
        m_empty->show(Icon::Clock, tr("Nothing was read."), QString());
    else
        m_empty->show(Icon::Clock, tr("Reading failed jobs…"), QString());
}

void ErrorsPanel::pressStrip()
{
    if (m_feed->failure())
        m_feed->readAgain();
    else if (m_feed->isStopped())
        m_feed->goOn();
    else if (m_feed->isReading())
        m_feed->stop();
    else if (m_session.changes().isPaused())
        m_session.changes().setPaused(false);
}

} // namespace queuedeck::ui
