// SPDX-License-Identifier: GPL-3.0-or-later
// What is written is read back as it was, and no spreadsheet takes a text for a formula.
#include "core/tabular/csvfield.h"
#include "core/tabular/csvreader.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::tabular;

class TestCsvField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadBack();
    void disarmsFormulas_data();
    void disarmsFormulas();
};

void TestCsvField::isReadBack()
{
    QRandomGenerator random(5);
    const QString letters = u"ab,\"\r\n;= \u00e4\U0001f600'"_s;
    for (int round = 0; round < 2000; ++round) {
        QStringList written;
        QStringList fields;
        for (int i = 0; i < 3; ++i) {
            QString value;
            for (int n = int(random.bounded(6)); n > 0; --n)
                value += letters[random.bounded(letters.size())];
            value = QString::fromUtf8(value.toUtf8()); // halves of a character are none
            written += u'x' + value;
            fields += csvField(u'x' + value);
        }
        QString text = fields.join(u',') + u"\r\n"_s;
        CsvReader reader(
            [&]() -> queuedeck::base::Result<QString> { return std::exchange(text, {}); }, u',');
        const auto record = reader.next();
        QVERIFY(record && *record);
        for (QString& value : written) // the reader unites line breaks
            value.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
        QStringList read = (*record)->cells;
        for (QString& value : read)
            value.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
        QCOMPARE(read, written);
        QVERIFY(!*reader.next());
    }
}

void TestCsvField::disarmsFormulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("plain") << u"timeout"_s << u"timeout"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("formula") << u"=1+1"_s << u"'=1+1"_s;
    QTest::newRow("command") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::newRow("sign") << u"-2"_s << u"'-2"_s;
    QTest::newRow("after a blank") << u" \t+cmd|' /C calc'!A0"_s << u"' \t+cmd|' /C calc'!A0"_s;
    QTest::newRow("full width") << u"\uFF1D1"_s << u"'\uFF1D1"_s;
    QTest::newRow("quoted, too") << u"=\"a\",b"_s << u"\"'=\"\"a\"\",b\""_s;
}

void TestCsvField::disarmsFormulas()
{
    QFETCH(QString, text);
    QTEST(csvText(text), "field");
}

QTEST_APPLESS_MAIN(TestCsvField)
#include "tst_csvfield.moc"
