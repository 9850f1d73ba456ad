// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/jsonpath.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestJsonPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAsPostgresWritesThem_data()
    {
        QTest::addColumn<QString>("plain");
        const auto row = [](const char* text, const char* plain) {
            QTest::newRow(text) << QString::fromLatin1(plain);
        };
        row("1", "1");
        row("1.10", "1.10");
        row("-0", "0");
        row("-0.00", "0.00");
        row("1e2", "100");
        row("1E+2", "100");
        row("1.5e2", "150");
        row("1.50e1", "15.0");
        row("100e-2", "1.00");
        row("-1.5e-3", "-0.0015");
        row("0e5", "0");
        row("0e-3", "0.000");
        row("12345678901234567890", "12345678901234567890");
        row("1e", "1e");
        row("abc", "abc");
        row("1e9999", "1e9999");
    }
    void numbersAsPostgresWritesThem()
    {
        QTEST(db::plainNumber(QString::fromLatin1(QTest::currentDataTag())), "plain");
    }

    void findsValues_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isIt");
        const auto row = [](const char* json, const QStringList& path, const QString& text,
                            bool isIt) {
            QTest::addRow("%s %s %s", json, qPrintable(path.join(u'.')), qPrintable(text))
                << QByteArray(json) << path << text << isIt;
        };
        row("{\"a\":1}", {u"a"_s}, u"1"_s, true);
        row(" { \"a\" : [ 1 , { \"b\" : \"x\" } , [] ] } ", {u"a"_s, u"1"_s, u"b"_s}, u"x"_s, true);
        row("{\"a\":[1,2,3]}", {u"a"_s, u"-1"_s}, u"3"_s, true);
        row("{\"a\":[1,2,3]}", {u"a"_s, u"3"_s}, u"3"_s, false);
        row("{\"a\":[1,2,3]}", {u"a"_s, u"-4"_s}, u"1"_s, false);
        row("{\"a\":1,\"a\":2}", {u"a"_s}, u"1"_s, false); // the last of duplicate keys
        row("{\"a\":1,\"a\":2}", {u"a"_s}, u"2"_s, true);
        row("{\"a\":{\"b\":1},\"a\":{}}", {u"a"_s, u"b"_s}, u"1"_s, false);
        row("{\"0\":\"key\"}", {u"0"_s}, u"key"_s, true);
        row("{\"n\":1e2}", {u"n"_s}, u"100"_s, true);
        row("{\"n\":100}", {u"n"_s}, u"1e2"_s, true);
        row("{\"n\":\"1e2\"}", {u"n"_s}, u"100"_s, false);
        row("{\"n\":\"1e2\"}", {u"n"_s}, u"1e2"_s, true);
        row("{\"a\\u0062\":\"\\ud83d\\ude00\"}", {u"ab"_s}, u"😀"_s, true);
        row("{\"q\\\"}\":\"}\\\"\"}", {u"q\"}"_s}, u"}\""_s, true);
        row("{\"t\":true}", {u"t"_s}, u"true"_s, true);
        row("{\"t\":\"true\"}", {u"t"_s}, u"true"_s, true);
        row("{\"z\":null}", {u"z"_s}, u"null"_s, false);
        row("{\"z\":{}}", {u"z"_s}, u"{}"_s, false);
        row("{\"a\":[[],{},[[1]]],\"b\":7}", {u"b"_s}, u"7"_s, true);
        row("[5]", {u"0"_s}, u"5"_s, true);
        row("\"5\"", {u"0"_s}, u"5"_s, false);
        row("{}", {u"a"_s}, u""_s, false);
        row("{\"a\":\"\"}", {u"a"_s}, u""_s, true);
    }
    void findsValues()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QStringList, path);
        QFETCH(const QString, text);
        QTEST(db::jsonValueIs(json, path, text), "isIt");
    }

    // The caller passes valid JSON; parsing must terminate on anything else, too.
    void anyBytesEnd()
    {
        const QByteArray json =
            "{\"a\":[1,{\"b\":\"x\\\\\"},-2.5e3],\"c\":null,\"a\":{\"d\":[true]}}";
        for (qsizetype cut = 0; cut <= json.size(); ++cut) {
            for (const QStringList& path :
                 {QStringList{u"a"_s, u"1"_s, u"b"_s}, {u"c"_s}, {u"zz"_s}})
                (void)db::jsonValueIs(json.left(cut), path, u"x"_s);
        }
        (void)db::jsonValueIs(QByteArray(200'000, '['), {u"0"_s, u"0"_s}, u"x"_s);
        (void)db::jsonValueIs("{\"a\":]}", {u"b"_s}, u"x"_s);
        (void)db::jsonValueIs("[}", {u"0"_s}, u"x"_s);
    }
};

QTEST_APPLESS_MAIN(TestJsonPath)
#include "tst_jsonpath.moc"
