// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadschema.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestPayloadSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTypeHasASchema()
    {
        for (const QString& type : domain::knownJobTypes())
            QVERIFY2(QJsonDocument::fromJson(domain::payloadSchema(type)).isObject(),
                     qPrintable(type));
        QVERIFY(domain::payloadSchema(u"shop_export"_s).isEmpty());
        QVERIFY(domain::payloadSchema(u"../secret"_s).isEmpty());
    }

    void goodOnesPass_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("image")
            << u"image_extraction"_s
            << QByteArray("{\"scanId\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"imageUrl\":"
                          "\"https://example.com/a.jpg\",\"scanType\":\"business_card\"}");
        QTest::newRow("customer") << u"customer_enrichment"_s
                                  << QByteArray("{\"customerId\":\"c1\",\"more\":[1]}");
        QTest::newRow("report") << u"report_generation"_s << QByteArray("{}");
        QTest::newRow("import") << u"bulk_import"_s << QByteArray("{\"batchId\":\"b\"}");
        QTest::newRow("no schema") << u"shop_export"_s << QByteArray("{\"anything\":null}");
    }
    void goodOnesPass()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, json);
        const auto payload = domain::checkPayload(type, json);
        QVERIFY2(payload.has_value(), payload ? "" : qPrintable(payload.error().detail));
        QCOMPARE(*payload, QJsonDocument::fromJson(json).object());
    }

    // The sentence names the field and the broken rule.
    void badOnesAreNamed_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("words");
        const QString image = u"image_extraction"_s;
        QTest::newRow("missing") << u"customer_enrichment"_s << QByteArray("{}")
                                 << QStringList{u"customerId"_s};
        QTest::newRow("number") << u"customer_enrichment"_s << QByteArray("{\"customerId\":7}")
                                << QStringList{u"customerId"_s};
        QTest::newRow("empty") << u"customer_enrichment"_s << QByteArray("{\"customerId\":\"\"}")
                               << QStringList{u"customerId"_s};
        QTest::newRow("pattern")
            << image
            << QByteArray(
                   "{\"scanId\":\"x\",\"imageUrl\":\"https://a/b\",\"scanType\":\"business_card\"}")
            << QStringList{u"scanId"_s};
        QTest::newRow("enum") << image
                              << QByteArray(
                                     "{\"scanId\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\","
                                     "\"imageUrl\":\"https://a/b\",\"scanType\":\"passport\"}")
                              << QStringList{u"scanType"_s};
        QTest::newRow("no address")
            << image
            << QByteArray("{\"scanId\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"imageUrl\":\"/"
                          "etc/passwd\",\"scanType\":\"business_card\"}")
            << QStringList{u"imageUrl"_s};
        QTest::newRow("not JSON") << image << QByteArray("{'a':1}")
                                  << QStringList{u"not JSON"_s, u"byte"_s};
        QTest::newRow("nothing") << image << QByteArray() << QStringList{u"not JSON"_s};
        QTest::newRow("array") << image << QByteArray("[]") << QStringList{u"JSON object"_s};
        QTest::newRow("deep") << u"other"_s
                              << QByteArray("{\"a\":") + QByteArray(300, '[') +
                                     QByteArray(300, ']') + "}"
                              << QStringList{u"256 levels"_s};
        QTest::newRow("huge") << u"other"_s
                              << QByteArray("{\"a\":\"") + QByteArray(9 << 20, 'x') + "\"}"
                              << QStringList{u"9 MB"_s, u"8 MB"_s};
    }
    void badOnesAreNamed()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, json);
        QFETCH(QStringList, words);
        const auto payload = domain::checkPayload(type, json);
        QVERIFY(!payload);
        QCOMPARE(payload.error().kind, base::ErrorKind::Invalid);
        for (const QString& word : words)
            QVERIFY2(payload.error().detail.contains(word), qPrintable(payload.error().detail));
    }

    // Each of these once crashed the program: std::regex recurses for each character.
    void longTextsAreMatched()
    {
        const auto image = [](const QByteArray& url) {
            return "{\"scanId\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"scanType\":"
                   "\"business_card\",\"imageUrl\":\"" +
                   url + "\"}";
        };
        QByteArray many(4'000'000, 'a');
        QVERIFY(!domain::checkPayload(u"image_extraction"_s, image(many)));
        const QString own = u"own"_s;
        domain::setOwnSchemas({{own, R"({"properties":{"a":{"pattern":"^(a|b)+$"}}})"}});
        QVERIFY(domain::checkPayload(own, "{\"a\":\"" + many.left(10'000) + "\"}"));
        domain::checkPayload(own, "{\"a\":\"" + many + "\"}").has_value();
        for (const char* schema : {R"({"properties":{"a":{"type":"string","format":"date"}}})",
                                   R"({"patternProperties":{"^(a|b)+$":{}}})",
                                   R"({"propertyNames":{"pattern":"^a*$"}})"}) {
            domain::setOwnSchemas({{own, schema}});
            domain::checkPayload(own, "{\"" + many + "\":1}").has_value();
            QCOMPARE(domain::checkPayload(own, "{\"a\":\"" + many + "\"}").has_value(),
                     !QByteArrayView(schema).contains("date"));
        }
        domain::setOwnSchemas({});
    }

    void endsOfPatterns()
    {
        const QString own = u"own"_s;
        const auto matches = [&](const char* pattern, const QByteArray& text) {
            domain::setOwnSchemas(
                {{own, "{\"properties\":{\"a\":{\"pattern\":\"" + QByteArray(pattern) + "\"}}}"}});
            return domain::checkPayload(own, "{\"a\":\"" + text + "\"}").has_value();
        };
        QVERIFY(matches("^[a-z$]+$", "ab$"));
        QVERIFY(!matches("^[a-z]+$", "ab\\n")); // the very end, not before a line break
        QVERIFY(matches("^a\\\\$$", "a$"));
        QVERIFY(!matches("^a\\\\$$", "a"));
        domain::setOwnSchemas({});
    }

    void bracketsInTextAreNotDepth()
    {
        const QByteArray json = "{\"a\":\"" + QByteArray(1000, '[') + "\\\"[\"}";
        QVERIFY(domain::checkPayload(u"other"_s, json).has_value());
    }
};

QTEST_APPLESS_MAIN(TestPayloadSchema)
#include "tst_payloadschema.moc"
