// SPDX-License-Identifier: GPL-3.0-or-later
// A rule tried out on a history.
#include "core/alerts/alertpreview.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::alerts;

namespace {
const QDateTime kNow(QDate(2026, 11, 23), QTime(14, 30), Qt::UTC);

// A quiet week of 50 jobs an hour.
domain::History week()
{
    domain::History history;
    history.period = domain::HistoryPeriod::Week;
    const domain::HistorySpan span = domain::spanOf(history.period, kNow);
    history.step = span.step;
    history.readAt = kNow;
    history.begunAt = kNow.addDays(-30);
    for (int i = 0; i < span.steps; ++i) {
        domain::HistoryBucket bucket;
        bucket.from = QDateTime::fromMSecsSinceEpoch(span.from + i * 3'600'000LL, Qt::UTC);
        bucket.figures.completed = 50;
        bucket.enqueued = 50;
        bucket.oldestPending = 60s;
        history.buckets += bucket;
    }
    return history;
}
} // namespace

class TestAlertPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsOutages()
    {
        domain::History history = week();
        for (const int hour : {40, 41, 42, 90})
            history.buckets[hour].oldestPending = 546s;
        for (const int hour : {40, 41, 90})
            history.buckets[hour].enqueued = 70;
        history.buckets[167].oldestPending = 372s;
        history.buckets[167].enqueued = 60;
        const AlertPreview preview = previewOf(presetRules().first(), history);
        QVERIFY(preview.whyNot.isEmpty());
        QCOMPARE(preview.outages.size(), 3);
        QCOMPARE(preview.outages[0].began, history.buckets[40].from);
        QCOMPARE(preview.outages[0].ended, history.buckets[43].from);
        QCOMPARE(preview.outages[0].peak, 546.0);
        QVERIFY(preview.outages[2].isOn());
        QCOMPARE(preview.curve.size(), 168);
        QCOMPARE(preview.watched, std::chrono::seconds(168h));
    }

    void aQuietWeek()
    {
        for (const Rule& rule : presetRules()) {
            const AlertPreview preview = previewOf(rule, week());
            QVERIFY2(preview.outages.isEmpty(), qPrintable(rule.name));
        }
    }

    void sharesByTheHour()
    {
        domain::History history = week();
        history.buckets[10].figures.failed = 30;
        history.buckets[20].figures = {};
        history.buckets[20].figures.failed = 15; // too few
        const AlertPreview preview = previewOf(
            {u"r"_s, u"Fail"_s, true, {}, {{Series::FailedShare, Test::Above, 5, 0s, 15min, 20}}},
            history);
        QCOMPARE(preview.outages.size(), 1);
        QCOMPARE(preview.outages[0].peak, 37.5);
    }

    // A history that began three hours ago, and one that holds nothing.
    void shortHistories()
    {
        domain::History history = week();
        history.begunAt = kNow.addSecs(-3 * 3600);
        AlertPreview preview = previewOf(presetRules().first(), history);
        QCOMPARE(preview.watched, std::chrono::seconds(4h)); // steps it has a part of
        QVERIFY(!preview.curve.first().second);
        history.begunAt = {};
        preview = previewOf(presetRules().first(), history);
        QCOMPARE(preview.watched, 0s);
        QVERIFY(preview.outages.isEmpty());
    }

    void whatIsNotRecordedIsSaid()
    {
        const AlertPreview preview =
            previewOf({u"r"_s, u"Stuck"_s, true, {}, {{Series::Stuck, Test::Above, 0}}}, week());
        QVERIFY(preview.whyNot.contains("not recorded"_L1));
    }
};

QTEST_APPLESS_MAIN(TestAlertPreview)
#include "tst_alertpreview.moc"
