// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/dueruns.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using schedule::DueRuns;
using schedule::dueRuns;
using schedule::handledBefore;

namespace {
QDateTime utc(const QString& time)
{
    return QDateTime::fromString(u"2026-11-%1Z"_s.arg(time), Qt::ISODate);
}
} // namespace

class TestDueRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeDue_data()
    {
        QTest::addColumn<QString>("cron");
        QTest::addColumn<QString>("handledUntil");
        QTest::addColumn<QString>("now");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("missed");
        QTest::newRow("none yet") << u"0 * * * *"_s << u"23T10:00:00"_s << u"23T10:59:59"_s << 0
                                  << 0;
        QTest::newRow("just now") << u"0 * * * *"_s << u"23T10:00:00"_s << u"23T11:00:00"_s << 1
                                  << 0;
        QTest::newRow("a little late")
            << u"0 * * * *"_s << u"23T10:00:00"_s << u"23T11:01:29"_s << 1 << 0;
        QTest::newRow("too late") << u"0 * * * *"_s << u"23T10:00:00"_s << u"23T11:02:00"_s << 1
                                  << 1;
        QTest::newRow("several, the last just now")
            << u"0 * * * *"_s << u"23T10:00:00"_s << u"23T14:00:10"_s << 4 << 3;
        QTest::newRow("several, all late")
            << u"0 * * * *"_s << u"23T10:00:00"_s << u"23T14:30:00"_s << 4 << 4;
        QTest::newRow("as many as are counted")
            << u"* * * * *"_s << u"22T00:00:00"_s << u"22T16:40:00"_s << 1000 << 999;
        QTest::newRow("more than are counted")
            << u"* * * * *"_s << u"22T00:00:00"_s << u"22T16:41:00"_s << 1000 << 1000;
    }
    void comeDue()
    {
        QFETCH(QString, cron);
        QFETCH(QString, handledUntil);
        QFETCH(QString, now);
        QFETCH(int, count);
        const auto parsed = domain::Cron::parse(cron);
        QVERIFY(parsed.has_value());
        const DueRuns due = dueRuns(*parsed, QTimeZone::utc(), utc(handledUntil), utc(now));
        QCOMPARE(due.count, count);
        QCOMPARE(due.isEmpty(), count == 0);
        QCOMPARE(due.first.isValid(), count > 0);
        QTEST(due.missed(), "missed");
    }

    void aClockThatWasSetBackSilencesNothing()
    {
        const QDateTime now = utc(u"23T10:00:00"_s);
        QCOMPARE(handledBefore({}, now), now);
        QCOMPARE(handledBefore(utc(u"23T09:00:00"_s), now), utc(u"23T09:00:00"_s));
        QCOMPARE(handledBefore(utc(u"23T10:01:00"_s), now), utc(u"23T10:01:00"_s));
        QCOMPARE(handledBefore(utc(u"23T12:00:00"_s), now), now);
    }
};

QTEST_APPLESS_MAIN(TestDueRuns)
#include "tst_dueruns.moc"
