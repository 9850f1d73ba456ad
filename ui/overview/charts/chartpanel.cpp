// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/charts/chartpanel.h"

#include "ui/overview/charts/chartview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// The squares and names of stacked bars.
class Legend : public QWidget
{
public:
    Legend(const QVector<ChartSeries>& series, QWidget* parent)
        : QWidget(parent)
        , m_series(series)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(textFont(TextRole::Small));
        int width = 0;
        for (const ChartSeries& each : m_series)
            width += metrics.horizontalAdvance(each.name) + px(10 + 6 + 14);
        return {width, px(18)};
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setFont(textFont(TextRole::Small));
        int left = 0;
        for (const ChartSeries& each : m_series) {
            painter.fillRect(QRect(left, (height() - px(10)) / 2, px(10), px(10)),
                             tokenColor(each.color));
            left += px(16);
            const int width = painter.fontMetrics().horizontalAdvance(each.name);
            painter.setPen(tokenColor(Color::Muted));
            painter.drawText(QRect(left, 0, width + 1, height()), Qt::AlignVCenter, each.name);
            left += width + px(14);
        }
    }

private:
    const QVector<ChartSeries> m_series;
};
} // namespace

ChartPanel::ChartPanel(const QString& key, const QString& title, ChartKind kind,
                       const QVector<ChartSeries>& series, QWidget* parent)
    : Panel(title, Content::Padded, parent)
    , m_key(key)
    , m_model(new ChartModel(kind, series, this))
    , m_view(new ChartView(title, m_model, this))
    , m_table(new DataTable(title, this))
    , m_stack(new QStackedLayout)
    , m_menu(new QMenu(this))
{
    m_view->setObjectName(key + u"Chart"_s);
    m_table->setObjectName(key + u"Table"_s);
    m_table->setModel(m_model);
    m_table->setCompact(true);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // as tall as the chart
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_table);
    content()->addLayout(m_stack);
    if (series.size() > 1)
        addToHead(new Legend(series, this));
    auto* more = makeIconButton(Icon::More, tr("More for %1").arg(title), this);
    more->setObjectName(key + u"More"_s);
    fillMenu();
    openBelow(more, m_menu);
    addToHead(more);
}

void ChartPanel::setHistory(const domain::History& history)
{
    m_model->setHistory(history);
}

void ChartPanel::setTitle(const QString& title)
{
    Panel::setTitle(title);
    m_view->setAccessibleName(title);
    m_table->setAccessibleName(title);
}

QWidget* ChartPanel::main() const
{
    return m_stack->currentWidget();
}

void ChartPanel::fillMenu()
{
    QAction* asTable = m_menu->addAction(tr("Show as Table"));
    asTable->setCheckable(true);
    connect(asTable, &QAction::toggled, this, [this](bool isTable) {
        m_stack->setCurrentIndex(isTable ? 1 : 0);
        m_stack->currentWidget()->setFocus();
    });
    m_whole = m_menu->addAction(tr("Show the Whole Period"));
    m_whole->setEnabled(false);
    connect(m_whole, &QAction::triggered, this, &ChartPanel::wholeWanted);
    connect(m_view, &ChartView::zoomWanted, this, &ChartPanel::zoomWanted);
    connect(m_view, &ChartView::wholeWanted, this, &ChartPanel::wholeWanted);
    m_menu->addSeparator();
    const auto offer = [&](const QString& text, const QString& suffix, const QString& filter) {
        connect(m_menu->addAction(text), &QAction::triggered, this,
                [this, suffix, filter] { choosePath(suffix, filter); });
    };
    offer(tr("Save as PNG…"), u"png"_s, tr("Pictures (*.png)"));
    offer(tr("Save as SVG…"), u"svg"_s, tr("Drawings (*.svg)"));
    offer(tr("Save as CSV…"), u"csv"_s, tr("Tables (*.csv)"));
}

void ChartPanel::choosePath(const QString& suffix, const QString& filter)
{
    auto* dialog = new QFileDialog(this, tr("Save %1").arg(accessibleName()), {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // it asks before it replaces a file
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(u"%1.%2"_s.arg(m_key, suffix));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, suffix](const QString& path) { save(path, suffix); });
    dialog->open();
}

void ChartPanel::save(const QString& path, const QString& suffix)
{
    Q_EMIT saveWanted(path, suffix == "png"_L1   ? m_view->png()
                            : suffix == "svg"_L1 ? m_view->svg()
                                                 : m_model->csv());
}

} // namespace queuedeck::ui
