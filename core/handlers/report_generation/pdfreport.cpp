// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/pdfreport.h"

#include "core/base/visibletext.h"
#include "core/domain/shortid.h"
#include "core/handlers/report_generation/pdfchart.h"
#include "core/handlers/report_generation/pdfink.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPageLayout>
#include <QPdfWriter>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ReportDocument;
using domain::ReportTable;
using domain::ReportValue;

namespace {
// The drawing's pixels, of 1/96 inch; the file has ten times as many, so that nothing is rounded.
constexpr int kFine = 10;
constexpr int kResolution = 96 * kFine;
constexpr qreal kWidth = 794;
constexpr qreal kMargin = 44;
constexpr qreal kBottom = 1060;
constexpr qreal kFooter = 1071;
constexpr qreal kInner = kWidth - 2 * kMargin;
constexpr qreal kRow = 22;
constexpr qreal kGap = 14;
constexpr int kBody = 12;
constexpr int kCell = 10;
constexpr int kSmall = 10;

/// Lays the report out, page after page. `total` is shown in the footers, and is found by laying it
/// out once before.
class Pages
{
public:
    Pages(QPdfWriter& writer, const ReportDocument& report, int total, const std::stop_token& stop)
        : m_writer(writer)
        , m_report(report)
        , m_total(total)
        , m_stop(stop)
    {
    }

    /// How many pages there are; 0 if it was stopped.
    int draw()
    {
        if (!m_painter.begin(&m_writer))
            return 0;
        m_painter.scale(kFine, kFine);
        drawFooter();
        drawHead();
        drawFinding();
        drawFigures();
        for (qsizetype i = 0; i < m_report.tables.size() && !m_stop.stop_requested(); ++i) {
            const ReportTable& table = m_report.tables[i];
            const bool isPair =
                table.isHalf && i + 1 < m_report.tables.size() && m_report.tables[i + 1].isHalf;
            if (isPair)
                drawPair(table, m_report.tables[++i]);
            else if (table.drawing != ReportTable::Drawing::Rows)
                drawWide(table);
            else
                drawTable(table);
        }
        drawFootnote();
        m_painter.end();
        return m_stop.stop_requested() ? 0 : m_page;
    }

private:
    void need(qreal height)
    {
        if (m_y + height <= kBottom)
            return;
        m_writer.newPage();
        ++m_page;
        m_y = kMargin;
        drawFooter();
    }

    void rule(qreal y, QRgb color, qreal width = 1)
    {
        m_painter.setPen(QPen(QColor(color), width));
        m_painter.drawLine(QPointF(kMargin, y), QPointF(kMargin + kInner, y));
    }

    void drawFooter()
    {
        rule(kFooter, ink::kLine);
        const QRectF line(kMargin, kFooter + 8, kInner, 16);
        writeLine(m_painter, line,
                  u"Queuedeck %1, report %2"_s.arg(
                      QStringLiteral(QUEUEDECK_VERSION),
                      base::visibleText(domain::shortId(m_report.job.value))),
                  pageFont(kSmall), ink::kMuted);
        writeLine(m_painter, line, u"Page %1 of %2"_s.arg(m_page).arg(m_total), pageFont(kSmall),
                  ink::kMuted, Qt::AlignRight | Qt::AlignVCenter);
    }

    void drawHead()
    {
        constexpr qreal kPlace = 260;
        constexpr int kTitleFont = 20;
        const qreal left = kInner - kPlace - kGap;
        writeLine(m_painter, {kMargin, m_y, left, 26}, m_report.title,
                  pageFont(kTitleFont, Weight::Strong), ink::kText);
        writeLine(m_painter, {kMargin, m_y + 27, left, 18}, m_report.days, pageFont(11),
                  ink::kMuted);
        const QRectF place(kMargin + kInner - kPlace, m_y + 2, kPlace, 20);
        const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
        writeLine(m_painter, place, base::visibleText(m_report.place), pageFont(11, Weight::Strong),
                  ink::kText, right);
        writeLine(m_painter, place.translated(0, 18), m_report.server, pageFont(11), ink::kMuted,
                  right);
        m_y += 52;
        rule(m_y, ink::kAccent, 2);
        m_y += kGap;
    }

