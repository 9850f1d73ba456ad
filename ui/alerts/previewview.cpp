// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/previewview.h"

#include "core/base/counted.h"
#include "ui/overview/charts/chartpainter.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"

#include <QBoxLayout>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::ui {

using alerts::AlertPreview;
using alerts::Series;

namespace {
constexpr qsizetype kMostListed = 4;
constexpr std::chrono::seconds kTooShort = 24h; // to say how often in a week

// In the unit that the chart's axis has.
double onAxis(Series series, double value)
{
    return alerts::infoOf(series).unit == alerts::Unit::Seconds ? value / 60 : value;
}

QString axisUnit(Series series)
{
    switch (series) {
    case Series::OldestPending: return PreviewView::tr("oldest pending, minutes");
    case Series::FailedShare: return PreviewView::tr("failed, % of an hour");
    case Series::Finished: return PreviewView::tr("finished, an hour");
    default: return {};
    }
}

std::optional<double> figureOf(const alerts::Rule& rule, const domain::HistoryBucket& bucket)
{
    if (rule.when.isEmpty())
        return {};
    const double finished = double(bucket.figures.finished());
    switch (rule.when.first().series) {
    case Series::OldestPending:
        return bucket.oldestPending ? std::optional(double(bucket.oldestPending->count()) / 60)
                                    : std::nullopt;
    case Series::FailedShare:
        return finished > 0 ? std::optional(100.0 * double(bucket.figures.failed) / finished)
                            : std::nullopt;
    case Series::Finished: return finished;
    default: return {};
    }
}

QString lastedText(const AlertPreview::Outage& outage)
{
    return outage.isOn() ? PreviewView::tr("still on")
                         : formatDuration(std::chrono::seconds(outage.began.secsTo(outage.ended)));
}
} // namespace

PreviewChart::PreviewChart(ChartModel* model, QWidget* parent)
    : ChartView(PreviewView::tr("What the rule watches, in the last 7 days"), model, parent)
    , m_model(model)
{
}

void PreviewChart::setOutages(const QVector<AlertPreview::Outage>& outages,
                              std::optional<double> limit)
{
    m_outages = outages;
    m_limit = limit;
    update();
}

int PreviewChart::rowOf(const QDateTime& at) const
{
    const auto& buckets = m_model->buckets();
    const auto after =
        std::upper_bound(buckets.begin(), buckets.end(), at,
                         [](const QDateTime& one, const domain::HistoryBucket& bucket) {
                             return one < bucket.from;
                         });
    return std::max(0, int(after - buckets.begin()) - 1);
}

void PreviewChart::paintEvent(QPaintEvent* event)
{
    if (m_model->rowCount() == 0)
        return ChartView::paintEvent(event);
    const ChartPainter chart(*m_model, rect());
    {
        QPainter painter(this);
        for (const AlertPreview::Outage& outage : m_outages) {
            const QRectF from = chart.columnOf(rowOf(outage.began));
            const QRectF to = chart.columnOf(
                outage.isOn() ? m_model->rowCount() - 1
                              : std::max(rowOf(outage.began), rowOf(outage.ended) - 1));
            painter.fillRect(QRectF(from.topLeft(), to.bottomRight()), tokenColor(Color::ErrorBg));
        }
    }
    ChartView::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF first = chart.columnOf(0);
    const QRectF last = chart.columnOf(m_model->rowCount() - 1);
    if (m_limit) {
        const qreal y = chart.yOf(*m_limit);
        if (y >= first.top()) {
            painter.setPen(QPen(tokenColor(Color::Stuck), 1, Qt::DashLine));
            painter.drawLine(QPointF(first.left(), y), QPointF(last.right(), y));
        }
    }
    painter.setFont(textFont(TextRole::Micro));
    const int side = px(16);
    for (qsizetype i = 0; i < m_outages.size(); ++i) {
        const QRectF column = chart.columnOf(rowOf(m_outages[i].began));
        const QRectF badge(std::min(column.left(), last.right() - side), first.top(), side, side);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokenColor(Color::Danger));
        painter.drawEllipse(badge);
        painter.setPen(tokenColor(Color::OnDanger));
        painter.drawText(badge, Qt::AlignCenter, QString::number(i + 1));
    }
}

