// SPDX-License-Identifier: GPL-3.0-or-later
// What payloads are made of, on every kind of database.
#include "core/store/payloadsampler.h"
#include "tests/core/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;

class TestPayloadSampler : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void showsPathsAndValues_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("sqlite") << StoreKind::Sqlite;
        QTest::newRow("postgres") << StoreKind::Postgres;
        QTest::newRow("pooled") << StoreKind::Pooled;
        QTest::newRow("deployed") << StoreKind::Deployed;
        QTest::newRow("textids") << StoreKind::TextIds;
    }
    void showsPathsAndValues()
    {
        QFETCH(StoreKind, kind);
        const auto store = m_fixture.fresh(kind);
        QCOMPARE(value(store::samplePayloads(store->jobs, 1000)).sampled, 0);
        for (int i = 0; i < 30; ++i) {
            const QByteArray payload =
                i == 7 ? "{\"blob\": \"" + QByteArray(200'000, 'x') + "\"}" // not looked into
                       : u"{\"scanType\": \"%1\", \"scan\": {\"id\": \"id %2\"}}"_s
                             .arg(i < 20 ? u"business_card"_s : u"liquor_license"_s)
                             .arg(i)
                             .toUtf8();
            value(store->additions.enqueue(
                {domain::NewJob::withText(u"report_generation"_s, payload)}, kTester));
        }
        const auto sample = value(store::samplePayloads(store->jobs, 1000));
        QCOMPARE(sample.sampled, 29);
        QCOMPARE(sample.paths.size(), 2);
        QCOMPARE(sample.paths[0].text(), u"payload.scan.id"_s);
        QVERIFY(sample.paths[0].isAllDifferent());
        QCOMPARE(sample.paths[1].text(), u"payload.scanType"_s);
        QCOMPARE(sample.paths[1].values, (QVector<domain::CountedWord>{{u"business_card"_s, 19},
                                                                       {u"liquor_license"_s, 10}}));
        QCOMPARE(value(store::samplePayloads(store->jobs, 5)).sampled, 5);
    }
};

QTEST_GUILESS_MAIN(TestPayloadSampler)
#include "tst_payloadsampler.moc"
