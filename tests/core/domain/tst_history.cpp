// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/history.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsDoNotOverlap();
    void periodsEndNow_data();
    void periodsEndNow();
    void periodsHaveTexts();
    void stepsAreKeptForTheirPeriods();
    void drains();
};

void TestHistory::stepsDoNotOverlap()
{
    for (const HistoryStep step : {HistoryStep::Minute, HistoryStep::Hour, HistoryStep::Day}) {
        const qint64 length = std::chrono::milliseconds(lengthOf(step)).count();
        for (const qint64 ms : {qint64(-1), qint64(0), qint64(1), length - 1, length,
                                qint64(1'795'910'400'123), -length - 1}) {
            const qint64 begin = beginOf(step, ms);
            QVERIFY(begin <= ms && ms < begin + length);
            QCOMPARE(begin % length, 0);
        }
    }
    QCOMPARE(beginOf(HistoryStep::Total, 1'795'910'400'123), 0);
}

void TestHistory::periodsEndNow_data()
{
    QTest::addColumn<QDateTime>("now");
    const QTimeZone berlin("Europe/Berlin");
    const auto local = [&](const QDate& day, const QTime& time) {
        return QDateTime(day, time, berlin);
    };
    QTest::newRow("at noon") << local({2026, 11, 29}, {12, 0});
    QTest::newRow("a moment after midnight") << local({2026, 11, 29}, {0, 0, 0, 1});
    QTest::newRow("midnight in UTC") << QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    QTest::newRow("summer time begins") << local({2026, 3, 29}, {3, 0, 1});
    QTest::newRow("summer time ends") << local({2026, 10, 25}, {2, 30});
    QTest::newRow("half an hour beside UTC")
        << QDateTime(QDate(2026, 5, 5), QTime(0, 10), QTimeZone("Asia/Kolkata"));
}

// Steps are in UTC, so no change of the clocks makes one longer, shorter, or appear twice.
void TestHistory::periodsEndNow()
{
    QFETCH(QDateTime, now);
    const qint64 ms = now.toMSecsSinceEpoch();
    for (const QString& text : periodTexts()) {
        const HistorySpan span = spanOf(*periodFromText(text), now);
        const qint64 length = std::chrono::milliseconds(lengthOf(span.step)).count();
        QCOMPARE(span.to() - span.from, span.steps * length);
        QVERIFY(span.to() - length <= ms && ms < span.to());
        QCOMPARE(span.from % length, 0);
        QCOMPARE(spanOf(*periodFromText(text), now.toUTC()).from, span.from);
    }
}

void TestHistory::periodsHaveTexts()
{
    QCOMPARE(periodTexts(), (QStringList{u"15m"_s, u"1h"_s, u"24h"_s, u"7d"_s, u"90d"_s}));
    for (const QString& text : periodTexts())
        QCOMPARE(periodText(*periodFromText(text)), text);
    QVERIFY(!periodFromText(u"2h"_s));
}

void TestHistory::stepsAreKeptForTheirPeriods()
{
    const QDateTime now(QDate(2026, 11, 29), QTime(23, 59, 59), Qt::UTC);
    for (const QString& text : periodTexts()) {
        const HistorySpan span = spanOf(*periodFromText(text), now);
        QVERIFY2(now.toMSecsSinceEpoch() - std::chrono::milliseconds(*kept(span.step)).count() <=
                     span.from,
                 qPrintable(text));
    }
    QVERIFY(!kept(HistoryStep::Total));
}

void TestHistory::drains()
{
    using Kind = DrainEstimate::Kind;
    QCOMPARE(drainEstimate(0, 5, 1).kind, Kind::Empty);
    QCOMPARE(drainEstimate(-1, {}, {}).kind, Kind::Empty);
    QCOMPARE(drainEstimate(10, {}, 5).kind, Kind::Unknown);
    QCOMPARE(drainEstimate(10, 5, {}).kind, Kind::Unknown);
    QCOMPARE(drainEstimate(10, 0, 0).kind, Kind::Unknown);
    QCOMPARE(drainEstimate(10, 44, 36).kind, Kind::NotDraining);
    QCOMPARE(drainEstimate(10, 36, 36).kind, Kind::NotDraining);
    const DrainEstimate estimate = drainEstimate(1200, 36, 44);
    QCOMPARE(estimate.kind, Kind::Drains);
    QCOMPARE(estimate.left, std::chrono::minutes(150));
    QVERIFY(drainEstimate(std::numeric_limits<qint64>::max(), 1, 1.0000001).left.count() > 0);
}

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