PreviewView::PreviewView(QWidget* parent)
    : QFrame(parent)
    , m_head(new Label({}, TextRole::Strong))
    , m_note(new Label({}, TextRole::Small, Color::Muted))
    , m_rule(std::make_shared<alerts::Rule>())
{
    setObjectName(u"preview"_s);
    m_head->setObjectName(u"previewHead"_s);
    m_head->setWordWrap(true);
    m_outages = new Label({}, TextRole::Small, Color::Muted);
    m_outages->setObjectName(u"previewOutages"_s);
    m_outages->setWordWrap(true);
    const auto rule = m_rule;
    m_model = new ChartModel(
        ChartKind::Line,
        {{tr("figure"), Color::Accent,
          [rule](const domain::HistoryBucket& bucket) { return figureOf(*rule, bucket); },
          [rule](double value) {
              if (rule->when.isEmpty())
                  return QString();
              const Series series = rule->when.first().series;
              return alerts::valueText(series, value / onAxis(series, 1));
          }}},
        this);
    m_chart = new PreviewChart(m_model, this);
    m_chart->setObjectName(u"previewChart"_s);
    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_note);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(px(space::kM), px(space::kS), px(space::kM), px(space::kS));
    column->setSpacing(px(space::kS));
    column->addLayout(head);
    column->addWidget(m_chart, 1);
    column->addWidget(m_outages);
}

QString PreviewView::headOf(const AlertPreview& preview) const
{
    if (!preview.whyNot.isEmpty())
        return preview.whyNot.translated();
    if (preview.watched == 0s)
        return tr("Nothing has been recorded yet.");
    if (preview.watched < kTooShort)
        return tr("Watched for %1 only; too short to say.").arg(formatDuration(preview.watched));
    if (preview.outages.isEmpty())
        return tr("Would not have fired in the last 7 days");
    return base::counted(
        "PreviewView", QT_TRANSLATE_NOOP("PreviewView", "Would have fired once in the last 7 days"),
        QT_TRANSLATE_N_NOOP("PreviewView", "Would have fired %L1 times in the last 7 days"),
        preview.outages.size());
}

void PreviewView::show(const alerts::Rule& rule, const domain::History& history)
{
    *m_rule = rule;
    const AlertPreview preview = alerts::previewOf(rule, history);
    m_head->setText(headOf(preview));
    const bool isShown = preview.whyNot.isEmpty() && preview.watched > 0s && !rule.when.isEmpty();
    m_chart->setVisible(isShown);
    m_note->setText(isShown ? axisUnit(rule.when.first().series) : QString());
    QStringList lines;
    for (qsizetype i = 0; i < std::min(kMostListed, preview.outages.size()); ++i) {
        const AlertPreview::Outage& outage = preview.outages[i];
        const QString peak =
            rule.when.first().test == alerts::Test::Missing
                ? QString()
                : tr(", up to %1").arg(alerts::valueText(rule.when.first().series, outage.peak));
        lines += u"%1  %2, %3%4"_s.arg(QString::number(i + 1), formatTime(outage.began),
                                       lastedText(outage), peak);
    }
    if (preview.outages.size() > kMostListed)
        lines += tr("and %1 more").arg(preview.outages.size() - kMostListed);
    m_outages->setText(lines.join(u"     "_s));
    m_outages->setVisible(isShown && !lines.isEmpty());
    if (!isShown)
        return;
    const alerts::Condition& first = rule.when.first();
    const bool hasLimit = first.test == alerts::Test::Above || first.test == alerts::Test::Below;
    m_model->setHistory(history);
    m_chart->setOutages(preview.outages,
                        hasLimit ? std::optional(onAxis(first.series, first.limit)) : std::nullopt);
}

void PreviewView::showNothing(const QString& why)
{
    m_head->setText(why);
    m_note->setText({});
    m_chart->hide();
    m_outages->hide();
}

void PreviewView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::Base), tokenColor(Color::Line), 1,
             size::kRadiusPanel);
}

} // namespace queuedeck::ui
