// SPDX-License-Identifier: GPL-3.0-or-later
// Values are found by their path, wherever and however often they stand in a JSON text.
#include "core/domain/jsonplaces.h"
#include "core/domain/safejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
QStringList found(const QByteArray& json, const QString& path)
{
    QStringList values;
    for (const JsonSpan& span : valuesAt(json, path.split(u'.')))
        values += QString::fromUtf8(json.mid(span.start, span.length));
    return values;
}

QStringList pathsIn(const QByteArray& json)
{
    QStringList paths;
    for (const JsonPlace& place : placesIn(json))
        paths += place.path.join(u'.');
    return paths;
}

QJsonValue randomValue(QRandomGenerator& random, int depth)
{
    static const QStringList kKeys{u"a"_s, u"b"_s, u"quo\"te"_s, u"\u00e4"_s};
    switch (random.bounded(depth > 0 ? 6 : 4)) {
    case 0: return random.bounded(1000);
    case 1: return u"te}x]t,\" \\"_s + QString::number(random.bounded(10));
    case 2: return true;
    case 3: return QJsonValue();
    case 4: {
        QJsonArray list;
        for (int n = int(random.bounded(4)); n > 0; --n)
            list += randomValue(random, depth - 1);
        return list;
    }
    default: {
        QJsonObject object;
        for (int n = int(random.bounded(4)); n > 0; --n)
            object[kKeys[random.bounded(kKeys.size())]] = randomValue(random, depth - 1);
        return object;
    }
    }
}

// The same by Qt's parser.
void collect(const QJsonValue& value, const QStringList& path, qsizetype step, QJsonArray& all)
{
    if (step == path.size()) {
        all += value;
    } else if (value.isArray()) {
        for (const QJsonValue& item : value.toArray())
            collect(item, path, step, all);
    } else if (value.isObject() && value.toObject().contains(path[step])) {
        collect(value.toObject()[path[step]], path, step + 1, all);
    }
}
} // namespace

class TestJsonPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsValues();
    void agreesWithAParser();
    void listsPlaces();
    void deepNestingCostsNothing();
};

void TestJsonPlaces::findsValues()
{
    const QByteArray json = R"( { "a" : {"b": "x", "c": 1.50e2}, "list":[{"b":1},{"b":{"z":2}},3],
        "a":{"b":[true , null]}, "\u0061":{"b":"escaped"}, "b":7 } )";
    QCOMPARE(found(json, u"a.b"_s),
             (QStringList{u"\"x\""_s, u"[true , null]"_s, u"\"escaped\""_s}));
    QCOMPARE(found(json, u"a.c"_s), QStringList{u"1.50e2"_s});
    QCOMPARE(found(json, u"list.b"_s), (QStringList{u"1"_s, u"{\"z\":2}"_s}));
    QCOMPARE(found(json, u"b"_s), QStringList{u"7"_s});
    QCOMPARE(found(json, u"a.b.c"_s), QStringList());
    QCOMPARE(found("[]", u"a"_s), QStringList());
    QCOMPARE(found("\"a\"", u"a"_s), QStringList());
    QCOMPARE(found("{}", u"a"_s), QStringList());
}

void TestJsonPlaces::agreesWithAParser()
{
    QRandomGenerator random(11);
    const QStringList keys{u"a"_s, u"b"_s, u"quo\"te"_s, u"\u00e4"_s};
    int hits = 0;
    for (int round = 0; round < 3000; ++round) {
        const QJsonObject object{{u"a"_s, randomValue(random, 5)},
                                 {u"b"_s, randomValue(random, 5)}};
        const QByteArray json = QJsonDocument(object).toJson(round % 2 ? QJsonDocument::Compact
                                                                       : QJsonDocument::Indented);
        QVERIFY(isOneJsonValue(json));
        QStringList path;
        for (int n = 1 + int(random.bounded(3)); n > 0; --n)
            path += keys[random.bounded(keys.size())];
        QJsonArray expected;
        collect(object, path, 0, expected);
        QJsonArray values;
        for (const JsonSpan& span : valuesAt(json, path))
            values += QJsonDocument::fromJson('[' + json.mid(span.start, span.length) + ']')
                          .array()
                          .at(0);
        QCOMPARE(values, expected);
        hits += int(expected.size());
    }
    QVERIFY(hits > 500);
}

void TestJsonPlaces::listsPlaces()
{
    QCOMPARE(pathsIn(R"({"a":1,"b":{"c":[1,2],"d":{}},"e":{"x.y":1,"z":2}})"),
             (QStringList{u"a"_s, u"b.c"_s, u"b.d"_s, u"e"_s}));
    QCOMPARE(pathsIn("[1]"), QStringList());
    QCOMPARE(pathsIn("{}"), QStringList());
    QCOMPARE(pathsIn(R"({"x.y":1})"), QStringList());
    QCOMPARE(jsonValueText(R"("a\u00e4\n")"), u"a\u00e4\n"_s);
    QCOMPARE(jsonValueText("12.0"), u"12.0"_s);
}

void TestJsonPlaces::deepNestingCostsNothing()
{
    const QByteArray lists = QByteArray(200'000, '[') + QByteArray(200'000, ']');
    const QByteArray json = "{\"a\":" + lists + ",\"b\":1}";
    QCOMPARE(found(json, u"b"_s), QStringList{u"1"_s});
    QCOMPARE(found(json, u"a.b"_s).size(), 1); // taken as a whole, so that a mask covers it
    QCOMPARE(pathsIn(json), (QStringList{u"a"_s, u"b"_s}));
}

QTEST_GUILESS_MAIN(TestJsonPlaces)
#include "tst_jsonplaces.moc"
