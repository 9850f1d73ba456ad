// SPDX-License-Identifier: GPL-3.0-or-later
// Forms made from schemas, ours and those a user could write.
#include "core/domain/payloadschema.h"
#include "core/domain/schemaform.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;
using Kind = FormField::Kind;

namespace {
const QByteArray kSchema = R"({
  "title": "Labels", "description": "Prints labels.",
  "required": ["zone", "count"],
  "definitions": {"code": {"type": "string", "pattern": "^[A-Z]{3}$"}},
  "properties": {
    "zone": {"title": "Zone", "type": "string", "enum": ["north", "south"]},
    "count": {"type": "integer", "minimum": 1, "maximum": 500, "default": 12},
    "price": {"type": ["number", "null"], "description": "In euros"},
    "urgent": {"type": "boolean"},
    "note": {"type": "string", "maxLength": 5},
    "day": {"type": "string", "format": "date"},
    "code": {"$ref": "#/definitions/code"},
    "copyTo": {"type": "array", "items": {"type": "string"}},
    "any": true
  }
})";

FormField field(const SchemaForm& form, const QString& key)
{
    for (const FormField& each : form.fields) {
        if (each.key == key)
            return each;
    }
    return {};
}
} // namespace

class TestSchemaForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsASchema()
    {
        const SchemaForm form = formOf(kSchema);
        QCOMPARE(form.description, u"Prints labels."_s);
        QStringList keys;
        for (const FormField& each : form.fields)
            keys += each.key;
        // In the order they are written; what no field can hold has none.
        QCOMPARE(keys, (QStringList{u"zone"_s, u"count"_s, u"price"_s, u"urgent"_s, u"note"_s,
                                    u"day"_s}));
        QCOMPARE(field(form, u"zone"_s).kind, Kind::Choice);
        QCOMPARE(field(form, u"zone"_s).choices, (QStringList{u"\"north\""_s, u"\"south\""_s}));
        QVERIFY(field(form, u"zone"_s).isRequired);
        QCOMPARE(field(form, u"zone"_s).title, u"Zone"_s);
        QCOMPARE(field(form, u"count"_s).kind, Kind::Integer);
        QCOMPARE(field(form, u"count"_s).defaultValue, u"12"_s);
        QCOMPARE(field(form, u"count"_s).maximum, std::optional(500.0));
        QCOMPARE(field(form, u"price"_s).kind, Kind::Number);
        QCOMPARE(field(form, u"price"_s).help, u"In euros"_s);
        QVERIFY(!field(form, u"price"_s).isRequired);
        QCOMPARE(field(form, u"urgent"_s).kind, Kind::Boolean);
        QCOMPARE(field(form, u"note"_s).maxLength, 5);
        QVERIFY(field(form, u"day"_s).isDay);
    }

    void judgesEachValue_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("fault");
        const auto row = [](const QString& key, const QString& input, const QString& value,
                            const QString& fault) {
            QTest::addRow("%s %s", qPrintable(key), qPrintable(input))
                << key << input << value << fault;
        };
        row(u"count"_s, u"7"_s, u"7"_s, {});
        row(u"count"_s, u" 7 "_s, u"7"_s, {});
        row(u"count"_s, u"501"_s, u"501"_s, u"Is greater than 500."_s);
        row(u"count"_s, u"1.5"_s, u"1.5"_s, u"Has the wrong type."_s);
        row(u"count"_s, u"seven"_s, u"\"seven\""_s, u"Has the wrong type."_s);
        row(u"count"_s, u"007"_s, u"\"007\""_s, u"Has the wrong type."_s);
        row(u"price"_s, u"1.50"_s, u"1.50"_s, {});
        row(u"note"_s, u"a\"b"_s, u"\"a\\\"b\""_s, {});
        row(u"note"_s, u"abcdef"_s, u"\"abcdef\""_s, u"Has more than 5 characters."_s);
        row(u"day"_s, u"2026-02-31"_s, u"\"2026-02-31\""_s, u"It must be a date."_s);
        row(u"zone"_s, u"\"north\""_s, u"\"north\""_s, {});
        row(u"zone"_s, u"\"east\""_s, u"\"east\""_s, u"Is none of the values allowed."_s);
        row(u"urgent"_s, u"true"_s, u"true"_s, {});
    }
    void judgesEachValue()
    {
        QFETCH(QString, key);
        QFETCH(QString, input);
        QFETCH(QString, value);
        QFETCH(QString, fault);
        const FormField asked = field(formOf(kSchema), key);
        QCOMPARE(valueOfInput(asked, input), value);
        QCOMPARE(faultOf(asked, value), fault);
        if (fault.isEmpty())
            QCOMPARE(shownValue(asked, value), input.trimmed());
    }

    void beginsWithWhatIsNeeded()
    {
        QCOMPARE(payloadTemplate(kSchema), u"{\n  \"zone\": \"north\",\n  \"count\": 12\n}"_s);
        QCOMPARE(payloadTemplate({}), u"{\n}"_s);
        QCOMPARE(payloadTemplate(R"({"required":["b","a"]})"),
                 u"{\n  \"b\": \"\",\n  \"a\": \"\"\n}"_s);
    }

    void ourOwnTypesHaveForms()
    {
        for (const QString& type : knownJobTypes()) {
            const SchemaForm form = formOf(payloadSchema(type));
            QVERIFY2(form.fields.size() >= 1, qPrintable(type));
            for (const FormField& each : form.fields)
                QVERIFY2(each.rule, qPrintable(type + u' ' + each.key));
        }
        QVERIFY(formOf("nonsense").fields.isEmpty());
        QVERIFY(formOf({}).fields.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSchemaForm)
#include "tst_schemaform.moc"
