// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/pdfchart.h"

#include "core/domain/ticks.h"
#include "core/handlers/report_generation/pdfink.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ReportTable;
using domain::ReportValue;
using Drawing = ReportTable::Drawing;
using std::chrono::milliseconds;

namespace {
constexpr qreal kTitle = 26;
constexpr qreal kLabels = 20; // below the plot
constexpr qreal kLineHeight = 14;
constexpr int kSmall = 10;
constexpr int kTitleFont = 12;

/// A chart's durations in the unit that suits the longest.
struct Unit
{
    double milliseconds = 1;
    QString name; ///< empty for plain numbers
};

double numberOf(const ReportValue& value)
{
    if (const auto* whole = std::get_if<qint64>(&value))
        return double(*whole);
    if (const auto* number = std::get_if<double>(&value))
        return *number;
    if (const auto* duration = std::get_if<milliseconds>(&value))
        return double(duration->count());
    return 0;
}

Unit unitFor(const ReportTable& table, double most)
{
    if (table.rows.isEmpty() || !std::holds_alternative<milliseconds>(table.rows.first().last()))
        return {};
    constexpr double kSecond = 1000;
    constexpr double kMinute = 60 * kSecond;
    constexpr double kHour = 60 * kMinute;
    if (most < 2 * kMinute)
        return {kSecond, u", seconds"_s};
    return most < 2 * kHour ? Unit{kMinute, u", minutes"_s} : Unit{kHour, u", hours"_s};
}

QString tickText(double value)
{
    constexpr double kThousand = 1000;
    if (value >= kThousand * kThousand)
        return QString::number(value / kThousand / kThousand) + u" M"_s;
    return value >= kThousand ? QString::number(value / kThousand) + u" k"_s
                              : QString::number(value);
}

/// One chart: its plot, its axis, and what is drawn in it.
class Chart
{
public:
    Chart(QPainter& painter, const QRectF& box, const ReportTable& table)
        : m_painter(painter)
        , m_table(table)
        , m_most(highest())
        , m_unit(unitFor(table, m_most))
        , m_ticks(domain::ticksUpTo(m_most / m_unit.milliseconds, table.isHalf ? 3 : 4,
                                    m_unit.name.isEmpty() && table.drawing == Drawing::StackedBars))
        , m_box(box)
        , m_plot(box.adjusted(axisWidth(), kTitle + kLineHeight, 0, -kLabels))
    {
    }

    void draw()
    {
        drawTitle();
        drawAxis();
        if (m_table.drawing == Drawing::Line)
            drawLine();
        else
            drawBars();
        drawLabels();
    }

private:
    double highest() const
    {
        double most = 0;
        for (const auto& row : m_table.rows) {
            double sum = 0;
            for (qsizetype i = 1; i < row.size(); ++i)
                sum += numberOf(row[i]);
            most = std::max(most, sum);
        }
        return most;
    }

    qreal axisWidth() const
    {
        const QFontMetricsF metrics(pageFont(kSmall), m_painter.device());
        qreal widest = 0;
        for (int i = 0; i <= m_ticks.count; ++i)
            widest = std::max(widest, metrics.horizontalAdvance(tickText(m_ticks.step * i)));
        return widest + 8;
    }

    qreal heightOf(double value) const
    {
        return m_plot.height() * value / m_unit.milliseconds / m_ticks.top();
    }

    qreal slot() const { return m_plot.width() / std::max<qsizetype>(1, m_table.rows.size()); }
    qreal middle(qsizetype i) const { return m_plot.left() + slot() * (double(i) + 0.5); }

    void drawTitle()
    {
        QRectF line(m_box.left(), m_box.top(), m_box.width(), kTitle - 6);
        const qreal legend = drawLegend(line);
        line.setRight(line.right() - legend);
        const qreal width = writeLine(m_painter, line, m_table.title + m_unit.name,
                                      pageFont(kTitleFont, Weight::Strong), ink::kText);
        line.setLeft(line.left() + width + 8);
        writeLine(m_painter, line, m_table.note, pageFont(kSmall), ink::kMuted);
    }

    // From the right, in the order of the series; returns how wide it is.
    qreal drawLegend(const QRectF& line)
    {
        const QFontMetricsF metrics(pageFont(kSmall), m_painter.device());
        qreal right = line.right();
        constexpr qreal kSquare = 9;
        for (qsizetype i = m_table.tones.size(); i > 0; --i) {
            if (!isUsed(i))
                continue;
            const QString name = m_table.columns[i].toLower();
            const qreal width = metrics.horizontalAdvance(name);
            writeLine(m_painter, {right - width - 1, line.top(), width + 2, line.height()}, name,
                      pageFont(kSmall), ink::kMuted);
            right -= width + kSquare + 5;
            m_painter.fillRect(QRectF(right, line.center().y() - kSquare / 2, kSquare, kSquare),
                               toneOfBar(m_table.tones[i - 1]));
            right -= 12;
        }
        return line.right() - right;
    }

    bool isUsed(qsizetype column) const
    {
        return std::any_of(m_table.rows.cbegin(), m_table.rows.cend(),
                           [column](const auto& row) { return numberOf(row[column]) > 0; });
    }

