// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/jsonprinter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestJsonPrinter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysOut_data();
    void laysOut();
    void theSpansCoverTheText();
    void whatBreaksIsMarked_data();
    void whatBreaksIsMarked();
    void depthIsNoDanger();
    void theLimitIsKept();
    void fiveMegabytesAreQuick();
};

void TestJsonPrinter::laysOut_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text");
    QTest::newRow("order") << QByteArray(R"({"b":1,"a":2,"b":3})")
                           << u"{\n  \"b\": 1,\n  \"a\": 2,\n  \"b\": 3\n}"_s;
    QTest::newRow("numbers") << QByteArray("[1.0,12345678901234567890,1E+2,-0]")
                             << u"[\n  1.0,\n  12345678901234567890,\n  1E+2,\n  -0\n]"_s;
    QTest::newRow("empty") << QByteArray(R"({"a":{},"b":[ ]})")
                           << u"{\n  \"a\": {},\n  \"b\": []\n}"_s;
    QTest::newRow("nested") << QByteArray(R"({"a":[{"b":null}]})")
                            << u"{\n  \"a\": [\n    {\n      \"b\": null\n    }\n  ]\n}"_s;
    QTest::newRow("escapes") << QByteArray(R"(["a\"b\\","\u0041"])")
                             << u"[\n  \"a\\\"b\\\\\",\n  \"\\u0041\"\n]"_s;
    QTest::newRow("not ASCII") << QByteArray("[\"Gr\xc3\xbc\xc3\x9f\"]") << u"[\n  \"Grüß\"\n]"_s;
    QTest::newRow("one word") << QByteArray(" true ") << u"true"_s;
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestJsonPrinter::laysOut()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, text);
    const PrintedJson printed = printJson(json);
    QCOMPARE(printed.text, text);
    QVERIFY(printed.isWhole);
    for (const JsonSpan& span : printed.spans)
        QVERIFY(span.piece != JsonPiece::Broken);
}

void TestJsonPrinter::theSpansCoverTheText()
{
    const PrintedJson printed = printJson(R"({"k":["s",1,true]})");
    QString blank = printed.text;
    QStringList pieces;
    for (const JsonSpan& span : printed.spans) {
        if (span.piece != JsonPiece::Mark)
            pieces.append(printed.text.mid(span.start, span.length));
        for (qsizetype i = span.start; i < span.start + span.length; ++i)
            blank[i] = u' ';
    }
    QCOMPARE(blank.trimmed(), QString());
    QCOMPARE(pieces, QStringList({u"\"k\""_s, u"\"s\""_s, u"1"_s, u"true"_s}));
    QCOMPARE(printed.spans[1].piece, JsonPiece::Key);
    QCOMPARE(printed.spans[4].piece, JsonPiece::String);
}

void TestJsonPrinter::whatBreaksIsMarked_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("broken");
    const auto row = [](const char* json, const char* broken) {
        QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(broken);
    };
    row(R"({"a":1,})", "}");
    row(R"({"a" 1})", "1}");
    row(R"({a:1})", "a:1}");
    row(R"([1 2])", "2]");
    row(R"([01])", "01]");
    row(R"([NaN])", "NaN]");
    row(R"(["open)", "\"open");
    row(R"([1]])", "]");
    row(R"([1})", "}");
    row(R"({"a":tru})", "tru}");
    row("[\"a\\", "\"a\\");
}

void TestJsonPrinter::whatBreaksIsMarked()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, broken);
    const PrintedJson printed = printJson(json);
    QVERIFY(!printed.spans.isEmpty());
    const JsonSpan last = printed.spans.back();
    QCOMPARE(last.piece, JsonPiece::Broken);
    QCOMPARE(printed.text.mid(last.start, last.length), broken);
    QCOMPARE(printed.printedBytes, json.size());
}

void TestJsonPrinter::depthIsNoDanger()
{
    const PrintedJson printed = printJson(QByteArray(100'000, '['));
    QVERIFY(printed.isWhole);
    QCOMPARE(printed.text.count(u'['), 100'000);
    QVERIFY(printed.text.size() < 10'000'000);
}

void TestJsonPrinter::theLimitIsKept()
{
    QByteArray json = "[";
    for (int i = 0; i < 50'000; ++i)
        json += QByteArray::number(i) + ",";
    json += "0]";
    const PrintedJson part = printJson(json, 1'000);
    QVERIFY(!part.isWhole);
    QVERIFY(part.printedBytes >= 1'000 && part.printedBytes < 1'100);
    QVERIFY(printJson(json).isWhole);
    const PrintedJson picture = printJson("[\"" + QByteArray(1'000'000, 'x') + "\"]", 1'000);
    QVERIFY(!picture.isWhole);
    QVERIFY(picture.text.size() < 10'000);
}

void TestJsonPrinter::fiveMegabytesAreQuick()
{
    QByteArray json = "{";
    while (json.size() < 5'000'000)
        json += "\"key" + QByteArray::number(json.size()) + "\":[1,\"two\",{\"three\":3.0}],";
    json += "\"end\":0}";
    QElapsedTimer timer;
    timer.start();
    const PrintedJson part = printJson(json, 200'000);
    QVERIFY(!part.isWhole);
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(printJson(json).isWhole);
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestJsonPrinter)
#include "tst_jsonprinter.moc"
