// SPDX-License-Identifier: GPL-3.0-or-later
// Each format says what the report says, as read by other programs: every value, whatever is in it.
#include "core/base/visibletext.h"
#include "core/domain/ticks.h"
#include "core/handlers/report_generation/csvreport.h"
#include "core/handlers/report_generation/pdfchart.h"
#include "core/handlers/report_generation/pdfreport.h"
#include "core/handlers/report_generation/xlsxreport.h"
#include "tests/core/handlers/reportsample.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::handlers;
using domain::ReportTable;
using domain::ReportValue;
using domain::Ticks;
using domain::ticksUpTo;
using std::chrono::milliseconds;

namespace {
QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("%s: %s%s", qPrintable(program), qPrintable(process.errorString()),
               process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

// RFC 4180, and nothing more: anything else ends the test.
QVector<QStringList> csvRows(const QByteArray& csv)
{
    const QString text = QString::fromUtf8(csv);
    QVector<QStringList> rows;
    QStringList row;
    QString field;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted && c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
            field += text[++i];
        } else if (c == u'"') {
            if (!isQuoted && !field.isEmpty())
                qFatal("A quote within a field");
            isQuoted = !isQuoted;
        } else if (isQuoted) {
            field += c;
        } else if (c == u',') {
            row += std::exchange(field, {});
        } else if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n') {
            ++i;
            row += std::exchange(field, {});
            rows += std::exchange(row, {});
        } else if (c == u'\r' || c == u'\n') {
            qFatal("A line end within a field");
        } else {
            field += c;
        }
    }
    if (isQuoted || !row.isEmpty() || !field.isEmpty())
        qFatal("The last line is not ended");
    return rows;
}

double serialOf(const QDateTime& time)
{
    return double(QDateTime(QDate(1899, 12, 30), QTime(0, 0), Qt::UTC).secsTo(time)) / 86'400;
}

std::optional<double> numberOf(const ReportValue& value)
{
    if (const auto* number = std::get_if<qint64>(&value))
        return double(*number);
    if (const auto* number = std::get_if<double>(&value))
        return *number;
    if (const auto* share = std::get_if<domain::ReportShare>(&value))
        return share->value;
    if (const auto* duration = std::get_if<milliseconds>(&value))
        return double(duration->count()) / 1000;
    if (const auto* day = std::get_if<QDate>(&value))
        return serialOf(day->startOfDay(Qt::UTC));
    if (const auto* time = std::get_if<QDateTime>(&value))
        return serialOf(*time);
    return {};
}

// Text as a page has it, whatever breaks lines in it.
QString squeezed(const QString& text)
{
    static const QRegularExpression white(u"\\s+"_s);
    return QString(text).remove(white);
}
} // namespace

class TestReportFormats : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString keep(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
        return file.fileName();
    }

    QString pdfText(const QByteArray& pdf)
    {
        return QString::fromUtf8(
            outputOf(u"pdftotext"_s, {u"-layout"_s, keep(u"report.pdf"_s, pdf), u"-"_s}));
    }