    void drawAxis()
    {
        for (int i = 0; i <= m_ticks.count; ++i) {
            const qreal y = m_plot.bottom() - m_plot.height() * i / m_ticks.count;
            m_painter.setPen(QPen(QColor(ink::kLine), 1));
            m_painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
            writeLine(
                m_painter,
                {m_box.left(), y - kLineHeight / 2, m_plot.left() - m_box.left() - 6, kLineHeight},
                tickText(m_ticks.step * i), pageFont(kSmall), ink::kMuted,
                Qt::AlignRight | Qt::AlignVCenter);
        }
    }

    void drawBars()
    {
        constexpr qreal kRoomy = 24;
        const qreal width = slot() >= kRoomy ? slot() * 0.6 : std::max(0.5, slot() * 0.88);
        const bool isStacked = m_table.drawing == Drawing::StackedBars;
        const qsizetype failed = m_table.columns.indexOf(u"Failed"_s);
        for (qsizetype i = 0; i < m_table.rows.size(); ++i) {
            const auto& row = m_table.rows[i];
            qreal bottom = m_plot.bottom();
            for (qsizetype series = 1; series < row.size(); ++series) {
                const qreal height = heightOf(numberOf(row[series]));
                if (height <= 0)
                    continue;
                const QRectF bar(middle(i) - width / 2, bottom - height, width, height);
                m_painter.fillRect(bar, isStacked ? toneOfBar(m_table.tones.value(series - 1))
                                                  : QColor(ink::kBars));
                bottom -= height;
            }
            constexpr qreal kRoomForWords = 64;
            if (isStacked && failed > 0 && slot() >= kRoomForWords && numberOf(row[failed]) > 0)
                writeLine(m_painter,
                          {middle(i) - slot() / 2, bottom - kLineHeight - 1, slot(), kLineHeight},
                          domain::reportValueText(row[failed]) + u" failed"_s, pageFont(kSmall),
                          ink::kMuted, Qt::AlignHCenter | Qt::AlignVCenter);
        }
    }

    void drawLine()
    {
        QPainterPath path;
        qsizetype highest = 0;
        for (qsizetype i = 0; i < m_table.rows.size(); ++i) {
            const QPointF point(middle(i), m_plot.bottom() - heightOf(value(i)));
            i == 0 ? path.moveTo(point) : path.lineTo(point);
            if (value(i) > value(highest))
                highest = i;
        }
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(QColor(ink::kAccent), 1.2));
        m_painter.drawPath(path);
        m_painter.restore();
        if (!m_table.rows.isEmpty() && value(highest) > 0)
            drawHighest(highest);
    }

    double value(qsizetype i) const { return numberOf(m_table.rows[i].last()); }

    void drawHighest(qsizetype i)
    {
        const QPointF point(middle(i), m_plot.bottom() - heightOf(value(i)));
        constexpr qreal kDot = 2.5;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(QColor(ink::kAccent));
        m_painter.drawEllipse(point, kDot, kDot);
        const QString words = u"%1, %2"_s.arg(domain::reportValueText(m_table.rows[i].last()),
                                              domain::reportValueText(m_table.rows[i].first()));
        const bool isLeft = point.x() < m_plot.center().x();
        const qreal left = isLeft ? point.x() + 7 : m_plot.left();
        const qreal right = isLeft ? m_plot.right() : point.x() - 7;
        writeLine(m_painter, {left, point.y() - kLineHeight / 2, right - left, kLineHeight}, words,
                  pageFont(kSmall), ink::kText,
                  (isLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }

    // As many as have room.
    void drawLabels()
    {
        const QFontMetricsF metrics(pageFont(kSmall), m_painter.device());
        qreal widest = 1;
        for (const auto& row : m_table.rows)
            widest = std::max(widest, metrics.horizontalAdvance(label(row.first())));
        auto every = std::max<qsizetype>(1, qsizetype(std::ceil((widest + 10) / slot())));
        constexpr qsizetype kHours = 24;
        const bool isHourly = m_table.rows.size() > 1 && m_table.rows.size() % kHours == 0 &&
                              std::holds_alternative<QDateTime>(m_table.rows.first().first());
        if (isHourly) // one at the start of each day, or of some
            every = (every + kHours - 1) / kHours * kHours;
        for (qsizetype i = 0; i < m_table.rows.size(); i += every) {
            const QRectF box(middle(i) - widest, m_plot.bottom() + 4, 2 * widest, kLineHeight);
            writeLine(m_painter, box, label(m_table.rows[i].first()), pageFont(kSmall), ink::kMuted,
                      Qt::AlignHCenter | Qt::AlignVCenter);
        }
    }

    static QString label(const ReportValue& value)
    {
        if (const auto* time = std::get_if<QDateTime>(&value))
            return domain::reportValueText(time->date());
        return domain::reportValueText(value);
    }

    QPainter& m_painter;
    const ReportTable& m_table;
    const double m_most;
    const Unit m_unit;
    const domain::Ticks m_ticks;
    const QRectF m_box;
    const QRectF m_plot;
};
} // namespace

void drawChart(QPainter& painter, const QRectF& box, const ReportTable& table)
{
    Chart(painter, box, table).draw();
}

} // namespace queuedeck::handlers
