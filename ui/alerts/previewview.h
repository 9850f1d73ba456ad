// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertpreview.h"
#include "ui/overview/charts/chartmodel.h"
#include "ui/overview/charts/chartview.h"

#include <QFrame>

namespace queuedeck::ui {

class Label;

/// The chart of a preview: the figure of the first condition, its limit as a dashed line, and the
/// outages as bands with their number.
class PreviewChart : public ChartView
{
    Q_OBJECT

public:
    PreviewChart(ChartModel* model, QWidget* parent = nullptr);

    void setOutages(const QVector<alerts::AlertPreview::Outage>& outages,
                    std::optional<double> limit);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rowOf(const QDateTime& at) const;

    ChartModel* m_model;
    QVector<alerts::AlertPreview::Outage> m_outages;
    std::optional<double> m_limit;
};

/// "Would have fired 2 times in the last 7 days", with the chart and a line for each outage.
class PreviewView : public QFrame
{
    Q_OBJECT

public:
    explicit PreviewView(QWidget* parent = nullptr);

    void show(const alerts::Rule& rule, const domain::History& history);
    /// Without a history: why not.
    void showNothing(const QString& why);
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString headOf(const alerts::AlertPreview& preview) const;

    Label* m_head;
    Label* m_note;
    ChartModel* m_model;
    PreviewChart* m_chart;
    Label* m_outages;
    std::shared_ptr<alerts::Rule> m_rule; ///< whose figure the chart shows
};

} // namespace queuedeck::ui