    // The headline stands out; what follows goes on in the same line.
    void drawFinding()
    {
        QTextLayout layout(m_report.headline + u' ' + m_report.finding, pageFont(kBody), &m_writer);
        QTextLayout::FormatRange strong;
        strong.start = 0;
        strong.length = int(m_report.headline.size());
        strong.format.setFont(pageFont(kBody, Weight::Strong));
        layout.setFormats({strong});
        drawLayout(layout, ink::kText, 19);
        m_y += kGap;
    }

    void drawLayout(QTextLayout& layout, QRgb color, qreal lineHeight)
    {
        layout.beginLayout();
        qreal height = 0;
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(kInner);
            line.setPosition({0, height});
            height += lineHeight;
        }
        layout.endLayout();
        need(height);
        m_painter.setPen(QColor(color));
        layout.draw(&m_painter, {kMargin, m_y});
        m_y += height;
    }

    void drawFigures()
    {
        constexpr qreal kHeight = 72;
        constexpr qreal kBetween = 8;
        constexpr qreal kPad = 11;
        constexpr int kFigureFont = 18;
        need(kHeight);
        const auto count = qreal(std::max<qsizetype>(1, m_report.figures.size()));
        const qreal width = (kInner - kBetween * (count - 1)) / count;
        QRectF box(kMargin, m_y, width, kHeight);
        for (const domain::ReportFigure& figure : m_report.figures) {
            m_painter.setPen(QPen(QColor(ink::kLine), 1));
            m_painter.setBrush(Qt::NoBrush);
            m_painter.drawRoundedRect(box, 4, 4);
            const qreal inner = width - 2 * kPad;
            const qreal left = box.left() + kPad;
            writeLine(m_painter, {left, m_y + 9, inner, 15}, figure.title, pageFont(kSmall),
                      ink::kMuted);
            writeLine(m_painter, {left, m_y + 24, inner, 25}, domain::reportValueText(figure.value),
                      pageFont(kFigureFont, Weight::Strong), toneOfText(figure.tone).rgb());
            writeLine(m_painter, {left, m_y + 50, inner, 15}, figure.note, pageFont(kSmall - 1),
                      ink::kMuted);
            box.translate(width + kBetween, 0);
        }
        m_y += kHeight + kGap;
    }

    void drawWide(const ReportTable& table)
    {
        constexpr qreal kHeight = 200;
        need(kHeight);
        drawChart(m_painter, {kMargin, m_y, kInner, kHeight}, table);
        m_y += kHeight + kGap;
    }

    void drawPair(const ReportTable& left, const ReportTable& right)
    {
        constexpr qreal kHeight = 158;
        constexpr qreal kBetween = 20;
        need(kHeight);
        const qreal width = (kInner - kBetween) / 2;
        drawChart(m_painter, {kMargin, m_y, width, kHeight}, left);
        drawChart(m_painter, {kMargin + width + kBetween, m_y, width, kHeight}, right);
        m_y += kHeight + kGap;
    }

    static bool isText(const ReportTable& table, qsizetype column)
    {
        return std::all_of(table.rows.cbegin(), table.rows.cend(), [column](const auto& row) {
            return std::holds_alternative<QString>(row[column]);
        });
    }

    QVector<qreal> widths(const ReportTable& table) const
    {
        constexpr qreal kPad = 14;
        constexpr qreal kMostOfText = 150;
        const QFontMetricsF metrics(pageFont(kCell, Weight::Strong), &m_writer);
        const qsizetype wide = std::max(0, table.wide);
        QVector<qreal> widths;
        qreal sum = 0;
        for (qsizetype column = 0; column < table.columns.size(); ++column) {
            qreal width = metrics.horizontalAdvance(table.columns[column]);
            for (const auto& row : table.rows)
                width = std::max(width,
                                 std::min(kMostOfText, metrics.horizontalAdvance(
                                                           domain::reportValueText(row[column]))));
            widths += width + kPad;
            sum += column == wide ? 0 : widths.last();
        }
        if (!widths.isEmpty())
            widths[wide] = std::max<qreal>(60, kInner - sum);
        return widths;
    }

