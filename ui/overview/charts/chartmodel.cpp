// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/charts/chartmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::HistoryStep;

namespace {
QVector<ColumnHead> headsOf(const QVector<ChartSeries>& series)
{
    QVector<ColumnHead> heads{{ChartModel::tr("Time")}};
    for (const ChartSeries& each : series)
        heads += {each.name, true};
    return heads;
}

QDateTime zoned(const QDateTime& time)
{
    return timeZone() == TimeZone::Utc ? time.toUTC() : time.toLocalTime();
}

QString dayText(const QDateTime& time)
{
    return QLocale().toString(time.date(), u"d MMM"_s);
}
} // namespace

ChartModel::ChartModel(ChartKind kind, const QVector<ChartSeries>& series, QObject* parent)
    : RowsModel(headsOf(series), parent)
    , m_kind(kind)
    , m_series(series)
{
}

void ChartModel::setHistory(const domain::History& history)
{
    const bool areSame = history.buckets.size() == m_history.buckets.size() &&
                         history.step == m_history.step &&
                         (history.buckets.isEmpty() ||
                          history.buckets.first().from == m_history.buckets.first().from);
    replace(m_history, history, areSame, 0, columnCount() - 1);
}

std::optional<double> ChartModel::valueAt(int row, int series) const
{
    return m_series[series].value(m_history.buckets[row]);
}

double ChartModel::highest() const
{
    double highest = 0;
    for (int row = 0; row < rows(); ++row) {
        double sum = 0;
        for (int series = 0; series < m_series.size(); ++series) {
            const double value = valueAt(row, series).value_or(0);
            sum = m_kind == ChartKind::StackedBars ? sum + value : std::max(sum, value);
        }
        highest = std::max(highest, sum);
    }
    return highest;
}

QString ChartModel::timeAt(int row) const
{
    const QDateTime time = zoned(m_history.buckets[row].from);
    switch (m_history.step) {
    case HistoryStep::Minute: return time.toString(u"HH:mm"_s);
    case HistoryStep::Hour: return u"%1 %2"_s.arg(dayText(time), time.toString(u"HH:mm"_s));
    default: return dayText(m_history.buckets[row].from.toUTC()); // days are those of UTC
    }
}

QString ChartModel::axisTextAt(int row) const
{
    const QDateTime time = zoned(m_history.buckets[row].from);
    if (m_history.step == HistoryStep::Hour && m_history.period != domain::HistoryPeriod::Day)
        return dayText(time);
    return m_history.step == HistoryStep::Hour ? time.toString(u"HH:mm"_s) : timeAt(row);
}

int ChartModel::axisStep(int least) const
{
    static constexpr std::array<int, 9> kMinutes{1, 2, 5, 10, 15, 20, 30, 60, 120};
    static constexpr std::array<int, 6> kHours{1, 2, 3, 6, 12, 24};
    const auto first = [least](const auto& steps) {
        for (const int step : steps) {
            if (step >= least)
                return step;
        }
        return (least + steps.back() - 1) / steps.back() * steps.back();
    };
    if (m_history.period == domain::HistoryPeriod::Week)
        return (std::max(1, least) + 23) / 24 * 24;
    if (m_history.step == HistoryStep::Hour)
        return first(kHours);
    return m_history.step == HistoryStep::Minute ? first(kMinutes) : std::max(1, least);
}

QString ChartModel::wordsAt(int row) const
{
    QStringList parts;
    for (int i = 0; i < m_series.size(); ++i) {
        const auto value = valueAt(row, i);
        parts +=
            u"%1 %2"_s.arg(m_series[i].name, value ? m_series[i].text(*value) : tr("not known"));
    }
    const QString words = tr("%1: %2").arg(timeAt(row), parts.join(u", "_s));
    return isOpenAt(row) ? tr("%1 (not over)").arg(words) : words;
}

QByteArray ChartModel::csv() const
{
    QString text = u"time"_s;
    for (const ChartSeries& each : m_series)
        text += u",\"%1\""_s.arg(QString(each.name).replace(u'"', u"\"\""_s));
    text += u"\r\n"_s;
    for (int row = 0; row < rows(); ++row) {
        text += m_history.buckets[row].from.toUTC().toString(Qt::ISODate);
        for (int i = 0; i < m_series.size(); ++i) {
            const auto value = valueAt(row, i);
            text += u',' + (value ? QString::number(*value, 'g', 15) : QString());
        }
        text += u"\r\n"_s;
    }
    return text.toUtf8();
}

QVariant ChartModel::cell(int row, int column, int role) const
{
    if (role == role::Muted)
        return isOpenAt(row);
    if (role != Qt::DisplayRole)
        return {};
    if (column == 0)
        return isOpenAt(row) ? tr("%1 (not over)").arg(timeAt(row)) : timeAt(row);
    const auto value = valueAt(row, column - 1);
    return value ? m_series[column - 1].text(*value) : u"–"_s;
}

} // namespace queuedeck::ui
