// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "ui/widgets/rowsmodel.h"
#include "ui/widgets/tokens.h"

#include <functional>

namespace queuedeck::ui {

/// One series of a chart: a column of its table.
struct ChartSeries
{
    QString name; ///< "completed"
    Color color;
    /// None: nobody looked.
    std::function<std::optional<double>(const domain::HistoryBucket&)> value;
    std::function<QString(double)> text;
};

enum class ChartKind { StackedBars, Line };

/// The steps of a history as a chart and as the table behind it: one row for each step of time, one
/// column for each series. Both show the same numbers in the same words.
class ChartModel : public RowsModel
{
    Q_OBJECT

public:
    ChartModel(ChartKind kind, const QVector<ChartSeries>& series, QObject* parent = nullptr);

    void setHistory(const domain::History& history);
    ChartKind kind() const { return m_kind; }
    const QVector<ChartSeries>& series() const { return m_series; }
    std::optional<double> valueAt(int row, int series) const;
    bool isOpenAt(int row) const { return m_history.buckets[row].isOpen; }
    const QVector<domain::HistoryBucket>& buckets() const { return m_history.buckets; }
    double highest() const; ///< of a row: bars are stacked; 0 if there is nothing

    /// "14:42", "24 Nov", "24 Nov 14:00": where a step begins, in the zone times are shown in.
    QString timeAt(int row) const;
    /// Shorter, below the axis.
    QString axisTextAt(int row) const;
    /// Every so many rows there is room for a text below the axis, at least `least` apart.
    int axisStep(int least) const;
    /// "14:42: completed 36, failed 14", and that it is not over.
    QString wordsAt(int row) const;
    /// RFC 4180, times in UTC.
    QByteArray csv() const;

protected:
    int rows() const override { return int(m_history.buckets.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    ChartKind m_kind;
    QVector<ChartSeries> m_series;
    domain::History m_history;
};

} // namespace queuedeck::ui
