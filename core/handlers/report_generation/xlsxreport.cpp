// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/xlsxreport.h"

#include "core/base/sentence.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <xlsxwriter.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ReportTable;
using domain::ReportValue;
using std::chrono::milliseconds;

namespace {
constexpr double kSecond = 1000;
constexpr int kNarrow = 14; // characters
constexpr int kWide = 60;

lxw_datetime timeOf(const QDate& day, const QTime& time)
{
    return {day.year(), day.month(), day.day(), time.hour(), time.minute(), double(time.second())};
}

// A text such as _x0041_ stands for a character in a workbook; its first underscore is escaped.
QByteArray escaped(QString text)
{
    static const QRegularExpression code(u"_(?=x[0-9A-Fa-f]{4}_)"_s);
    return text.replace(code, u"_x005F_"_s).toUtf8();
}

/// Writes one workbook.
class Workbook
{
public:
    Workbook(const QByteArray& path, QByteArray scratch)
        : m_scratch(std::move(scratch))
    {
        lxw_workbook_options options{};
        options.constant_memory = LXW_FALSE;
        options.tmpdir = m_scratch.data();
        m_book = workbook_new_opt(path.constData(), &options);
        if (!m_book)
            return;
        m_bold = format(nullptr);
        format_set_bold(m_bold);
        m_count = format("#,##0");
        m_decimal = format("#,##0.0");
        m_share = format("0.0%");
        m_seconds = format("#,##0.000\" s\"");
        m_day = format("yyyy-mm-dd");
        m_time = format("yyyy-mm-dd hh:mm:ss");
    }
    ~Workbook()
    {
        if (m_book)
            workbook_close(m_book);
    }
    Q_DISABLE_COPY_MOVE(Workbook)

    bool isOpen() const { return m_book; }
    lxw_error close() { return workbook_close(std::exchange(m_book, nullptr)); }

    void addSummary(const domain::ReportDocument& report)
    {
        begin(u"Summary"_s, {u"What"_s, u"Value"_s, u"Note"_s}, 1);
        const auto fact = [this](const QString& name, const ReportValue& value,
                                 const QString& note = {}) {
            add({name, value, note});
        };
        fact(u"Title"_s, report.title);
        fact(u"Days"_s, report.days);
        fact(u"Database"_s, report.place);
        fact(u"Server"_s, report.server);
        fact(u"Read at (UTC)"_s, report.readAt);
        fact(u"Finding"_s, QString(report.headline + u' ' + report.finding).trimmed());
        for (const domain::ReportFigure& figure : report.figures)
            fact(figure.title, figure.value, figure.note);
        fact(u"Note"_s, report.footnote);
    }

    void addTable(const ReportTable& table)
    {
        begin(table.title, table.columns, std::max(0, table.wide));
        for (const QVector<ReportValue>& row : table.rows)
            add(row);
    }

private:
    lxw_format* format(const char* numbers)
    {
        lxw_format* made = workbook_add_format(m_book);
        if (numbers)
            format_set_num_format(made, numbers);
        return made;
    }

    void begin(const QString& title, const QStringList& columns, int wide)
    {
        // Names of sheets have at most 31 characters and none of these; ours are unique without.
        QString name = title;
        for (const QChar c : u"[]:*?/\\'"_s)
            name.remove(c);
        m_sheet = workbook_add_worksheet(m_book, name.left(31).toUtf8().constData());
        m_row = 0;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const auto column = lxw_col_t(i);
            worksheet_write_string(m_sheet, 0, column, columns[i].toUtf8().constData(), m_bold);
            worksheet_set_column(m_sheet, column, column,
                                 i == wide ? kWide
                                 : i == 0  ? 2 * kNarrow
                                           : kNarrow,
                                 nullptr);
        }
        worksheet_freeze_panes(m_sheet, 1, 0);
    }

    void add(const QVector<ReportValue>& row)
    {
        ++m_row;
        for (qsizetype i = 0; i < row.size(); ++i)
            write(lxw_col_t(i), row[i]);
    }

    void write(lxw_col_t column, const ReportValue& value)
    {
        if (const auto* text = std::get_if<QString>(&value)) {
            if (!text->isEmpty()) // as text whatever it looks like
                worksheet_write_string(m_sheet, m_row, column,
                                       escaped(domain::reportValueText(value)).constData(),
                                       nullptr);
        } else if (const auto* number = std::get_if<qint64>(&value)) {
            worksheet_write_number(m_sheet, m_row, column, double(*number), m_count);
        } else if (const auto* decimal = std::get_if<double>(&value)) {
            worksheet_write_number(m_sheet, m_row, column, *decimal, m_decimal);
        } else if (const auto* share = std::get_if<domain::ReportShare>(&value)) {
            worksheet_write_number(m_sheet, m_row, column, share->value, m_share);
        } else if (const auto* duration = std::get_if<milliseconds>(&value)) {
            worksheet_write_number(m_sheet, m_row, column, double(duration->count()) / kSecond,
                                   m_seconds);
        } else if (const auto* day = std::get_if<QDate>(&value)) {
            writeTime(column, *day, QTime(0, 0), m_day);
        } else if (const auto* time = std::get_if<QDateTime>(&value); time && time->isValid()) {
            writeTime(column, time->toUTC().date(), time->toUTC().time(), m_time);
        }
    }

    void writeTime(lxw_col_t column, const QDate& day, const QTime& time, lxw_format* format)
    {
        lxw_datetime at = timeOf(day, time);
        worksheet_write_datetime(m_sheet, m_row, column, &at, format);
    }

    QByteArray m_scratch; ///< libxlsxwriter keeps the pointer
    lxw_workbook* m_book = nullptr;
    lxw_worksheet* m_sheet = nullptr;
    lxw_row_t m_row = 0;
    lxw_format *m_bold = nullptr, *m_count = nullptr, *m_decimal = nullptr, *m_share = nullptr,
               *m_seconds = nullptr, *m_day = nullptr, *m_time = nullptr;
};

base::Error cannotWrite(const base::Sentence& why)
{
    return base::fail(base::ErrorKind::Internal,
                      base::Sentence::tr("The workbook cannot be written: %1.").arg(why));
}
} // namespace

base::Result<QByteArray> xlsxReport(const domain::ReportDocument& report,
                                    const QString& scratchName)
{
    const QTemporaryDir scratch(scratchName);
    if (!scratch.isValid())
        return cannotWrite(scratch.errorString());
    const QString path = scratch.filePath(u"report.xlsx"_s);
    Workbook book(QFile::encodeName(path), QFile::encodeName(scratch.path()));
    if (!book.isOpen())
        return cannotWrite(base::Sentence::tr("out of memory"));
    book.addSummary(report);
    for (const ReportTable& table : report.tables)
        book.addTable(table);
    if (const lxw_error failed = book.close(); failed != LXW_NO_ERROR)
        return cannotWrite(QString::fromUtf8(lxw_strerror(failed)));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return cannotWrite(file.errorString());
    const QByteArray bytes = file.readAll();
    if (bytes.size() != file.size())
        return cannotWrite(file.errorString());
    return bytes;
}

} // namespace queuedeck::handlers
