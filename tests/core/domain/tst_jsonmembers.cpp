// SPDX-License-Identifier: GPL-3.0-or-later
// A JSON object changed in place: what is not changed stays as it is written.
#include "core/domain/jsonmembers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestJsonMembers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheMembers()
    {
        const QString text =
            u" { \"a\" : 1.50 ,\n\t\"b\\\"}\":\"x, {\\\\\" , \"c\":[1,{\"a\":[]}],\"d\":{\"a\":\"]\"},\"ü\":null}\n"_s;
        const auto members = membersOf(text);
        QStringList seen;
        for (const JsonMember& member : members)
            seen += member.key + u'=' + member.valueIn(text);
        QCOMPARE(seen, (QStringList{u"a=1.50"_s, u"b\"}=\"x, {\\\\\""_s, u"c=[1,{\"a\":[]}]"_s,
                                    u"d={\"a\":\"]\"}"_s, u"ü=null"_s}));
        QVERIFY(membersOf(u"{}"_s).isEmpty());
        QVERIFY(membersOf(u"[1]"_s).isEmpty());
        QVERIFY(membersOf(u"{\"a\":"_s).isEmpty());
        QVERIFY(membersOf(QString(u"{\"a\":"_s).repeated(10'000)).isEmpty());
    }

    void changesInPlace_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("value"); // empty: removed
        QTest::addColumn<QString>("after");
        const auto row = [](const char* name, const QString& before, const QString& value,
                            const QString& after) {
            QTest::newRow(name) << before << value << after;
        };
        row("replaced", u"{\n  \"z\": 1.0,\n  \"k\": 2,\n  \"a\": 1e3\n}"_s, u"\"x\""_s,
            u"{\n  \"z\": 1.0,\n  \"k\": \"x\",\n  \"a\": 1e3\n}"_s);
        row("added like the others", u"{\n    \"z\": 1.0\n}"_s, u"7"_s,
            u"{\n    \"z\": 1.0,\n    \"k\": 7\n}"_s);
        row("added on one line", u"{\"z\":[1,2]}"_s, u"7"_s, u"{\"z\":[1,2],\"k\": 7}"_s);
        row("added to nothing", u"{ }"_s, u"true"_s, u"{\n  \"k\": true\n}"_s);
        row("the last of two", u"{\"k\":1,\"k\":2}"_s, u"3"_s, u"{\"k\":1,\"k\":3}"_s);
        row("removed first", u"{\n  \"k\": 1,\n  \"a\": 2\n}"_s, {}, u"{\n  \"a\": 2\n}"_s);
        row("removed last", u"{\n  \"a\": 2,\n  \"k\": {\"k\": 1}\n}"_s, {}, u"{\n  \"a\": 2\n}"_s);
        row("removed between", u"{\"a\": 1, \"k\": 2, \"b\": 3}"_s, {}, u"{\"a\": 1, \"b\": 3}"_s);
        row("removed alone", u"{\"k\": 2}"_s, {}, u"{\n}"_s);
        row("removed though not there", u"{\"a\": 2}"_s, {}, u"{\"a\": 2}"_s);
    }
    void changesInPlace()
    {
        QFETCH(QString, before);
        QFETCH(QString, value);
        QFETCH(QString, after);
        QCOMPARE(value.isEmpty() ? withoutMember(before, u"k"_s)
                                 : withMember(before, u"k"_s, value),
                 after);
    }

    void saysWhereItIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("comma") << u"{\n  \"a\": 1,\n  \"b\": 2\n  \"c\": 3\n}"_s
                               << u"Line 3: a comma is missing."_s;
        QTest::newRow("colon") << u"{\n  \"a\" 1\n}"_s
                               << u"Line 2: a colon is missing after the name."_s;
        QTest::newRow("end") << u"{\n  \"a\": 1\n"_s << u"Line 2: a } is missing."_s;
        QTest::newRow("text") << u"{\n  \"a\": \"x\n}"_s
                              << u"Line 2: a text has no end: \" is missing."_s;
        QTest::newRow("value") << u"{\n  \"a\": nope\n}"_s << u"Line 2: this is no value."_s;
        QTest::newRow("list") << u"[1]"_s << u"It must be a JSON object, as in {}."_s;
    }
    void saysWhereItIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto checked = checkObjectText(text);
        QVERIFY(!checked);
        QCOMPARE(checked.error().detail, words);
    }

    // Held against Qt's parser: after any changes, both read the same values.
    void anyChangesAgreeWithAParser()
    {
        QRandomGenerator random(7);
        const QStringList values{u"1"_s,          u"\"a,b}\""_s, u"[1,[2]]"_s,
                                 u"{\"x\":{}}"_s, u"null"_s,     u"\"\\\"\""_s};
        QString text = u"{}"_s;
        QJsonObject expected;
        for (int i = 0; i < 2000; ++i) {
            const QString key = u"k\"%1"_s.arg(random.bounded(6));
            if (random.bounded(3) == 0) {
                text = withoutMember(text, key);
                expected.remove(key);
            } else {
                const QString& value = values[random.bounded(int(values.size()))];
                text = withMember(text, key, value);
                expected[key] = QJsonDocument::fromJson('[' + value.toUtf8() + ']').array().at(0);
            }
            QCOMPARE(QJsonDocument::fromJson(text.toUtf8()).object(), expected);
            QCOMPARE(membersOf(text).size(), expected.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestJsonMembers)
#include "tst_jsonmembers.moc"