private Q_SLOTS:
    void csvHoldsEveryValue()
    {
        const domain::ReportDocument report = test::sampleReport();
        const auto rows = csvRows(csvReport(report));
        QCOMPARE(rows.first(), (QStringList{u"table"_s, u"row"_s, u"column"_s, u"value"_s}));
        for (const QStringList& row : rows) {
            QCOMPARE(row.size(), 4);
            for (const QString& field : row) {
                const QString start = field.trimmed().left(1);
                bool isNumber = false;
                (void)field.toDouble(&isNumber);
                QVERIFY2(isNumber || start.isEmpty() ||
                             !u"=+-@\uFF1D\uFF0B\uFF0D\uFF20\t\r"_s.contains(start),
                         qPrintable(field));
            }
        }
        qsizetype found = 0;
        for (const QStringList& row : rows) {
            if (row[0] != "Top errors"_L1)
                continue;
            const ReportTable& table = report.tables.last();
            const auto& values = table.rows[row[1].toLongLong() - 1];
            QString value = row[3];
            if (row[2] == "Error"_L1 && value.startsWith(u'\''))
                value.remove(0, 1);
            QCOMPARE(value, domain::reportValueData(values[table.columns.indexOf(row[2])]));
            ++found;
        }
        QCOMPARE(found, report.tables.last().rows.size() * 4);
        QVERIFY(
            rows.contains(QStringList{u"Jobs per day"_s, u"2026-11-17"_s, u"Failed"_s, u"898"_s}));
        QVERIFY(rows.contains(QStringList{u"Figures"_s, u"Wait p95"_s, {}, u"7.900"_s}));
        QVERIFY(rows.contains(QStringList{u"Figures"_s, u"Run p95"_s, {}, {}}));
    }

    void workbookHoldsEveryValue()
    {
        const domain::ReportDocument report = test::sampleReport();
        const QString scratch = m_folder.filePath(u"scratch.XXXXXX"_s);
        const auto bytes = xlsxReport(report, scratch);
        QVERIFY2(bytes, qPrintable(bytes ? QString() : QString(bytes.error().detail)));
        const QStringList left = QDir(m_folder.path()).entryList({u"scratch*"_s});
        QVERIFY2(left.isEmpty(), qPrintable(left.join(u' ')));
        const QString script =
            QStringLiteral(QUEUEDECK_SOURCE_DIR) + u"/tests/core/handlers/readxlsx.py"_s;
        const QJsonArray sheets =
            QJsonDocument::fromJson(outputOf(u"python3"_s, {script, keep(u"r.xlsx"_s, *bytes)}))
                .object()[u"sheets"_s]
                .toArray();
        QCOMPARE(sheets.size(), report.tables.size() + 1);
        for (qsizetype number = 0; number < sheets.size(); ++number) {
            const QJsonObject sheet = sheets[number].toObject();
            QVERIFY(sheet[u"frozen"_s].toBool());
            QHash<QString, QJsonObject> cells;
            for (const auto& cell : sheet[u"cells"_s].toArray()) {
                QVERIFY(cell[u"kind"_s].toString() != "formula"_L1);
                cells[cell[u"at"_s].toString()] = cell.toObject();
            }
            if (number == 0)
                continue;
            const ReportTable& table = report.tables[number - 1];
            QCOMPARE(sheet[u"name"_s].toString(), table.title.left(31));
            for (qsizetype row = 0; row < table.rows.size(); ++row) {
                for (qsizetype column = 0; column < table.columns.size(); ++column) {
                    const QJsonObject cell =
                        cells[QChar(char16_t(u'A' + column)) + QString::number(row + 2)];
                    const ReportValue& value = table.rows[row][column];
                    if (const auto expected = numberOf(value)) {
                        QCOMPARE(cell[u"kind"_s].toString(), u"number"_s);
                        QVERIFY(qAbs(cell[u"text"_s].toString().toDouble() - *expected) < 1e-6);
                    } else {
                        QCOMPARE(cell[u"kind"_s].toString(), u"text"_s);
                        QCOMPARE(cell[u"text"_s].toString(),
                                 base::visibleText(std::get<QString>(value)));
                    }
                }
            }
        }
    }

    void pagesSayEverything()
    {
        const domain::ReportDocument report = test::sampleReport();
        const auto pdf = pdfReport(report, {});
        QVERIFY2(pdf, qPrintable(pdf ? QString() : QString(pdf.error().detail)));
        const QString path = keep(u"report.pdf"_s, *pdf);
        const QString text = squeezed(pdfText(*pdf));
        QStringList words{report.title,    report.days,     report.place,
                          report.server,   report.headline, report.finding,
                          report.footnote, u"Top errors"_s, u"completed"_s};
        for (const domain::ReportFigure& figure : report.figures)
            words += {figure.title, domain::reportValueText(figure.value), figure.note};
        const auto& errors = report.tables.last();
        for (qsizetype i = 0; i < errors.rows.size(); ++i) {
            QString line;
            for (qsizetype column = 0; column < errors.columns.size(); ++column) {
                // A long text is cut, and signs that the fonts here lack are no text in a file.
                const bool isOdd = i == 13 || i == 14;
                if (!isOdd || column != 2)
                    line += domain::reportValueText(errors.rows[i][column]);
                else
                    line.clear();
            }
            words += line;
        }
        for (const QString& each : words)
            QVERIFY2(text.contains(squeezed(each)), qPrintable(each));
        const QString info = QString::fromUtf8(outputOf(u"pdfinfo"_s, {path}));
        const int pages = QRegularExpression(u"Pages:\\s+(\\d+)"_s).match(info).captured(1).toInt();
        QVERIFY(pages >= 3);
        for (int page = 1; page <= pages; ++page)
            QVERIFY(text.contains(u"Page%1of%2"_s.arg(page).arg(pages)));
        QVERIFY(!text.contains(u"Page%1of"_s.arg(pages + 1)));
        QVERIFY(info.contains(u"(A4)"_s));
        const QStringList fonts =
            QString::fromUtf8(outputOf(u"pdffonts"_s, {path})).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(fonts.size() > 2);
        for (const QString& font : fonts.mid(2)) // embedded, and with their text
            QVERIFY2(font.contains(QRegularExpression(u" yes (yes|no)  ?yes "_s)),
                     qPrintable(font));
    }

    void pagesAreDrawnOnAnyThread()
    {
        const QString here = pdfText(*pdfReport(test::sampleReport(), {}));
        QVector<QByteArray> drawn(2);
        std::thread first([&] { drawn[0] = *pdfReport(test::sampleReport(), {}); });
        std::thread second([&] { drawn[1] = *pdfReport(test::sampleReport(), {}); });
        first.join();
        second.join();
        QCOMPARE(pdfText(drawn[0]), here);
        QCOMPARE(pdfText(drawn[1]), here);
    }

    void anEmptyReportHasAllFormats()
    {
        domain::ReportDocument report;
        report.tables = {ReportTable{u"Days"_s}, ReportTable{u"Errors"_s}};
        report.tables[0].drawing = ReportTable::Drawing::StackedBars;
        report.tables[0].columns = {u"Day"_s, u"Failed"_s};
        report.tables[0].tones = {domain::ReportTone::Bad};
        report.tables[1].columns = {u"Error"_s};
        QVERIFY(pdfText(*pdfReport(report, {})).contains(u"Page 1 of 1"_s));
        QVERIFY(csvRows(csvReport(report)).size() > 5);
        QVERIFY(xlsxReport(report, m_folder.filePath(u"x.XXXXXX"_s)));
    }

    void stopsWhileItDraws()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto pdf = pdfReport(test::sampleReport(), stop.get_token());
        QCOMPARE(pdf.error().kind, base::ErrorKind::Cancelled);
    }

    void saysWhereAWorkbookCannotBeWritten()
    {
        const auto bytes = xlsxReport(test::sampleReport(1), u"/nowhere/x.XXXXXX"_s);
        QCOMPARE(bytes.error().kind, base::ErrorKind::Internal);
        QVERIFY(bytes.error().detail.contains(u"cannot be written"_s));
    }

    void axesHaveRoundSteps()
    {
        const auto check = [](double most, int lines, bool isWhole, double step, double top) {
            const Ticks ticks = ticksUpTo(most, lines, isWhole);
            QCOMPARE(ticks.step, step);
            QCOMPARE(ticks.top(), top);
            QVERIFY(ticks.top() >= most && ticks.count <= lines);
        };
        check(56'400, 4, true, 20'000, 60'000);
        check(3, 4, true, 1, 3);
        check(0.3, 4, false, 0.1, 0.3);
        check(36.5, 3, false, 20, 40);
        check(1, 4, true, 1, 1);
        QCOMPARE(ticksUpTo(0, 4, true).top(), 1);
    }
};

QTEST_MAIN(TestReportFormats)
#include "tst_reportformats.moc"