    void drawTable(const ReportTable& table)
    {
        constexpr qreal kTitle = 24;
        need(kTitle + 3 * kRow);
        const qreal width = writeLine(m_painter, {kMargin, m_y, kInner, kTitle - 4}, table.title,
                                      pageFont(kBody, Weight::Strong), ink::kText);
        writeLine(m_painter, {kMargin + width + 8, m_y, kInner - width - 8, kTitle - 4}, table.note,
                  pageFont(kSmall), ink::kMuted);
        m_y += kTitle;
        if (table.rows.isEmpty()) {
            writeLine(m_painter, {kMargin, m_y, kInner, kRow}, u"None."_s, pageFont(kCell),
                      ink::kMuted);
            m_y += kRow + kGap;
            return;
        }
        const QVector<qreal> columns = widths(table);
        QVector<bool> texts;
        for (qsizetype column = 0; column < table.columns.size(); ++column)
            texts += isText(table, column);
        drawTableHead(table, columns, texts);
        for (qsizetype i = 0; i < table.rows.size(); ++i) {
            if (m_y + kRow > kBottom) {
                need(2 * kRow);
                drawTableHead(table, columns, texts);
            }
            const bool isTotal = table.hasTotal && i + 1 == table.rows.size();
            QStringList cells;
            for (const ReportValue& value : table.rows[i])
                cells += domain::reportValueText(value);
            drawCells(cells, columns, texts, isTotal ? Weight::Strong : Weight::Plain, ink::kText);
            rule(m_y, ink::kRowLine);
        }
        m_y += kGap;
    }

    void drawTableHead(const ReportTable& table, const QVector<qreal>& columns,
                       const QVector<bool>& texts)
    {
        m_painter.fillRect(QRectF(kMargin, m_y, kInner, kRow), QColor(ink::kHead));
        rule(m_y, ink::kLine);
        drawCells(table.columns, columns, texts, Weight::Plain, ink::kMuted);
        rule(m_y, ink::kLine);
    }

    void drawCells(const QStringList& cells, const QVector<qreal>& columns,
                   const QVector<bool>& texts, Weight weight, QRgb color)
    {
        constexpr qreal kPad = 7;
        qreal x = kMargin;
        for (qsizetype i = 0; i < cells.size(); ++i) {
            writeLine(m_painter, {x + kPad, m_y, columns[i] - 2 * kPad, kRow}, cells[i],
                      pageFont(kCell, weight), color,
                      (texts[i] ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            x += columns[i];
        }
        m_y += kRow;
    }

    void drawFootnote()
    {
        QTextLayout layout(m_report.footnote, pageFont(kSmall), &m_writer);
        drawLayout(layout, ink::kMuted, 15);
    }

    QPdfWriter& m_writer;
    const ReportDocument& m_report;
    const int m_total;
    const std::stop_token& m_stop;
    QPainter m_painter;
    int m_page = 1;
    qreal m_y = kMargin;
};

int drawInto(QByteArray& bytes, const ReportDocument& report, int total,
             const std::stop_token& stop)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
    writer.setResolution(kResolution);
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, {}));
    writer.setTitle(report.title);
    writer.setCreator(u"Queuedeck "_s + QStringLiteral(QUEUEDECK_VERSION));
    return Pages(writer, report, total, stop).draw();
}
} // namespace

base::Result<QByteArray> pdfReport(const ReportDocument& report, const std::stop_token& stop)
{
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return base::fail(
            base::ErrorKind::Unsupported,
            base::Sentence::tr(
                "This program cannot lay out pages. Ask for the format xlsx or csv."));
    QByteArray draft;
    const int pages = drawInto(draft, report, 1, stop);
    QByteArray bytes;
    if (pages == 0 || drawInto(bytes, report, pages, stop) == 0) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled,
                              base::Sentence::tr("Stopped before the report was written."));
        return base::fail(base::ErrorKind::Internal,
                          base::Sentence::tr("The pages cannot be drawn."));
    }
    return bytes;
}

} // namespace queuedeck::handlers
