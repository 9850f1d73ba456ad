// SPDX-License-Identifier: GPL-3.0-or-later
// Payload errors are reported in plain words: checked with the real validator, to notice a new
// version of it that words them differently.
#include "core/domain/schemavalidator.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestSchemaWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void says_data()
    {
        QTest::addColumn<QByteArray>("schema"); // of the property "name"
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* schema, const char* value, const char* sentence) {
            QTest::newRow(schema) << QByteArray(schema) << QByteArray(value)
                                  << QString::fromLatin1(sentence);
        };
        row(R"({"minLength":1})", R"("")", "name is empty.");
        row(R"({"minLength":3})", R"("ab")", "name has fewer than 3 characters.");
        row(R"({"maxLength":2})", R"("abc")", "name has more than 2 characters.");
        row(R"({"minItems":1})", "[]", "name is an empty list.");
        row(R"({"minItems":2})", "[1]", "name has fewer than 2 items.");
        row(R"({"maxItems":1})", "[1,2]", "name has more than 1 items.");
        row(R"({"minProperties":2})", "{}", "name has fewer than 2 properties.");
        row(R"({"type":"string"})", "1", "name has the wrong type.");
        row(R"({"enum":["a","b"]})", R"("c")", "name is none of the values allowed.");
        row(R"({"const":"a"})", R"("c")", "name is not the value required.");
        row(R"({"pattern":"^x"})", R"("c")", "name does not match the pattern ^x.");
        row(R"({"minimum":5})", "4", "name is less than 5.");
        row(R"({"maximum":5})", "6", "name is greater than 5.");
        row(R"({"multipleOf":5})", "6", "name is not a multiple of 5.");
        row(R"({"required":["age"]})", "{}", "name.age is missing.");
    }
    void says()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, value);
        QFETCH(QString, sentence);
        const auto validator =
            domain::SchemaValidator::make("{\"properties\":{\"name\":" + schema + "}}");
        QVERIFY(validator);
        const auto checked =
            (*validator)->check(QJsonDocument::fromJson("{\"name\":" + value + "}").object());
        QVERIFY(!checked);
        QVERIFY2(checked.error().detail.startsWith(sentence), qPrintable(checked.error().detail));
    }
};

QTEST_GUILESS_MAIN(TestSchemaWords)
#include "tst_schemawords.moc"
