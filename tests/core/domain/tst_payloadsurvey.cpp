// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"
#include "core/domain/payloadsurvey.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestPayloadSurvey : public QObject
{
    Q_OBJECT

private:
    static const PayloadPath* pathIn(const QVector<PayloadPath>& paths, const QString& text)
    {
        for (const PayloadPath& path : paths) {
            if (path.text() == text)
                return &path;
        }
        return nullptr;
    }

private Q_SLOTS:
    void countsPathsAndValues()
    {
        PayloadSurvey survey;
        for (int i = 0; i < 10; ++i)
            survey.add(u"{\"scanType\": \"%1\", \"scanId\": \"id-%2\", \"size\": {\"bytes\": %3}, "
                       "\"odd\": [1, 2], \"done\": true}"_s
                           .arg(i < 7 ? u"business_card"_s : u"liquor_license"_s)
                           .arg(i)
                           .arg(i % 2)
                           .toUtf8());
        survey.add("{\"scanType\": 4}");
        survey.add("not JSON at all");
        QCOMPARE(survey.sampled(), 12);
        const auto paths = survey.paths();
        QCOMPARE(paths.front().text(), u"payload.scanType"_s); // the most frequent first
        QCOMPARE(paths.front().found, 11);
        QCOMPARE(paths.front().kind, PayloadPath::Kind::Mixed);
        QCOMPARE(paths.front().values,
                 (QVector<CountedWord>{{u"business_card"_s, 7}, {u"liquor_license"_s, 3}}));
        const PayloadPath* id = pathIn(paths, u"payload.scanId"_s);
        QVERIFY(id && id->isAllDifferent() && id->values.isEmpty());
        const PayloadPath* bytes = pathIn(paths, u"payload.size.bytes"_s);
        QVERIFY(bytes && bytes->kind == PayloadPath::Kind::Number);
        QCOMPARE(bytes->values, (QVector<CountedWord>{{u"0"_s, 5}, {u"1"_s, 5}}));
        QVERIFY(pathIn(paths, u"payload.odd"_s));
        QVERIFY(!pathIn(paths, u"payload.size"_s)); // nothing to compare with
    }

    void showsNoSecret()
    {
        PayloadSurvey survey;
        for (int i = 0; i < 5; ++i)
            survey.add(R"({"apiKey": "s3cr3t", "auth": {"password": "s3cr3t"}, "plain": "shown"})");
        for (const PayloadPath& path : survey.paths()) {
            if (path.text() != "payload.plain"_L1)
                QVERIFY2(path.values.isEmpty(), qPrintable(path.text()));
        }
        QCOMPARE(survey.paths().size(), 3);
        for (const char* name : {"password", "accessToken", "API_KEY", "api-key", "clientSecret"})
            QVERIFY2(isSecretName(QLatin1String(name)), name);
        for (const char* name : {"scanType", "key", "pinned", "customerId"})
            QVERIFY2(!isSecretName(QLatin1String(name)), name);
    }

    void writesPathsThatParse_data()
    {
        QTest::addColumn<QString>("key");
        for (const char* key : {"plain", "two words", "dotted.name", "a:b", "quo\"te",
                                "back\\slash", "(", "ümlaut", "<", "trailing ", "-minus", "and"})
            QTest::newRow(key) << QString::fromUtf8(key);
    }
    void writesPathsThatParse()
    {
        QFETCH(QString, key);
        PayloadPath path;
        path.keys = {u"outer"_s, key};
        const auto filter = JobFilter::parse(path.text() + u":x"_s);
        QVERIFY(filter.has_value());
        QCOMPARE(filter->root().term.path, path.keys);
    }

    void staysBounded()
    {
        PayloadSurvey survey;
        for (int i = 0; i < 2000; ++i)
            survey.add(u"{\"key%1\": \"%2\", \"same\": \"%3\"}"_s.arg(i)
                           .arg(QString(2000, u'x'))
                           .arg(i)
                           .toUtf8());
        QVERIFY(survey.paths().size() <= PayloadSurvey::kMostPaths);
        QByteArray deep;
        for (int i = 0; i < 400; ++i)
            deep += "{\"a\":";
        survey.add(deep + "1" + QByteArray(400, '}'));
        for (const PayloadPath& path : survey.paths())
            QVERIFY(path.keys.size() <= PayloadSurvey::kDeepest && path.values.size() <= 12);
    }
};

QTEST_GUILESS_MAIN(TestPayloadSurvey)
#include "tst_payloadsurvey.moc"
