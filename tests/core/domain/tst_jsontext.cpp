// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"
#include "core/domain/jsontext.h"
#include "core/domain/payloadschema.h"
#include "tests/support/smallstack.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using tests::onSmallStack;

/// Untrusted nesting of any depth, on a small stack: a result instead of a crash.
class TestJsonText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void depths_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("depth");
        QTest::newRow("none") << QByteArray("7") << 0;
        QTest::newRow("two") << QByteArray("{\"a\":[1]}") << 2;
        QTest::newRow("aside") << QByteArray("[[],[[]],[]]") << 3;
        QTest::newRow("in a text") << QByteArray("[\"[[[[\\\"[[\"]") << 1;
        QTest::newRow("closed only") << QByteArray("]]]]") << 0;
    }
    void depths()
    {
        QFETCH(QByteArray, json);
        QTEST(int(domain::jsonDepth(json)), "depth");
    }

    void anyDepthOfJsonHasAnAnswer_data()
    {
        QTest::addColumn<QByteArray>("open");
        QTest::addColumn<QByteArray>("close");
        QTest::addColumn<int>("width");
        QTest::newRow("arrays") << QByteArray("[") << QByteArray("]") << 1;
        QTest::newRow("objects") << QByteArray("{\"a\":") << QByteArray("}") << 1;
        QTest::newRow("both") << QByteArray("[{\"a\":") << QByteArray("}]") << 2;
        QTest::newRow("not closed") << QByteArray("[") << QByteArray() << 1;
    }
    void anyDepthOfJsonHasAnAnswer()
    {
        QFETCH(QByteArray, open);
        QFETCH(QByteArray, close);
        QFETCH(int, width);
        for (const int levels :
             {1, 100, 127, 128, 255, 256, 257, 1'024, 1'025, 100'000, 1'000'000}) {
            const QByteArray json = open.repeated(levels) + "1" + close.repeated(levels);
            onSmallStack([&] {
                const auto parsed = domain::parseJson(json, u"It"_s);
                const bool isDeep = levels * width > domain::kDeepestJson;
                if (parsed.has_value() != (!isDeep && !close.isEmpty()))
                    qFatal("%d levels", levels);
                if (isDeep && parsed.error().detail != "It is nested deeper than 256 levels."_L1)
                    qFatal("%s", qPrintable(parsed.error().detail));
                if (parsed && parsed->toJson().isEmpty())
                    qFatal("not printed");
                const QByteArray payload = "{\"a\":" + json + "}";
                domain::checkPayload(u"bulk_import"_s, payload).has_value();
                domain::checkPayload(u"other"_s, payload).has_value();
            });
        }
    }

    void anyDepthOfFilterHasAnAnswer_data()
    {
        QTest::addColumn<QString>("open");
        QTest::addColumn<QString>("close");
        QTest::newRow("parentheses") << u"("_s << u")"_s;
        QTest::newRow("not") << u"not "_s << QString();
        QTest::newRow("minus") << u"-"_s << QString();
        QTest::newRow("both") << u"not ("_s << u")"_s;
        QTest::newRow("or") << u"(b or "_s << u")"_s;
        QTest::newRow("and") << u"(b -("_s << u"))"_s;
        QTest::newRow("not closed") << u"("_s << QString();
    }
    void anyDepthOfFilterHasAnAnswer()
    {
        QFETCH(QString, open);
        QFETCH(QString, close);
        for (const int levels : {1, 50, 90, 99, 101, 600, 3'900, 100'000}) {
            const QString text = open.repeated(levels) + u'a' + close.repeated(levels);
            QElapsedTimer timer;
            timer.start();
            onSmallStack([&] {
                const auto filter = domain::JobFilter::parse(text);
                if (!filter && filter.error().message.isEmpty())
                    qFatal("no words");
                if (filter && levels > 101)
                    qFatal("%d levels", levels);
            });
            QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
        }
    }

    void aValueThatStandsAloneIsNamed_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("words");
        QTest::newRow("encoded twice") << QByteArray("\"{\\\"a\\\":1}\"") << u"encoded twice"_s;
        QTest::newRow("null") << QByteArray(" null ") << u"this is null"_s;
        QTest::newRow("number") << QByteArray("-4.2e1") << u"a number"_s;
        QTest::newRow("boolean") << QByteArray("true") << u"true or false"_s;
        QTest::newRow("no value") << QByteArray("1, 2") << u"is not JSON"_s;
        QTest::newRow("nothing") << QByteArray() << u"is not JSON"_s;
        QTest::newRow("a word") << QByteArray("nul") << u"is not JSON"_s;
    }
    void aValueThatStandsAloneIsNamed()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, words);
        const auto parsed = domain::parseJson(json, u"The payload"_s);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().kind, base::ErrorKind::Invalid);
        QVERIFY2(parsed.error().detail.contains(words), qPrintable(parsed.error().detail));
    }
};

QTEST_APPLESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
