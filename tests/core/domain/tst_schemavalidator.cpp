// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/schemavalidator.h"
#include "tests/support/smallstack.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::SchemaValidator;
using tests::onSmallStack;

namespace {
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

QString faultOf(const QByteArray& schema)
{
    QString fault;
    onSmallStack([&] {
        const auto made = SchemaValidator::make(schema);
        fault = made ? QString() : QString(made.error().detail);
    });
    return fault;
}

// The error in the payload, or in the schema.
QString faultOf(const QByteArray& schema, const QByteArray& payload)
{
    QString fault;
    onSmallStack([&] {
        const auto made = SchemaValidator::make(schema);
        if (!made) {
            fault = made.error().detail;
            return;
        }
        const auto checked = (*made)->check(QJsonDocument::fromJson(payload).object());
        fault = checked ? QString() : QString(checked.error().detail);
    });
    return fault;
}

// `levels` definitions, each of which contains the next one through `keyword`.
QByteArray chain(int levels, const QByteArray& keyword, bool isClosed)
{
    QByteArray text = "{\"$ref\":\"#/definitions/d0\",\"definitions\":{";
    for (int i = 0; i < levels; ++i) {
        const int next = i + 1 < levels ? i + 1 : 0;
        QByteArray inner = "{\"$ref\":\"#/definitions/d" + QByteArray::number(next) + "\"}";
        if (next == 0 && !isClosed)
            inner = "{}";
        if (keyword == "anyOf")
            inner = "[" + inner + "," + inner + "]";
        else if (keyword == "properties" || keyword == "dependencies")
            inner = "{\"a\":" + inner + "}";
        text += (i > 0 ? "," : "") + QByteArray("\"d") + QByteArray::number(i) + "\":{\"" +
                keyword + "\":" + inner + "}";
    }
    return text + "}}";
}

QByteArray nested(int levels)
{
    QByteArray text;
    for (int i = 0; i < levels; ++i)
        text += "{\"a\":";
    return text + "1" + QByteArray(levels, '}');
}
} // namespace

