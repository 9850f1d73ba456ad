// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a queue: counted again exactly when something was written.
#include "core/store/snapshotreader.h"
#include "tests/core/store/storefixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;

class TestSnapshotReader : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    static void kinds()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("sqlite") << StoreKind::Sqlite;
        QTest::newRow("postgres") << StoreKind::Postgres;
        QTest::newRow("pooled") << StoreKind::Pooled;
        QTest::newRow("deployed") << StoreKind::Deployed;
        QTest::newRow("textids") << StoreKind::TextIds;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void nothingIsCountedAgainWhileNothingIsWritten_data() { kinds(); }
    void nothingIsCountedAgainWhileNothingIsWritten()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto writer = m_fixture.open(url);
        const auto reader = m_fixture.open(url);
        const domain::JobIds ids = StoreFixture::add(*writer, 5);
        store::KeptFigures kept;
        const QDateTime begun = QDateTime::currentDateTimeUtc();
        QCOMPARE(value(store::readSnapshot(*reader, begun, kept)).counts.pending, 5);
        QCOMPARE(kept.countedAt, begun);
        // The servers of these tests are idle, so the mark stays.
        const auto again = value(store::readSnapshot(*reader, begun.addSecs(20), kept));
        QCOMPARE(again.counts.pending, 5);
        QCOMPARE(again.takenAt, begun.addSecs(20));
        QCOMPARE(kept.countedAt, begun);
        StoreFixture::set(*writer, ids.first(), u"\"status\" = 'failed'"_s);
        const auto moved = value(store::readSnapshot(*reader, begun.addSecs(30), kept));
        QCOMPARE(moved.counts.pending, 4);
        QCOMPARE(moved.counts.failed, 1);
        QCOMPARE(moved.recentFailures.size(), 1);
        QCOMPARE(kept.countedAt, begun.addSecs(30));
        // A mark of another connection says nothing.
        const auto other = m_fixture.open(url);
        QVERIFY(store::readSnapshot(*other, begun.addSecs(40), kept).has_value());
        QCOMPARE(kept.countedAt, begun.addSecs(40));
    }

    void whatIsKeptEqualsWhatIsCounted_data() { kinds(); }
    void whatIsKeptEqualsWhatIsCounted()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto writer = m_fixture.open(url);
        const auto reader = m_fixture.open(url);
        domain::JobIds ids = StoreFixture::add(*writer, 40);
        store::KeptFigures kept;
        QRandomGenerator random(23);
        QDateTime now = QDateTime::currentDateTimeUtc();
        for (int round = 0; round < 150; ++round) {
            const domain::JobId id = ids[random.bounded(int(ids.size()))];
            switch (random.bounded(6)) {
            case 0: StoreFixture::set(*writer, id, u"\"status\" = 'failed'"_s); break;
            case 1: StoreFixture::set(*writer, id, u"\"status\" = 'completed'"_s); break;
            case 2: StoreFixture::set(*writer, id, u"\"status\" = 'processing'"_s); break;
            case 3: StoreFixture::set(*writer, id, u"\"attempts\" = 3"_s); break;
            case 4: ids += StoreFixture::add(*writer, 1, u"bulk_import"_s); break;
            default: break; // nothing happens
            }
            now = now.addSecs(1);
            const auto figures = value(store::readSnapshot(*reader, now, kept));
            const auto counted = value(store::readSnapshot(
                reader->connection(), reader->shape(),
                store::sqlText(reader->shape().dialect, reader->shape().isGuest()), now));
            QCOMPARE(figures.counts, counted.counts);
            QCOMPARE(figures.byType, counted.byType);
            QCOMPARE(figures.dead, counted.dead);
            QCOMPARE(figures.stuck, counted.stuck);
            QCOMPARE(figures.oldestPending, counted.oldestPending);
            QCOMPARE(figures.recentFailures.size(), counted.recentFailures.size());
            QCOMPARE(figures.completedLastHour, counted.completedLastHour);
            QCOMPARE(figures.failedLastHour, counted.failedLastHour);
        }
    }
};

QTEST_GUILESS_MAIN(TestSnapshotReader)
#include "tst_snapshotreader.moc"
