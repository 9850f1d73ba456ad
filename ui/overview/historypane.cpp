// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/historypane.h"

#include "core/async/deliver.h"
#include "core/service/historyservice.h"
#include "core/service/session.h"
#include "ui/overview/charts/chartpanel.h"
#include "ui/overview/historychoice.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::HistoryBucket;
using domain::HistoryStep;

namespace {
constexpr int kBeside = 880; ///< from this width on, the charts are side by side

QString countText(double value)
{
    return formatCount(qint64(std::llround(value)));
}

QVector<ChartSeries> finishedSeries()
{
    return {{HistoryPane::tr("completed"), Color::Completed,
             [](const HistoryBucket& bucket) { return double(bucket.figures.completed); },
             countText},
            {HistoryPane::tr("failed"), Color::Failed,
             [](const HistoryBucket& bucket) { return double(bucket.figures.failed); }, countText}};
}

QString rateText(double perMinute)
{
    return QLocale().toString(perMinute, 'f', perMinute < 10 ? 1 : 0);
}
} // namespace

HistoryPane::HistoryPane(service::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_choice(new HistoryChoice(this))
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_finished(new ChartPanel(u"finished"_s, tr("Finished per minute"), ChartKind::StackedBars,
                                finishedSeries(), this))
    , m_oldest(new ChartPanel(u"oldest-pending"_s, tr("Oldest pending, minutes"), ChartKind::Line,
                              {{tr("oldest pending"), Color::Processing,
                                [this](const HistoryBucket& bucket) -> std::optional<double> {
                                    if (!bucket.oldestPending)
                                        return {};
                                    return double(bucket.oldestPending->count()) / m_unit;
                                },
                                [this](double value) {
                                    return formatDuration(
                                        std::chrono::seconds(qint64(std::llround(value * m_unit))));
                                }}},
                              this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_row->setContentsMargins({});
    m_row->setSpacing(px(space::kM));
    m_row->addWidget(m_finished, 4);
    m_row->addWidget(m_oldest, 3);
    for (ChartPanel* panel : {m_finished, m_oldest}) {
        m_choice->addTo(panel->menu());
        connect(panel, &ChartPanel::saveWanted, this, &HistoryPane::save);
        connect(panel, &ChartPanel::zoomWanted, this, &HistoryPane::zoom);
        connect(panel, &ChartPanel::wholeWanted, this, &HistoryPane::showWhole);
    }
    connect(m_choice, &HistoryChoice::changed, this, [this] {
        m_zoom.reset();
        read();
    });
}

bool HistoryPane::isInferred() const
{
    return m_session.info().mode == domain::QueueMode::Guest;
}

QList<QWidget*> HistoryPane::regions() const
{
    return {m_finished->main(), m_oldest->main()};
}

void HistoryPane::refresh(const domain::QueueSnapshot& snapshot)
{
    m_snapshot = snapshot;
    read();
}

void HistoryPane::read()
{
    if (!isVisible() || window()->isMinimized())
        return; // it reads when it is shown
    m_readAgain = m_isReading;
    if (m_isReading)
        return;
    m_isReading = true;
    async::deliver(m_session.history().read(m_choice->period(), m_choice->type()), this,
                   [this](const base::Result<domain::History>& history) {
                       m_isReading = false;
                       if (history)
                           show(*history);
                       else if (history.error().kind != base::ErrorKind::Cancelled)
                           Q_EMIT failed(history.error());
                       if (m_readAgain)
                           read();
                   });
}

void HistoryPane::show(const domain::History& history)
{
    switch (history.step) {
    case HistoryStep::Minute: m_finished->setTitle(tr("Finished per minute")); break;
    case HistoryStep::Hour: m_finished->setTitle(tr("Finished per hour")); break;
    default: m_finished->setTitle(tr("Finished per day"));
    }
    std::chrono::seconds longest{0};
    for (const HistoryBucket& bucket : history.buckets)
        longest = std::max(longest, bucket.oldestPending.value_or(longest));
    m_unit = longest < std::chrono::minutes(2) ? 1 : longest < std::chrono::hours(3) ? 60 : 3600;
    m_oldest->setTitle(m_unit == 1    ? tr("Oldest pending, seconds")
                       : m_unit == 60 ? tr("Oldest pending, minutes")
                                      : tr("Oldest pending, hours"));
    showPart(history);
    m_oldest->setNote(drainNote(history));
    Q_EMIT historyRead(history);
}

// Both charts show the same part.
void HistoryPane::showPart(const domain::History& history)
{
    m_history = history;
    domain::History shown = history;
    if (m_zoom)
        shown.buckets.removeIf([this](const HistoryBucket& bucket) {
            return bucket.from < m_zoom->first || bucket.from > m_zoom->second;
        });
    if (shown.buckets.isEmpty()) { // it has become too old for this period
        m_zoom.reset();
        shown.buckets = history.buckets;
    }
    for (ChartPanel* panel : {m_finished, m_oldest}) {
        panel->setHistory(shown);
        panel->setZoomed(m_zoom.has_value());
    }
    m_shownFrom = shown.buckets.isEmpty() ? QDateTime() : shown.buckets.first().from;
    m_finished->setNote(m_zoom ? tr("%1 to %2; Esc shows all")
                                     .arg(formatTime(m_zoom->first), formatTime(m_zoom->second))
                               : finishedNote(history));
}

void HistoryPane::zoom(int firstRow, int lastRow)
{
    const auto& all = m_history.buckets;
    const auto first = std::find_if(all.cbegin(), all.cend(), [this](const HistoryBucket& bucket) {
        return bucket.from == m_shownFrom;
    });
    if (first == all.cend() || lastRow >= all.cend() - first)
        return; // the charts were read anew while somebody chose
    m_zoom = {(first + firstRow)->from, (first + lastRow)->from};
    showPart(m_history);
}

void HistoryPane::showWhole()
{
    m_zoom.reset();
    showPart(m_history);
}

// What the bars are, and what they are not.
QString HistoryPane::finishedNote(const domain::History& history) const
{
    QStringList notes;
    if (isInferred())
        notes += tr("at least: inferred from what changed while this was shown");
    else if (m_session.info().mode == domain::QueueMode::Beside)
        notes += tr("own attempts only");
    if (history.begunAt.isValid() && history.begunAt > history.buckets.first().from)
        notes += tr("recorded since %1").arg(formatTime(history.begunAt).chopped(3));
    switch (history.step) {
    case HistoryStep::Minute: notes += tr("the last minute is not over"); break;
    case HistoryStep::Hour: notes += tr("the last hour is not over"); break;
    default: notes += tr("days in UTC, today is not over");
    }
    return notes.join(u" · "_s);
}

QString HistoryPane::drainNote(const domain::History& history) const
{
    using Kind = domain::DrainEstimate::Kind;
    const auto estimate = domain::drainEstimate(m_snapshot.counts.pending - m_snapshot.dead,
                                                history.comePerMinute, history.finishPerMinute);
    switch (estimate.kind) {
    case Kind::Drains: return tr("empty in about %1").arg(formatDuration(estimate.left));
    case Kind::NotDraining:
        return tr("Not draining: %1 a minute come, %2 finish")
            .arg(rateText(*history.comePerMinute), rateText(*history.finishPerMinute));
    case Kind::Empty:
    case Kind::Unknown: break;
    }
    return {};
}

void HistoryPane::save(const QString& path, const QByteArray& bytes)
{
    async::deliver(m_session.history().save(path, bytes), this,
                   [this](const base::Result<QString>& written) {
                       if (written)
                           Q_EMIT saved(*written);
                       else
                           Q_EMIT failed(written.error());
                   });
}

void HistoryPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    read();
}

void HistoryPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_row->setDirection(width() >= px(kBeside) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace queuedeck::ui