class TestSchemaValidator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endlessSchemasAreRefused_data()
    {
        QTest::addColumn<QByteArray>("schema");
        const auto row = [](const char* schema) { QTest::newRow(schema) << json(schema); };
        row("{'$ref':'#'}");
        row("{'$ref':'#/'}");
        row("{'anyOf':[{'$ref':'#'}]}");
        row("{'oneOf':[{'type':'object'},{'$ref':'#'}]}");
        row("{'allOf':[{'allOf':[{'$ref':'#/allOf/0'}]}]}");
        row("{'not':{'$ref':'#'}}");
        row("{'if':{'$ref':'#'},'then':{}}");
        row("{'if':{},'then':{'$ref':'#'}}");
        row("{'if':{},'else':{'$ref':'#'}}");
        row("{'dependencies':{'a':{'$ref':'#'}}}");
        row("{'properties':{'a':{'$ref':'#/properties/a'}}}");
        row("{'properties':{'a':{'anyOf':[{'$ref':'#/properties/a'}]}}}");
        row("{'items':{'allOf':[{'$ref':'#/items'}]}}");
        row("{'definitions':{'a':{'$ref':'#/definitions/b'},'b':{'$ref':'#/definitions/a'}},"
            "'properties':{'x':{'$ref':'#/definitions/a'}}}");
        row("{'definitions':{'a':{'anyOf':[{'$ref':'#/definitions/b'}]},"
            "'b':{'allOf':[{'$ref':'#/definitions/a'}]}},'$ref':'#/definitions/a'}");
        row("{'definitions':{'a b':{'$ref':'#/definitions/a%20b'}}}");
        row("{'definitions':{'a/b':{'$ref':'#/definitions/a~1b'}}}");
        row("{'definitions':{'a~b':{'$ref':'#/definitions/a%7E0b'}}}");
        row("{'$id':'https://x/y','$ref':'https://x/y#'}");
        row("{'properties':{'a':{'$ref':'#//properties//a'}}}");
        row("{'examples':[{'$ref':'#/examples/0'}],'$ref':'#/examples/0'}");
    }
    void endlessSchemasAreRefused()
    {
        QFETCH(QByteArray, schema);
        const QString fault = faultOf(schema);
        QVERIFY2(fault.contains("refers to itself"_L1), qPrintable(fault));
    }

    void referencesThatCannotBeUsedAreNamed_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* schema, const char* words) {
            QTest::newRow(schema) << json(schema) << QString::fromLatin1(words);
        };
        row("{'$ref':'https://example.com/schema.json'}", "a part of the same file only");
        row("{'properties':{'a':{'$ref':'other.json#/a'}}}", "a part of the same file only");
        row("{'$ref':'file:///etc/passwd'}", "a part of the same file only");
        row("{'$ref':'#/definitions/none'}", "there is no #/definitions/none");
        row("{'allOf':[{'$ref':'#/allOf/7'}]}", "there is no");
        row("{'allOf':[{'$ref':'#/allOf/-1'}]}", "there is no");
        row("{'$ref':7}", "must be a text");
        row("{'$ref':'#name'}", "go on with /");
        QTest::newRow("long") << "{\"$ref\":\"#" + QByteArray(60'000, '/') + "\"}"
                              << u"longer than 500"_s;
        QTest::newRow("deep") << "{\"not\":" + QByteArray(5'000, '[') + QByteArray(5'000, ']') + "}"
                              << u"deeper than 256"_s;
        QTest::newRow("rather deep")
            << QByteArray("{\"not\":").repeated(100) + "{}" + QByteArray(100, '}')
            << u"deeper than 64"_s;
    }
    void referencesThatCannotBeUsedAreNamed()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QString, words);
        const QString fault = faultOf(schema);
        QVERIFY2(fault.contains(words), qPrintable(fault));
    }

    // Each step goes deeper into the payload, so they end where it ends.
    void treesWork_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::newRow("root") << json(
            "{'type':'object','properties':{'a':{'anyOf':[{'$ref':'#'},{'const':1}]}}}");
        QTest::newRow("definition")
            << json("{'definitions':{'node':{'anyOf':[{'const':1},{'type':'object',"
                    "'properties':{'a':{'$ref':'#/definitions/node'}}}]}},"
                    "'$ref':'#/definitions/node'}");
        QTest::newRow("two") << json(
            "{'$id':'https://x/y','definitions':{'p':{'properties':{'a':{'anyOf':[{'const':1},"
            "{'$ref':'https://x/y#/definitions/q'}]}},'type':'object'},"
            "'q':{'additionalProperties':{'anyOf':[{'$ref':'#/definitions/p'},{'const':1}]},"
            "'type':'object'}},'allOf':[{'$ref':'#/definitions/p'}]}");
        QTest::newRow("relative id")
            << json("{'id':'a/','type':'object','properties':{'a':{'id':'b/"
                    "','anyOf':[{'$ref':'#'},{'const':1}]}}}");
    }
    void treesWork()
    {
        QFETCH(QByteArray, schema);
        for (const int levels : {1, 2, 30, 250}) {
            const QString fault = faultOf(schema, nested(levels));
            QVERIFY2(fault.isEmpty(), qPrintable(fault));
            const QString wrong = faultOf(schema, nested(levels).replace('1', '2'));
            QVERIFY2(!wrong.isEmpty() && !wrong.contains("cannot be used"_L1), qPrintable(wrong));
        }
    }

    // A chain of references of any length, through any keyword, gives a result and never a crash; a
    // circular one is refused unless it goes deeper into the payload.
    void chains_data()
    {
        QTest::addColumn<QByteArray>("keyword");
        for (const char* keyword : {"not", "anyOf", "properties", "items", "additionalProperties",
                                    "dependencies", "if", "contains", "propertyNames"})
            QTest::newRow(keyword) << QByteArray(keyword);
    }
    void chains()
    {
        QFETCH(QByteArray, keyword);
        const bool goesDeeper =
            keyword != "not" && keyword != "anyOf" && keyword != "if" && keyword != "dependencies";
        for (const int levels : {1, 2, 10, 1'000, 5'000}) {
            QElapsedTimer timer;
            timer.start();
            const QByteArray open = chain(levels, keyword, false);
            faultOf(open, nested(200));
            const QString fault = faultOf(chain(levels, keyword, true), nested(200));
            QVERIFY2(goesDeeper || fault.contains("refers to itself"_L1), qPrintable(fault));
            if (levels <= 10)
                QVERIFY2(faultOf(open).isEmpty(), qPrintable(faultOf(open)));
            QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
        }
    }

    // A schema of 30 definitions that doubles the work with each, and patterns that backtrack: each
    // ends within a limit.
    void noCheckRunsForEver_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("payload");
        const QByteArray a = QByteArray(60, 'a') + "b";
        QByteArray doubling = chain(30, "anyOf", false);
        doubling.replace("{},{}", "{\"const\":1},{\"const\":1}");
        QTest::newRow("alternatives") << doubling << QByteArray("{}");
        QTest::newRow("pattern") << json("{'properties':{'x':{'pattern':'^(a+)+$'}}}")
                                 << "{\"x\":\"" + a + "\"}";
        QTest::newRow("nested pattern")
            << json("{'properties':{'x':{'pattern':'^(([a-z])+.)+[A-Z]+$'}}}")
            << "{\"x\":\"" + a.repeated(50) + "\"}";
        QTest::newRow("limit raised")
            << json("{'properties':{'x':{'pattern':'(*LIMIT_MATCH=4000000000)^(a+)+$'}}}")
            << "{\"x\":\"" + a + "\"}";
        QTest::newRow("name") << json("{'patternProperties':{'^(a+)+$':false}}")
                              << "{\"" + a + "\":1}";
        QTest::newRow("names") << json("{'propertyNames':{'pattern':'^(a+)+$'}}")
                               << "{\"" + a + "\":1}";
        QTest::newRow("many") << json("{'properties':{'x':{'items':{'pattern':'^(a+)+$'}}}}")
                              << "{\"x\":[" + ("\"" + a + "\",").repeated(5'000) + "1]}";
        QTest::newRow("unique") << json("{'properties':{'x':{'uniqueItems':true}}}") << [] {
            QByteArray items = "{\"x\":[0";
            for (int i = 1; i < 500'000; ++i)
                items += "," + QByteArray::number(i);
            return items + "]}";
        }();
        QTest::newRow("million faults")
            << json("{'properties':{'x':{'items':{'type':'string'}}}}")
            << "{\"x\":[" + QByteArray("1,").repeated(1'000'000) + "1]}";
        QTest::newRow("million faults twice")
            << json("{'properties':{'x':{'anyOf':[{'items':{'type':'string'}},"
                    "{'items':{'type':'null'}}]}}}")
            << "{\"x\":[" + QByteArray("1,").repeated(1'000'000) + "1]}";
    }
    void noCheckRunsForEver()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, payload);
        QElapsedTimer timer;
        timer.start();
        faultOf(schema, payload);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    }

    void longTextsAreMatchedRightly()
    {
        const QByteArray many(100'000, 'a');
        const QByteArray named = "{\"" + many + "\":1}";
        QVERIFY(faultOf(json("{'patternProperties':{'^a*$':{'const':1}}}"), named).isEmpty());
        QVERIFY(!faultOf(json("{'patternProperties':{'^a*$':{'const':2}}}"), named).isEmpty());
        QVERIFY(faultOf(json("{'propertyNames':{'pattern':'^a*$'}}"), named).isEmpty());
        QVERIFY(!faultOf(json("{'propertyNames':{'pattern':'^b*$'}}"), named).isEmpty());
        QVERIFY(
            !faultOf(json("{'patternProperties':{'^b':{}},'additionalProperties':false}"), named)
                 .isEmpty());
    }

    void formats_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* format, const char* value, bool fits) {
            QTest::addRow("%s %s", format, value)
                << QString::fromLatin1(format) << QByteArray(value) << fits;
        };
        row("date", "\"2024-02-29\"", true);
        row("date", "\"2023-02-29\"", false);
        row("date", "\"2023-2-9\"", false);
        row("date", "\"2023-02-09\\n\"", false);
        row("date", "7", true); // a format applies to strings only
        row("time", "\"16:52:45Z\"", true);
        row("time", "\"16:52:45\"", false);
        row("date-time", "\"2022-07-18T16:52:45.123+02:00\"", true);
        row("date-time", "\"2022-13-18T16:52:45Z\"", false);
        row("email", "\"anything\"", true);
    }
    void formats()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, value);
        QFETCH(bool, fits);
        const QByteArray schema =
            "{\"properties\":{\"x\":{\"format\":\"" + format.toLatin1() + "\"}}}";
        const QString fault = faultOf(schema, "{\"x\":" + value + "}");
        QVERIFY2(fault.isEmpty() == fits, qPrintable(fault));
    }

    void uniqueItems_data()
    {
        QTest::addColumn<QByteArray>("items");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* items, bool fits) {
            QTest::newRow(items) << json(items) << fits;
        };
        row("[]", true);
        row("[1,2,'1',true,null,[1],{'a':1},{'a':[1]}]", true);
        row("[1,1.0]", false);
        row("['a','b','a']", false);
        row("[{'a':1,'b':2},{'b':2,'a':1}]", false);
        row("[null,null]", false);
        row("['s1:a',['a']]", true);
        row("[0.1,0.2,0.1]", false);
        row("[[1,2],[12]]", true);
    }
    void uniqueItems()
    {
        QFETCH(QByteArray, items);
        QFETCH(bool, fits);
        const QByteArray schema = json("{'properties':{'x':{'uniqueItems':true}}}");
        const QString fault = faultOf(schema, "{\"x\":" + items + "}");
        QVERIFY2(fault.isEmpty() == fits, qPrintable(fault));
    }

    // Random schemas and payloads made of what leads somewhere: always a result.
    void whateverIsWritten()
    {
        QRandomGenerator random(20'240'607);
        const QStringList names{u"a"_s, u"b"_s, u"c"_s};
        std::function<QJsonValue(int)> schema = [&](int depth) -> QJsonValue {
            if (random.bounded(3) == 0 || depth == 0) {
                const QStringList targets{u"#"_s, u"#/definitions/a"_s, u"#/definitions/b"_s,
                                          u"#/definitions/c"_s, u"#/properties/a"_s};
                return QJsonObject{{u"$ref"_s, targets[random.bounded(5)]}};
            }
            QJsonObject object;
            for (int i = random.bounded(1, 4); i > 0; --i) {
                switch (random.bounded(8)) {
                case 0:
                    object[u"anyOf"_s] = QJsonArray{schema(depth - 1), schema(depth - 1)};
                    break;
                case 1: object[u"allOf"_s] = QJsonArray{schema(depth - 1)}; break;
                case 2: object[u"not"_s] = schema(depth - 1); break;
                case 3: object[u"items"_s] = schema(depth - 1); break;
                case 4: object[u"type"_s] = u"object"_s; break;
                case 5: object[u"additionalProperties"_s] = schema(depth - 1); break;
                default:
                    object[u"properties"_s] =
                        QJsonObject{{names[random.bounded(3)], schema(depth - 1)}};
                }
            }
            return object;
        };
        int usable = 0;
        for (int i = 0; i < 800; ++i) {
            QJsonObject root = schema(3).toObject();
            root[u"definitions"_s] =
                QJsonObject{{u"a"_s, schema(2)}, {u"b"_s, schema(2)}, {u"c"_s, schema(2)}};
            if (random.bounded(2) == 0)
                root.remove(u"$ref"_s);
            const QByteArray text = QJsonDocument(root).toJson(QJsonDocument::Compact);
            QElapsedTimer timer;
            timer.start();
            if (faultOf(text).isEmpty()) {
                ++usable;
                faultOf(text, nested(1 + random.bounded(200)));
            }
            QVERIFY2(timer.elapsed() < 10'000, text.constData());
        }
        QVERIFY2(usable > 20, qPrintable(QString::number(usable)));
    }
};

QTEST_APPLESS_MAIN(TestSchemaValidator)
#include "tst_schemavalidator.moc"
