// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overviewcards.h"

#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/widgets/card.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
enum CardIndex { kPending, kProcessing, kCompleted, kFailed, kStuck, kDead };
} // namespace

OverviewCards::OverviewCards(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setSpacing(px(space::kM));
    const std::pair<Mark, QString> entries[] = {
        {Mark::Pending, tr("Pending")},
        {Mark::Processing, tr("Processing")},
        {Mark::Completed, tr("Completed, last hour")},
        {Mark::Failed, tr("Failed, last hour")},
        {Mark::Stuck, tr("Stuck")},
        {Mark::Dead, tr("Dead")},
    };
    for (const auto& [mark, title] : entries) {
        auto* card = new FigureCard(mark, title, this);
        connect(card, &FigureCard::clicked, this,
                [this, mark = mark] { Q_EMIT jobsWanted(filterOf(mark)); });
        m_cards += card;
    }
    place();
}

// Exactly the jobs that the card counts. A row says when it was completed, not when it failed:
// where the hour's failures are counted by the rows, it is by when they were created.
QString OverviewCards::filterOf(Mark mark) const
{
    const QDateTime takenAt = m_session.snapshots().current().takenAt;
    if (mark == Mark::Completed && takenAt.isValid())
        return u"status:completed finished:%1.."_s.arg(
            takenAt.addSecs(-3600).toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s));
    if (mark == Mark::Failed && isFailedKnown())
        return u"status:failed age<1h"_s;
    return markFilter(mark);
}

// A guest sees only the rows, and these do not say when they failed.
bool OverviewCards::isFailedKnown() const
{
    return m_session.info().mode != domain::QueueMode::Guest;
}

QWidget* OverviewCards::first() const
{
    return m_cards.front();
}

void OverviewCards::setSnapshot(const domain::QueueSnapshot& snapshot)
{
    m_snapshot = snapshot;
    fillStatus(snapshot);
    fillHour();
}

void OverviewCards::setLastHour(const std::optional<domain::HistoryFigures>& figures)
{
    m_lastHour = figures;
    if (m_snapshot.takenAt.isValid())
        fillHour();
}

void OverviewCards::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void OverviewCards::place()
{
    const int columns = width() < px(size::kCardsInTwoRows - size::kRail - 2 * space::kM) ? 3 : 6;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int column = 0; column < int(m_cards.size()); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int i = 0; i < m_cards.size(); ++i)
        m_grid->addWidget(m_cards[i], i / columns, i % columns);
}

// What is running and what is stuck: known for sure only where every processor is Queuedeck's.
void OverviewCards::fillRunning(const domain::QueueSnapshot& snapshot)
{
    const domain::QueueMode mode = m_session.info().mode;
    const qint64 processing = snapshot.counts.processing;
    m_cards[kProcessing]->setFigure(formatCount(processing));
    if (processing == 0)
        m_cards[kProcessing]->setNote(tr("nothing runs now"));
    else if (mode == domain::QueueMode::Own)
        m_cards[kProcessing]->setNote(tr("%1 with a live lease").arg(processing - snapshot.stuck));
    else if (mode == domain::QueueMode::Beside)
        m_cards[kProcessing]->setNote(tr("here or elsewhere"));
    else
        m_cards[kProcessing]->setNote(tr("by an unknown processor"));
    m_cards[kStuck]->setFigure(mode == domain::QueueMode::Guest ? u"–"_s
                                                                : formatCount(snapshot.stuck));
    m_cards[kStuck]->setNote(stuckNote(snapshot), snapshot.stuck > 0 ? Color::Stuck : Color::Muted);
}

// Never claims more than has been seen: without an engine and with a read-only session, nothing may
// be watching.
QString OverviewCards::stuckNote(const domain::QueueSnapshot& snapshot) const
{
    const service::SessionInfo& info = m_session.info();
    if (info.mode == domain::QueueMode::Own)
        return snapshot.stuck > 0 ? tr("without a live lease") : tr("nothing is stuck");
    if (info.mode != domain::QueueMode::Beside)
        return tr("not known to a guest");
    if (!info.isWatching && snapshot.unwatched > 0)
        return (snapshot.stuck > 0 ? tr("and %1 not watched") : tr("%1 not watched"))
            .arg(formatCount(snapshot.unwatched));
    return snapshot.stuck > 0 ? tr("unchanged for 15 min") : tr("none known");
}

void OverviewCards::fillStatus(const domain::QueueSnapshot& snapshot)
{
    m_cards[kPending]->setFigure(formatCount(snapshot.counts.pending));
    m_cards[kPending]->setNote(
        snapshot.oldestPending.isValid()
            ? tr("oldest %1").arg(formatAge(snapshot.oldestPending, snapshot.takenAt))
            : tr("nothing is waiting"));
    fillRunning(snapshot);
    m_cards[kDead]->setFigure(formatCount(snapshot.dead));
    m_cards[kDead]->setNote(snapshot.dead > 0 ? tr("no processor takes them")
                                              : tr("nothing is dead"),
                            snapshot.dead > 0 ? Color::Dead : Color::Muted);
}

void OverviewCards::fillHour()
{
    const bool isCharted = m_lastHour && m_session.info().mode == domain::QueueMode::Own;
    const qint64 completed = isCharted ? m_lastHour->completed : m_snapshot.completedLastHour;
    const qint64 failed = isCharted ? m_lastHour->failed : m_snapshot.failedLastHour;
    m_cards[kCompleted]->setFigure(formatCount(completed));
    m_cards[kCompleted]->setNote(
        tr("%1 in the table").arg(formatCount(m_snapshot.counts.completed)));
    if (!isFailedKnown()) {
        m_cards[kFailed]->setFigure(u"–"_s);
        m_cards[kFailed]->setNote(tr("not known to a guest"));
        return;
    }
    // Older jobs that another processor failed are not seen.
    if (m_session.info().mode != domain::QueueMode::Own) {
        m_cards[kFailed]->setFigure(u"≥ "_s + formatCount(failed));
        m_cards[kFailed]->setNote(tr("elsewhere not known"));
        return;
    }
    m_cards[kFailed]->setFigure(formatCount(failed));
    const qint64 finished = completed + failed;
    if (finished == 0)
        m_cards[kFailed]->setNote(tr("nothing finished in this hour"));
    else
        m_cards[kFailed]->setNote(
            tr("%1 % of finished").arg(100.0 * double(failed) / double(finished), 0, 'f', 1),
            failed > 0 ? Color::Failed : Color::Muted);
}

} // namespace queuedeck::ui
