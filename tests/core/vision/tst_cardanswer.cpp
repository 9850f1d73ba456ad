// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a model's answer: the agreed form or nothing, whatever a card makes it say.
#include "core/vision/cardanswer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using domain::ScanType;

namespace {
QJsonObject object(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}
} // namespace

class TestCardAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSchemaHoldsEveryFieldAndNoOther_data()
    {
        QTest::addColumn<ScanType>("type");
        QTest::newRow("card") << ScanType::BusinessCard;
        QTest::newRow("licence") << ScanType::LiquorLicense;
    }
    void theSchemaHoldsEveryFieldAndNoOther()
    {
        QFETCH(ScanType, type);
        const QJsonObject schema = vision::answerSchema(type);
        QStringList fields = domain::scanFields(type) + QStringList{u"confidence"_s};
        QStringList properties = schema["properties"_L1].toObject().keys();
        fields.sort();
        properties.sort();
        QCOMPARE(properties, fields);
        QCOMPARE(schema["required"_L1].toArray().size(), fields.size());
        QCOMPARE(schema["additionalProperties"_L1], QJsonValue(false));
    }

    void whatWasSeenIsKept()
    {
        const auto fields =
            vision::fieldsIn(object("{\"name\":\"  Anna\\u0000\\u001b[31m\\n Berg "
                                    "\",\"title\":\"\",\"company\":\"Süd & "
                                    "Ost\",\"phone\":\"\",\"email\":\"a@b.example\",\"address\":"
                                    "\"\",\"website\":\"\",\"notes\":\"\",\"confidence\":0.5}"),
                             ScanType::BusinessCard);
        QVERIFY(fields);
        QCOMPARE(*fields, (QJsonObject{{u"name"_s, u"Anna [31m Berg"_s},
                                       {u"company"_s, u"Süd & Ost"_s},
                                       {u"email"_s, u"a@b.example"_s},
                                       {u"confidence"_s, 0.5}}));
    }

    void aDateThatIsNoneIsLeftOut()
    {
        const auto fields =
            vision::fieldsIn(object("{\"businessName\":\"Bar\",\"issuedDate\":\"2026-02-30\","
                                    "\"expiryDate\":\"2027-12-31\",\"confidence\":1}"),
                             ScanType::LiquorLicense);
        QVERIFY(fields);
        QVERIFY(!fields->contains("issuedDate"_L1));
        QCOMPARE((*fields)["expiryDate"_L1].toString(), u"2027-12-31"_s);
        const auto words = vision::fieldsIn(
            object("{\"businessName\":\"Bar\",\"expiryDate\":\"next spring\",\"confidence\":1}"),
            ScanType::LiquorLicense);
        QVERIFY(words);
        QVERIFY(!words->contains("expiryDate"_L1));
    }

    void anotherFormIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char* name, const QByteArray& answer,
                            ErrorKind kind = ErrorKind::Unsupported) {
            QTest::newRow(name) << answer << kind;
        };
        row("a field too many", "{\"name\":\"A\",\"admin\":\"yes\",\"confidence\":1}");
        row("__proto__", "{\"name\":\"A\",\"__proto__\":\"x\",\"confidence\":1}");
        row("a number", "{\"name\":7,\"confidence\":1}");
        row("an object", "{\"name\":{\"$ref\":\"x\"},\"confidence\":1}");
        row("a list", "{\"name\":[\"A\"],\"confidence\":1}");
        row("null", "{\"name\":null,\"confidence\":1}");
        row("too long", "{\"name\":\"" + QByteArray(501, 'x') + "\",\"confidence\":1}");
        row("no confidence", "{\"name\":\"A\"}");
        row("much confidence", "{\"name\":\"A\",\"confidence\":1.01}");
        row("negative", "{\"name\":\"A\",\"confidence\":-0.1}");
        row("confidence as a text", "{\"name\":\"A\",\"confidence\":\"1\"}");
        row("empty", "{}");
        row("nothing seen", "{\"name\":\"\",\"confidence\":0}", ErrorKind::NotFound);
        row("only spaces", "{\"name\":\" \\n\\u0000 \",\"confidence\":1}", ErrorKind::NotFound);
    }
    void anotherFormIsRefused()
    {
        QFETCH(QByteArray, answer);
        QFETCH(ErrorKind, kind);
        const auto fields = vision::fieldsIn(object(answer.constData()), ScanType::BusinessCard);
        QVERIFY(!fields);
        QCOMPARE(fields.error().kind, kind);
        QVERIFY(!fields.error().detail.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCardAnswer)
#include "tst_cardanswer.moc"
