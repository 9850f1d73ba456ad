// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/tablereader.h"
#include "tests/support/zipfile.h"

#include <QFile>
#include <QRandomGenerator>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <xlsxwriter.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::tabular;

namespace {
struct Table
{
    TableInfo info;
    QVector<Record> records;
    QString error;
};

Table readTable(const QString& path, const TableOptions& options = {})
{
    Table table;
    const auto reader = TableReader::open(path, options);
    if (!reader) {
        table.error = reader.error().detail;
        return table;
    }
    table.info = (*reader)->info();
    for (;;) {
        auto record = (*reader)->next();
        if (!record)
            table.error = record.error().detail;
        if (!record || !*record)
            return table;
        table.records += **record;
    }
}

QByteArray inWindows1252(const QString& text)
{
    QByteArray bytes;
    for (const QChar c : text)
        bytes += c == u'€' ? '\x80' : c == u'–' ? '\x96' : char(c.unicode());
    return bytes;
}

QByteArray odsOf(const QByteArray& rows)
{
    const QByteArray content =
        R"(<?xml version="1.0" encoding="UTF-8"?><office:document-content )"
        R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" )"
        R"(xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" )"
        R"(xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">)"
        R"(<office:body><office:spreadsheet><table:table table:name="Data">)" +
        rows + "</table:table></office:spreadsheet></office:body></office:document-content>";
    return test::zipped(
        {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content}});
}
} // namespace

class TestTableReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryEncoding_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Encoding>("encoding");
        const QString text = u"Name;Umsatz\nCafé Süß – Größe;1.204,50 €\n"_s;
        const auto as = [&text](QStringConverter::Encoding encoding, bool hasMark) {
            QStringEncoder encoder(encoding, hasMark ? QStringConverter::Flag::WriteBom
                                                     : QStringConverter::Flag::Default);
            return QByteArray(encoder.encode(text));
        };
        QTest::newRow("utf-8") << as(QStringConverter::Utf8, false) << Encoding::Utf8;
        QTest::newRow("utf-8 mark") << as(QStringConverter::Utf8, true) << Encoding::Utf8;
        QTest::newRow("utf-16 le") << as(QStringConverter::Utf16LE, false) << Encoding::Utf16Le;
        QTest::newRow("utf-16 le mark") << as(QStringConverter::Utf16LE, true) << Encoding::Utf16Le;
        QTest::newRow("utf-16 be") << as(QStringConverter::Utf16BE, false) << Encoding::Utf16Be;
        QTest::newRow("utf-16 be mark") << as(QStringConverter::Utf16BE, true) << Encoding::Utf16Be;
        QTest::newRow("windows") << inWindows1252(text) << Encoding::Windows1252;
    }
    void readsEveryEncoding()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Encoding, encoding);
        const Table table = readTable(fileOf(bytes));
        QCOMPARE(table.error, QString());
        QCOMPARE(table.info.encoding, encoding);
        QCOMPARE(table.info.separator, u';');
        QCOMPARE(table.info.columns, QStringList({u"Name"_s, u"Umsatz"_s}));
        QCOMPARE(table.records.size(), 1);
        QCOMPARE(table.records[0].cells, QStringList({u"Café Süß – Größe"_s, u"1.204,50 €"_s}));
    }

    // In a file larger than any piece, a character may lie on each border.
    void readsLargeFilesInPieces()
    {
        QByteArray bytes = "id,name\n";
        for (int i = 0; i < 60'000; ++i)
            bytes += QByteArray::number(i) + ",\"Größe " + QByteArray::number(i * 7) + "\"\r\n";
        const Table table = readTable(fileOf(bytes));
        QCOMPARE(table.error, QString());
        QCOMPARE(table.records.size(), 60'000);
        for (int i = 0; i < 60'000; ++i)
            QCOMPARE(table.records[i],
                     (Record{i + 2, {QString::number(i), u"Größe %1"_s.arg(i * 7)}, {}}));
    }

    void findsTheHeader_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QChar>("separator");
        QTest::addColumn<int>("line");
        QTest::newRow("first line") << "a,b,c\n1,2,3\n"_ba << QChar(u',') << 1;
        QTest::newRow("stated") << "sep=;\r\na;b;c\r\n1;2;3\r\n"_ba << QChar(u';') << 2;
        QTest::newRow("stated comma") << "sep=,\na,b,c\n1,2,3\n"_ba << QChar(u',') << 2;
        QTest::newRow("titles") << "Sales report\nExport\n\na,b,c\n1,2,3\n"_ba << QChar(u',') << 4;
        QTest::newRow("all three")
            << "sep=,\nSales report\nExport\na,b,c\n1,2,3\n"_ba << QChar(u',') << 4;
        QTest::newRow("filled up") << "Sales report,,\n,,\na,b,c\n1,2,3\n"_ba << QChar(u',') << 3;
        QTest::newRow("tab") << "a\tb\tc\n1\t2\t3\n"_ba << QChar(u'\t') << 1;
        QTest::newRow("bar") << "a|b|c\n1|2|3\n"_ba << QChar(u'|') << 1;
        QTest::newRow("decimal commas")
            << "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n"_ba << QChar(u';') << 1;
        QTest::newRow("no break at the end") << "a,b,c\n1,2,3"_ba << QChar(u',') << 1;
        QTest::newRow("breaks in cells")
            << "\"a\",\"b\",c\n\"x\ny\",\"2\",3\n"_ba << QChar(u',') << 1;
    }
    void findsTheHeader()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QChar, separator);
        QFETCH(int, line);
        const Table table = readTable(fileOf(bytes));
        QCOMPARE(table.error, QString());
        QCOMPARE(table.info.separator, separator);
        QCOMPARE(table.info.headerLine, line);
        QCOMPARE(table.info.columns, QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QVERIFY(!table.records.isEmpty());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("error");
        QTest::newRow("zero byte")
            << QByteArray("a,b\n1,2\n3,\0\n", 12) << u"This is not text: byte 0x00 in line 3."_s;
        QTest::newRow("control") << "a,b\r\n1,2\r\n\x07,2\r\n"_ba
                                 << u"This is not text: byte 0x07 in line 3."_s;
        QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)
                                 << u"This is not text: byte 0x1a in line 2."_s;
        QTest::newRow("open quote")
            << "a,b\n1,\"2\n3,4\n"_ba
            << u"The quotation mark opened in line 2 is never closed. The file may have been cut "
               "off."_s;
        QTest::newRow("cut character") << "a,b\n1,Gr\xC3\xB6\xC3"_ba
                                       << u"The file ends in the middle of a character, in line 2. "
                                          "It may have been cut off; copy it again."_s;
        QTest::newRow("unknown byte")
            << "a,b\n1,\x81\xE4\n"_ba
            << u"Line 2 has a byte that Windows-1252 does not know. Choose another encoding, or "
               "save the file anew as UTF-8."_s;
        QTest::newRow("empty") << ""_ba
                               << u"The file table holds no table: no line with the names of its "
                                  "columns was found."_s;
        QTest::newRow("cut zip") << "PK\3\4 and then nothing"_ba
                                 << u"The workbook is damaged: its list of contents cannot be "
                                    "read. It may have been cut off; copy it again."_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, error);
        QCOMPARE(readTable(fileOf(bytes)).error, error);
    }

    void marksLinesThatDoNotFit()
    {
        const Table table = readTable(fileOf("a,b,c\n1,2\n1,2,3,4\n1,2,3,\n\"1\"x,2,3\n,,\n1,2"));
        QCOMPARE(table.error, QString());
        QCOMPARE(table.records.size(), 5);
        QCOMPARE(table.records[0], (Record{2, {u"1"_s, u"2"_s, {}}, {}}));
        QCOMPARE(table.records[1].fault, u"The line has 4 cells, the header 3."_s);
        QCOMPARE(table.records[2], (Record{4, {u"1"_s, u"2"_s, u"3"_s}, {}}));
        QCOMPARE(table.records[3].fault, u"Text follows a closing quotation mark in cell 1."_s);
        QCOMPARE(table.records[4].fault,
                 u"The file ends after cell 2 of 3; it may have been cut off."_s);
    }

    void readsWorkbooks()
    {
        const QString path = m_folder.filePath(u"book.xlsx"_s);
        lxw_workbook* book = workbook_new(QFile::encodeName(path).constData());
        workbook_add_worksheet(book, "Empty");
        lxw_worksheet* sheet = workbook_add_worksheet(book, "Data");
        lxw_format* day = workbook_add_format(book);
        format_set_num_format(day, "dd/mm/yyyy");
        lxw_format* money = workbook_add_format(book);
        format_set_num_format(money, "#,##0.00 \"days\"");
        worksheet_write_string(sheet, 0, 0, "Sales report", nullptr);
        for (lxw_col_t column = 0; const char* name : {"Name", "Day", "Price", "Sum"})
            worksheet_write_string(sheet, 2, column++, name, nullptr);
        worksheet_write_string(sheet, 3, 0, "Café 中", nullptr);
        lxw_datetime date{2026, 11, 3, 0, 0, 0};
        worksheet_write_datetime(sheet, 3, 1, &date, day);
        worksheet_write_number(sheet, 3, 2, 1234.5, money);
        worksheet_write_formula_num(sheet, 3, 3, "=C4*2", nullptr, 2469);
        worksheet_write_number(sheet, 5, 2, 1e14, nullptr);
        QCOMPARE(workbook_close(book), LXW_NO_ERROR);
        const Table table = readTable(path);
        QCOMPARE(table.error, QString());
        QCOMPARE(table.info.format, TableFormat::Xlsx);
        QCOMPARE(table.info.sheet, u"Data"_s);
        QCOMPARE(table.info.headerLine, 3);
        QCOMPARE(table.info.columns, QStringList({u"Name"_s, u"Day"_s, u"Price"_s, u"Sum"_s}));
        QCOMPARE(table.records.size(), 2);
        QCOMPARE(table.records[0].cells.join(u"|"_s), u"Café 中|2026-11-03|1234.5|2469"_s);
        QCOMPARE(table.records[0],
                 (Record{4, {u"Café 中"_s, u"2026-11-03"_s, u"1234.5"_s, u"2469"_s}, {}}));
        QCOMPARE(table.records[1],
                 (Record{6, {QString(), QString(), u"100000000000000"_s, QString()}, {}}));
        QCOMPARE(readTable(path, {{}, {}, 0, u"Other"_s}).error,
                 u"The workbook has no sheet \"Other\". Its sheets are: Empty, Data."_s);
        // Cut off or altered anywhere, it ends with a sentence or a table.
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        QRandomGenerator random(1);
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes = whole;
            if (round % 3 == 0)
                bytes.truncate(random.bounded(bytes.size()));
            for (int i = 0; round % 3 != 0 && i < 4; ++i)
                bytes[random.bounded(bytes.size())] = char(random.bounded(256));
            readTable(fileOf(bytes));
        }
    }

    void readsOpenDocuments()
    {
        const Table table = readTable(fileOf(odsOf(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Name</text:p>"
            "</table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Price"
            "</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell "
            "office:value-type=\"string\"><text:p>Süß</text:p></table:table-cell>"
            "<table:table-cell office:value-type=\"float\" office:value=\"12.5\"><text:p>12,50"
            "</text:p></table:table-cell></table:table-row>")));
        QCOMPARE(table.error, QString());
        QCOMPARE(table.info.format, TableFormat::Ods);
        QCOMPARE(table.info.columns, QStringList({u"Name"_s, u"Price"_s}));
        QCOMPARE(table.records.size(), 1);
        QCOMPARE(table.records[0].cells, QStringList({u"Süß"_s, u"12.5"_s}));
    }

    void refusesBombs()
    {
        const auto refused = [this](const QVector<test::ZippedFile>& files) {
            return readTable(fileOf(test::zipped(files))).error;
        };
        QCOMPARE(refused({{"[Content_Types].xml", "x", 3'000'000'000u},
                          {"xl/workbook.xml", "x", 2'000'000'000u}}),
                 u"The workbook would take 4768 MB once it is unpacked; 256 MB is the limit. Save "
                 "it as CSV."_s);
        QVERIFY(refused({{"[Content_Types].xml", "x", 0xFFFFFFFFu}}).contains(u"damaged"_s));
        // Entities that multiply are not expanded.
        QByteArray laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\">";
        for (char name = 'b'; name < 'z'; ++name) {
            laughs += QByteArray("<!ENTITY ") + name + " \"";
            for (int i = 0; i < 10; ++i)
                laughs += QByteArray("&") + char(name - 1) + ';';
            laughs += "\">";
        }
        const QString error =
            refused({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                     {"content.xml", laughs + "]><l>&y;</l>"}});
        QVERIFY2(!error.isEmpty(), "a table was read");
    }

private:
    QString fileOf(const QByteArray& bytes)
    {
        const QString path = m_folder.filePath(u"table"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The file cannot be written.");
        return path;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTableReader)
#include "tst_tablereader.moc"
