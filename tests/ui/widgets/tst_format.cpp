// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"

#include <QTest>
#include <QTimeZone>

using namespace queuedeck::ui;
using namespace std::chrono;
using namespace Qt::StringLiterals;

class TestFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void durations_data()
    {
        QTest::addColumn<qint64>("s");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << qint64(0) << u"0 s"_s;
        QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
        QTest::newRow("seconds") << qint64(42) << u"42 s"_s;
        QTest::newRow("last second") << qint64(59) << u"59 s"_s;
        QTest::newRow("minute") << qint64(60) << u"1 min"_s;
        QTest::newRow("minutes") << qint64(12 * 60 + 59) << u"12 min"_s;
        QTest::newRow("hour") << qint64(64 * 60) << u"1 h 04"_s;
        QTest::newRow("last of the day") << qint64(86399) << u"23 h 59"_s;
        QTest::newRow("days") << qint64(5 * 86400 + 3 * 3600) << u"5 d 3 h"_s;
    }
    void durations()
    {
        QFETCH(qint64, s);
        QTEST(formatDuration(seconds(s)), "text");
    }

    void ages()
    {
        const QDateTime now(QDate(2026, 11, 23), QTime(14, 42), Qt::UTC);
        QCOMPARE(formatAge(now.addSecs(-42), now), u"42 s"_s);
        QCOMPARE(formatAge(now.addSecs(180), now), u"in 3 min"_s);
        QCOMPARE(formatAge(now.addMSecs(500), now), u"0 s"_s);
        QCOMPARE(formatAge(now.addDays(-14).addSecs(1), now), u"13 d 23 h"_s);
        QCOMPARE(formatAge(now.addDays(-14), now), u"2026-11-09"_s);
        QCOMPARE(formatAge(QDateTime(), now), u"not known"_s);
    }

    void timesFollowTheZone()
    {
        const QDateTime at(QDate(2026, 11, 23), QTime(14, 42, 7), Qt::UTC);
        setTimeZone(TimeZone::Utc);
        QCOMPARE(formatTime(at), u"2026-11-23 14:42:07"_s);
        QCOMPARE(formatTime(at.toOffsetFromUtc(7 * 3600)), u"2026-11-23 14:42:07"_s);
        setTimeZone(TimeZone::Local);
        QCOMPARE(formatTime(at), at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s));
        setTimeZone(TimeZone::Utc);
        QVERIFY(formatBothTimes(at).startsWith(u"2026-11-23 14:42:07.000 UTC\n"_s));
    }

    void runTimes()
    {
        QCOMPARE(formatRunTime(212ms), u"212 ms"_s);
        QCOMPARE(formatRunTime(4250ms), u"4.2 s"_s);
        QCOMPARE(formatRunTime(59'999ms), u"59.9 s"_s);
        QCOMPARE(formatRunTime(200s), u"3 min 20 s"_s);
    }

    void countsAndSizes()
    {
        QCOMPARE(formatCount(49731), u"49,731"_s);
        QCOMPARE(formatCount(0), u"0"_s);
        QCOMPARE(formatBytes(214), u"214 bytes"_s);
        QCOMPARE(formatBytes(412'000), u"412 kB"_s);
        QCOMPARE(formatBytes(1'900'000), u"1.9 MB"_s);
        QCOMPARE(formatBytes(338'000'000), u"338 MB"_s);
        QCOMPARE(formatBytes(999'600), u"1.0 MB"_s);
    }

    void confidenceIsNeverRoundedUp()
    {
        QCOMPARE(formatConfidence(0.97), u"0.97"_s);
        QCOMPARE(formatConfidence(0.999), u"0.99"_s);
        QCOMPARE(formatConfidence(0.7499), u"0.74"_s);
        QCOMPARE(formatConfidence(1.0), u"1.00"_s);
    }

    void controlCharactersAreSeen()
    {
        QCOMPARE(showControls(u"a\tb\x1b[0m"_s), u"a\u2409b\u241b[0m"_s);
        QCOMPARE(showControls(QString(QChar(0))), u"\u2400"_s);
        QCOMPARE(showControls(u"x\u202egpj"_s), u"x\ufffdgpj"_s);
        QCOMPARE(showControls(u"Ünïcode 漢字"_s), u"Ünïcode 漢字"_s);
    }

    void firstLines()
    {
        QCOMPARE(firstLine(u"\n  \n  Vision request: timeout\nat line 3"_s),
                 u"Vision request: timeout"_s);
        QCOMPARE(firstLine(QString()), QString());
        QCOMPARE(shortId(u"7c1f09be-58d2-4e0b-9a1c-3d2e1f0a9b8c"_s), u"7c1f09be"_s);
        QCOMPARE(shortId(u"a\u202Eb"_s), u"a\uFFFDb"_s);
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
