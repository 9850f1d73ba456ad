// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/xlsxreport.h"

#include "core/base/sentence.h"
#include "core/tabular/workbookwriter.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ReportTable;
using domain::ReportValue;
using std::chrono::milliseconds;
using tabular::WorkbookWriter;

namespace {
constexpr double kSecond = 1000;
constexpr int kNarrow = 14; // characters
constexpr int kWide = 60;

void begin(WorkbookWriter& book, const QString& title, const QStringList& columns, int wide)
{
    QVector<WorkbookWriter::Column> made;
    for (qsizetype i = 0; i < columns.size(); ++i)
        made += {columns[i], double(i == wide ? kWide : i == 0 ? 2 * kNarrow : kNarrow)};
    book.beginSheet(title, made);
}

void write(WorkbookWriter& book, int column, const ReportValue& value)
{
    using enum WorkbookWriter::Number;
    if (std::holds_alternative<QString>(value))
        book.text(column, domain::reportValueText(value));
    else if (const auto* number = std::get_if<qint64>(&value))
        book.number(column, double(*number), Count);
    else if (const auto* decimal = std::get_if<double>(&value))
        book.number(column, *decimal, Decimal);
    else if (const auto* share = std::get_if<domain::ReportShare>(&value))
        book.number(column, share->value, Share);
    else if (const auto* duration = std::get_if<milliseconds>(&value))
        book.number(column, double(duration->count()) / kSecond, Seconds);
    else if (const auto* day = std::get_if<QDate>(&value))
        book.day(column, *day);
    else if (const auto* time = std::get_if<QDateTime>(&value); time && time->isValid())
        book.time(column, time->toUTC().date(),
                  QTime(time->toUTC().time().hour(), time->toUTC().time().minute(),
                        time->toUTC().time().second()));
}

void add(WorkbookWriter& book, const QVector<ReportValue>& row)
{
    book.beginRow();
    for (int i = 0; i < row.size(); ++i)
        write(book, i, row[i]);
}

void addSummary(WorkbookWriter& book, const domain::ReportDocument& report)
{
    begin(book, u"Summary"_s, {u"What"_s, u"Value"_s, u"Note"_s}, 1);
    const auto fact = [&book](const QString& name, const ReportValue& value,
                              const QString& note = {}) {
        add(book, {name, value, note});
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
    const auto book = WorkbookWriter::begin(path, scratch.path(), WorkbookWriter::Memory::Whole);
    if (!book)
        return book.error();
    addSummary(**book, report);
    for (const ReportTable& table : report.tables) {
        begin(**book, table.title, table.columns, std::max(0, table.wide));
        for (const QVector<ReportValue>& row : table.rows)
            add(**book, row);
    }
    if (const base::Status done = (*book)->finish(); !done)
        return done.error();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return cannotWrite(file.errorString());
    const QByteArray bytes = file.readAll();
    if (bytes.size() != file.size())
        return cannotWrite(file.errorString());
    return bytes;
}

} // namespace queuedeck::handlers
