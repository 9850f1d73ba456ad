// SPDX-License-Identifier: GPL-3.0-or-later
// Cron expressions: which are accepted, which are refused and why, and when they run, around month
// ends, leap days and clock changes; compared with a walker that checks every minute.
#include "core/domain/cron.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

namespace {
Cron cronOf(const QString& text)
{
    const auto cron = Cron::parse(text);
    if (!cron)
        qFatal("%s: %s", qPrintable(text), qPrintable(cron.error().message));
    return *cron;
}

QDateTime utc(const QString& text)
{
    QDateTime time = QDateTime::fromString(text, u"yyyy-MM-dd HH:mm"_s);
    if (!time.isValid())
        time = QDateTime::fromString(text, u"yyyy-MM-dd HH:mm:ss"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

// Steps through time minute by minute, as a cron daemon would, independently of how next() skips
// ahead.
class Walker
{
public:
    Walker(const Cron& cron, const QTimeZone& zone, const QDateTime& from)
        : m_cron(cron)
        , m_zone(zone)
        , m_now(from.toSecsSinceEpoch() / 60)
        , m_lastWall(wall(m_now - kSecondsBefore))
    {
        for (qint64 t = m_now - kSecondsBefore; t <= m_now; ++t)
            step(t);
    }

    /// The next run up to `end`.
    QDateTime next(const QDateTime& end)
    {
        while (m_now < end.toSecsSinceEpoch() / 60) {
            ++m_now;
            if (step(m_now))
                return QDateTime::fromSecsSinceEpoch(m_now * 60, Qt::UTC);
        }
        return {};
    }

private:
    static constexpr qint64 kSecondsBefore = 300; // to recognise the second pass of a repeated hour

    qint64 wall(qint64 t) const
    {
        const QDateTime instant = QDateTime::fromSecsSinceEpoch(t * 60, Qt::UTC);
        return t + m_zone.offsetFromUtc(instant) / 60;
    }
    bool fits(qint64 wallMinute) const
    {
        const QDateTime shown = QDateTime::fromSecsSinceEpoch(wallMinute * 60, Qt::UTC);
        const QDate date = shown.date();
        const bool day = m_cron.has(Cron::Day, date.day());
        const bool weekday = m_cron.has(Cron::Weekday, date.dayOfWeek() % 7);
        const QStringList fields = m_cron.numbers().split(u' ');
        const bool either = !fields[2].startsWith(u'*') && !fields[4].startsWith(u'*');
        return m_cron.has(Cron::Minute, shown.time().minute()) &&
               m_cron.has(Cron::Hour, shown.time().hour()) &&
               m_cron.has(Cron::Month, date.month()) && (either ? day || weekday : day && weekday);
    }
    bool step(qint64 t)
    {
        const qint64 now = wall(t);
        bool runs = false;
        if (m_cron.values(Cron::Hour).size() == 24) {
            runs = fits(now);
        } else {
            for (qint64 shown = m_lastWall + 1; shown <= now; ++shown)
                runs |= fits(shown);
        }
        m_lastWall = std::max(m_lastWall, now);
        return runs;
    }

    const Cron& m_cron;
    const QTimeZone m_zone;
    qint64 m_now;
    qint64 m_lastWall; // the latest time the clock has shown
};
} // namespace

// Vixie cron's interpretation of an expression, step by step as in its entry.c: lists of numbers
// and names, 7 is 0, and a day field that begins with a star sets a flag, whatever follows the
// star.
class Vixie
{
public:
    explicit Vixie(const QString& text)
    {
        static constexpr int kLow[]{0, 0, 1, 1, 0};
        static constexpr int kHigh[]{59, 23, 31, 12, 7};
        const QStringList fields = text.split(u' ');
        for (int i = 0; i < 5; ++i) {
            m_hasStar[i] = fields[i].startsWith(u'*');
            for (const QString& range : fields[i].split(u','))
                add(i, range, kLow[i], kHigh[i]);
        }
        if (has(4, 0) || has(4, 7))
            m_bits[4] |= 1U | (1U << 7);
    }
    bool has(int field, int value) const { return (m_bits[field] >> value) & 1U; }
    bool runsOn(QDate day) const
    {
        const bool dom = has(2, day.day());
        const bool dow = has(4, day.dayOfWeek() % 7);
        return has(3, day.month()) && (m_hasStar[2] || m_hasStar[4] ? dom && dow : dom || dow);
    }

private:
    void add(int field, const QString& range, int low, int high)
    {
        const QStringList sides = range.split(u'/');
        const QStringList ends = sides[0].split(u'-');
        const int from = sides[0] == u"*"_s ? low : number(ends[0]);
        const int to = sides[0] == u"*"_s ? high : number(ends.last());
        const int step = sides.size() > 1 ? sides[1].toInt() : 1;
        for (int value = from; value <= to; value += step)
            m_bits[field] |= quint64(1) << value;
    }
    static int number(const QString& text)
    {
        static const QStringList kNames{u"sun"_s, u"mon"_s, u"tue"_s, u"wed"_s,
                                        u"thu"_s, u"fri"_s, u"sat"_s};
        const qsizetype name = kNames.indexOf(text.toLower());
        return name < 0 ? text.toInt() : int(name);
    }

    quint64 m_bits[5]{};
    bool m_hasStar[5]{};
};

class tst_Cron : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields_data();
    void fields();
    void refused_data();
    void refused();
    void numbers_data();
    void numbers();
    void runs_data();
    void runs();
    void severalRuns();
    void meansWhatVixieCronMeans();
    void walker_data();
    void walker();
    void anyText();
};

void tst_Cron::fields_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QVector<int>>("values");
    const auto row = [](const char* cron, Cron::Field field, const QVector<int>& values) {
        QTest::newRow(cron) << int(field) << values;
    };
    row("0 * * * *", Cron::Minute, {0});
    row("00 * * * *", Cron::Minute, {0});
    row("59 * * * *", Cron::Minute, {59});
    row("1,2,1 * * * *", Cron::Minute, {1, 2});
    row("5-7 * * * *", Cron::Minute, {5, 6, 7});
    row("5-5 * * * *", Cron::Minute, {5});
    row("*/20 * * * *", Cron::Minute, {0, 20, 40});
    row("*/25 * * * *", Cron::Minute, {0, 25, 50});
    row("10-30/10 * * * *", Cron::Minute, {10, 20, 30});
    row("10-35/10 * * * *", Cron::Minute, {10, 20, 30});
    row("1,10-12,*/30 * * * *", Cron::Minute, {0, 1, 10, 11, 12, 30});
    row("0 22-23,0-1 * * *", Cron::Hour, {0, 1, 22, 23});
    row("0 */7 * * *", Cron::Hour, {0, 7, 14, 21});
    row("0 0 */10 * *", Cron::Day, {1, 11, 21, 31});
    row("0 0 1 */3 *", Cron::Month, {1, 4, 7, 10});
    row("0 0 1 jan,Dec *", Cron::Month, {1, 12});
    row("0 0 1 JUN-AUG *", Cron::Month, {6, 7, 8});
    row("0 0 * * 0", Cron::Weekday, {0});
    row("0 0 * * 7", Cron::Weekday, {0});
    row("0 0 * * 0,7", Cron::Weekday, {0});
    row("0 0 * * 5-7", Cron::Weekday, {0, 5, 6});
    row("0 0 * * 1-7/2", Cron::Weekday, {0, 1, 3, 5});
    row("0 0 * * 0-7", Cron::Weekday, {0, 1, 2, 3, 4, 5, 6});
    row("0 0 * * mon", Cron::Weekday, {1});
    row("0 0 * * Mon-Fri", Cron::Weekday, {1, 2, 3, 4, 5});
    row("0 0 * * FRI-SUN", Cron::Weekday, {0, 5, 6});
    row("0 0 * * SUN-TUE", Cron::Weekday, {0, 1, 2});
    row("0 0 * * */2", Cron::Weekday, {0, 2, 4, 6});
    row("  0\t0  *  *\t1 ", Cron::Weekday, {1});
    row("@hourly", Cron::Minute, {0});
    row("@Daily", Cron::Hour, {0});
    row("@midnight", Cron::Hour, {0});
    row("@weekly", Cron::Weekday, {0});
    row("@monthly", Cron::Day, {1});
    row("@yearly", Cron::Month, {1});
    row("@annually", Cron::Month, {1});
}

void tst_Cron::fields()
{
    QFETCH(int, field);
    QFETCH(QVector<int>, values);
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    const Cron cron = cronOf(text);
    QCOMPARE(cron.values(Cron::Field(field)), values);
    QCOMPARE(cron.text(), text.trimmed());
}

void tst_Cron::refused_data()
{
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* cron, int position, const char* part) {
        QTest::newRow(cron) << position << QString::fromLatin1(part);
    };
    row("", 0, "minute hour day month weekday");
    row("   ", 0, "minute hour day month weekday");
    row("*/5", 3, "Only 1 of five fields");
    row("*/5 * * *", 9, "Only 4 of five fields");
    row("0 0 * * * *", 10, "There are 6 fields");
    row("60 * * * *", 0, "A minute is a number from 0 to 59.");
    row("-1 * * * *", 0, "A minute is missing");
    row("1- * * * *", 2, "A minute is missing");
    row("1-2-3 * * * *", 4, "two ends");
    row("1,,2 * * * *", 2, "A minute is missing");
    row("1, * * * *", 2, "A minute is missing");
    row("* 24 * * *", 2, "An hour is a number from 0 to 23.");
    row("* * 0 * *", 4, "A day of the month is a number from 1 to 31.");
    row("* * 32 * *", 4, "A day of the month");
    row("* * * 13 *", 6, "JAN to DEC");
    row("* * * 0 *", 6, "JAN to DEC");
    row("* * * MON *", 6, "JAN to DEC");
    row("* * * * 8", 8, "SUN to SAT");
    row("* * * * FEB", 8, "SUN to SAT");
    row("* * * * 1,9", 10, "SUN to SAT");
    row("* 22-4 * * *", 2, "Write 22-23,0-4");
    row("* * * * 5-1", 8, "Write 5-6,0-1");
    row("5/10 * * * *", 0, "5-59/10");
    row("*/0 * * * *", 2, "A step is a number from 1");
    row("*/ * * * *", 2, "A step is a number from 1");
    row("*/x * * * *", 2, "A step is a number from 1");
    row("*/5/2 * * * *", 4, "One step is enough");
    row("*/60 * * * *", 2, "leaves only 0");
    row("*/90 * * * *", 2, "leaves only 0");
    row("5-10/6 * * * *", 5, "leaves only 5");
    row("0 0 1-7 * */8", 12, "Write */7, which means the same");
    row("0 0 */40 * 1", 6, "Write */31, which means the same");
    row("* 22-4/2 * * *", 2, "Write 22-23/2,0-4/2");
    row("1.5 * * * *", 0, "A minute is");
    row("+5 * * * *", 0, "A minute is");
    row("00005 * * * *", 0, "A minute is");
    row("99999999999999999999 * * * *", 0, "A minute is");
    row("0 0 ? * *", 4, "Write * for any");
    row("0 0 L * *", 4, "another kind of cron");
    row("0 0 15W * *", 4, "another kind of cron");
    row("0 0 * * 5#2", 8, "another kind of cron");
    row("0 0 * * MONDAY", 8, "SUN to SAT");
    row("@reboot", 0, "@hourly, @daily");
    row("@every 5m", 0, "@hourly, @daily");
    row("@daily 5", 7, "Nothing may follow");
    row("0 0 31 2 *", 4, "would never run");
    row("0 0 30 2 *", 4, "would never run");
    row("0 0 31 4,6,9,11 *", 4, "would never run");
    row("0 0 30,31 FEB */2", 4, "would never run");
}

void tst_Cron::refused()
{
    QFETCH(int, position);
    QFETCH(QString, part);
    const auto cron = Cron::parse(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!cron);
    QVERIFY2(cron.error().message.contains(part), qPrintable(cron.error().message));
    QVERIFY2(cron.error().message.endsWith(u'.') || cron.error().message.endsWith(u'*'),
             qPrintable(cron.error().message));
    QCOMPARE(int(cron.error().position), position);
}

void tst_Cron::numbers_data()
{
    QTest::addColumn<QString>("numbers");
    QTest::newRow("*/5 * * * *") << u"*/5 * * * *"_s;
    QTest::newRow("@daily") << u"0 0 * * *"_s;
    QTest::newRow("0 9 * JAN,jul MON-FRI") << u"0 9 * 1,7 1-5"_s;
    QTest::newRow("0 9 * * FRI-SUN") << u"0 9 * * 5,6,0"_s;
    QTest::newRow("0 9 * * 1-7/3") << u"0 9 * * 1,4,0"_s;
    QTest::newRow("0 9 * * 7") << u"0 9 * * 0"_s;
    QTest::newRow("05 09 */2 * *") << u"5 9 */2 * *"_s;
    QTest::newRow("0 0 1-7 * */7") << u"0 0 1-7 * */7"_s;
}

void tst_Cron::numbers()
{
    QFETCH(QString, numbers);
    const Cron cron = cronOf(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(cron.numbers(), numbers);
    QCOMPARE(cronOf(numbers).numbers(), numbers);
    for (int field = 0; field < Cron::kFields; ++field)
        QCOMPARE(cronOf(numbers).values(Cron::Field(field)), cron.values(Cron::Field(field)));
}

void tst_Cron::runs_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("expected"); // UTC
    const auto row = [](const char* name, const char* cron, const char* zone, const char* after,
                        const QStringList& expected) {
        QTest::newRow(name) << QString::fromLatin1(cron) << QByteArray(zone)
                            << QString::fromLatin1(after) << expected;
    };
    row("a run is after, not at", "*/5 * * * *", "UTC", "2026-11-23 10:05",
        {u"2026-11-23 10:10"_s, u"2026-11-23 10:15"_s});
    row("seconds are rounded up", "* * * * *", "UTC", "2026-11-23 10:05:59",
        {u"2026-11-23 10:06"_s});
    row("a second before", "5 10 * * *", "UTC", "2026-11-23 10:04:59", {u"2026-11-23 10:05"_s});
    row("new year", "*/30 * * * *", "UTC", "2026-12-31 23:30", {u"2027-01-01 00:00"_s});
    row("31st of months", "0 0 31 * *", "UTC", "2026-01-31 00:00",
        {u"2026-03-31 00:00"_s, u"2026-05-31 00:00"_s, u"2026-07-31 00:00"_s,
         u"2026-08-31 00:00"_s});
    row("leap day", "0 12 29 2 *", "UTC", "2026-01-01 00:00",
        {u"2028-02-29 12:00"_s, u"2032-02-29 12:00"_s});
    row("no leap day in 2100", "0 12 29 2 *", "UTC", "2096-02-29 12:00", {u"2104-02-29 12:00"_s});
    row("leap day and weekday: both", "0 0 29 2 */6", "UTC", "2005-01-01 00:00",
        {u"2020-02-29 00:00"_s, u"2032-02-29 00:00"_s});
    row("day or weekday", "0 0 13 * FRI", "UTC", "2026-11-01 00:00",
        {u"2026-11-06 00:00"_s, u"2026-11-13 00:00"_s, u"2026-11-20 00:00"_s, u"2026-11-27 00:00"_s,
         u"2026-12-04 00:00"_s, u"2026-12-11 00:00"_s, u"2026-12-13 00:00"_s});
    row("star with a step is not given", "0 0 */2 * MON", "UTC", "2026-11-01 00:00",
        {u"2026-11-09 00:00"_s, u"2026-11-23 00:00"_s, u"2026-12-07 00:00"_s});
    row("never the 31st, but Mondays", "0 0 31 2 MON", "UTC", "2026-01-01 00:00",
        {u"2026-02-02 00:00"_s, u"2026-02-09 00:00"_s});
    row("Sunday as 7", "0 0 * * 7", "UTC", "2026-11-23 00:00", {u"2026-11-29 00:00"_s});

    // Europe/Berlin, 29 March 2026: 02:00 CET becomes 03:00 CEST at 01:00 UTC.
    row("Berlin, skipped: once at the shift", "30 2 * * *", "Europe/Berlin", "2026-03-28 02:00",
        {u"2026-03-29 01:00"_s, u"2026-03-30 00:30"_s});
    row("Berlin, several skipped: once", "0,15,30,45 2 * * *", "Europe/Berlin", "2026-03-28 02:00",
        {u"2026-03-29 01:00"_s, u"2026-03-30 00:00"_s});
    row("Berlin, at the start of the gap", "0 2 * * *", "Europe/Berlin", "2026-03-28 02:00",
        {u"2026-03-29 01:00"_s, u"2026-03-30 00:00"_s});
    row("Berlin, at the end of the gap", "0 3 * * *", "Europe/Berlin", "2026-03-28 12:00",
        {u"2026-03-29 01:00"_s, u"2026-03-30 01:00"_s});
    row("Berlin, skipped and the end: once", "0 2,3 * * *", "Europe/Berlin", "2026-03-28 12:00",
        {u"2026-03-29 01:00"_s, u"2026-03-30 00:00"_s});
    row("Berlin, an interval goes on", "*/30 * * * *", "Europe/Berlin", "2026-03-29 00:29",
        {u"2026-03-29 00:30"_s, u"2026-03-29 01:00"_s, u"2026-03-29 01:30"_s});
    row("Berlin, an interval makes nothing up", "30 * * * *", "Europe/Berlin", "2026-03-29 00:00",
        {u"2026-03-29 00:30"_s, u"2026-03-29 01:30"_s});
    // 25 October 2026: 03:00 CEST becomes 02:00 CET at 01:00 UTC.
    row("Berlin, doubled: the first time", "30 2 * * *", "Europe/Berlin", "2026-10-24 12:00",
        {u"2026-10-25 00:30"_s, u"2026-10-26 01:30"_s});
    row("Berlin, asked between the two", "30 2 * * *", "Europe/Berlin", "2026-10-25 01:10",
        {u"2026-10-26 01:30"_s});
    row("Berlin, at the shift itself", "0 2 * * *", "Europe/Berlin", "2026-10-25 00:30",
        {u"2026-10-26 01:00"_s});
    row("Berlin, after the doubled hour", "0 3 * * *", "Europe/Berlin", "2026-10-25 00:10",
        {u"2026-10-25 02:00"_s});
    row("Berlin, an interval runs in both", "*/30 * * * *", "Europe/Berlin", "2026-10-25 00:10",
        {u"2026-10-25 00:30"_s, u"2026-10-25 01:00"_s, u"2026-10-25 01:30"_s,
         u"2026-10-25 02:00"_s});

    // America/New_York: 8 March and 1 November 2026.
    row("New York, skipped", "30 2 * * *", "America/New_York", "2026-03-07 12:00",
        {u"2026-03-08 07:00"_s, u"2026-03-09 06:30"_s});
    row("New York, doubled", "30 1 * * *", "America/New_York", "2026-10-31 12:00",
        {u"2026-11-01 05:30"_s, u"2026-11-02 06:30"_s});
    row("New York, midnight", "0 0 * * *", "America/New_York", "2026-10-31 12:00",
        {u"2026-11-01 04:00"_s, u"2026-11-02 05:00"_s});
    row("New York, weekday of the place", "0 22 * * SUN", "America/New_York", "2026-11-23 00:00",
        {u"2026-11-23 03:00"_s, u"2026-11-30 03:00"_s});

    row("Bangkok, 7 hours ahead", "0 0 * * *", "Asia/Bangkok", "2026-03-29 00:00",
        {u"2026-03-29 17:00"_s, u"2026-03-30 17:00"_s});
    row("Kathmandu, 5 h 45 min", "0 * * * *", "Asia/Kathmandu", "2026-03-29 00:00",
        {u"2026-03-29 00:15"_s, u"2026-03-29 01:15"_s});
    row("Lord Howe shifts by half an hour", "15 2 * * *", "Australia/Lord_Howe", "2026-10-02 20:00",
        {u"2026-10-03 15:30"_s, u"2026-10-04 15:15"_s});
    row("Samoa left out a day", "0 12 30 12 *", "Pacific/Apia", "2011-01-01 00:00",
        {u"2011-12-30 10:00"_s, u"2012-12-29 22:00"_s});
    row("Beirut shifts at midnight", "0 0 * * *", "Asia/Beirut", "2026-03-28 00:00",
        {u"2026-03-28 22:00"_s, u"2026-03-29 21:00"_s});
    row("a fixed offset", "0 8 * * *", "UTC+02:00", "2026-03-28 12:00", {u"2026-03-29 06:00"_s});
}

void tst_Cron::runs()
{
    QFETCH(QString, cron);
    QFETCH(QByteArray, zone);
    QFETCH(QString, after);
    QFETCH(QStringList, expected);
    const QTimeZone place(zone);
    QVERIFY(place.isValid());
    QStringList found;
    const QVector<QDateTime> runs = cronOf(cron).nextRuns(int(expected.size()), utc(after), place);
    for (const QDateTime& run : runs) {
        QCOMPARE(run.timeSpec(), Qt::UTC);
        found += run.toString(u"yyyy-MM-dd HH:mm"_s);
    }
    QCOMPARE(found, expected);
}

void tst_Cron::severalRuns()
{
    const QVector<QDateTime> runs =
        cronOf(u"*/5 * * * *"_s).nextRuns(3, utc(u"2026-11-23 14:42"_s), QTimeZone::utc());
    QCOMPARE(runs, (QVector<QDateTime>{utc(u"2026-11-23 14:45"_s), utc(u"2026-11-23 14:50"_s),
                                       utc(u"2026-11-23 14:55"_s)}));
    QVERIFY(
        cronOf(u"@daily"_s).nextRuns(0, utc(u"2026-11-23 14:42"_s), QTimeZone::utc()).isEmpty());
}

void tst_Cron::meansWhatVixieCronMeans()
{
    QRandomGenerator random(1'993); // the same cases each time
    const auto pick = [&random](int least, int most) { return random.bounded(least, most + 1); };
    static const QStringList kDays{u"SUN"_s, u"Mon"_s, u"tue"_s, u"WED"_s,
                                   u"thu"_s, u"Fri"_s, u"SAT"_s};
    const auto part = [&](int least, int most) {
        const int from = pick(least, most);
        const int to = pick(from, most);
        const bool isWeekday = most == 7;
        switch (pick(0, 7)) {
        case 0: return u"*"_s;
        case 1: return u"*/%1"_s.arg(pick(1, most + 2));
        case 2: return u"%1-%2/%3"_s.arg(from).arg(to).arg(pick(1, 9));
        case 3: return isWeekday ? kDays[from % 7] : QString::number(from);
        case 4:
            return isWeekday && from < to && to < 7 ? kDays[from] + u'-' + kDays[to]
                                                    : u"%1-%2"_s.arg(from).arg(to);
        default: return QString::number(from);
        }
    };
    const auto field = [&](int least, int most) {
        QStringList parts;
        for (int count = pick(1, 3); count > 0; --count)
            parts += part(least, most);
        return parts.join(u',');
    };
    QStringList cases{u"0 0 1-7 * */7"_s, u"0 0 */7 * 1"_s,  u"0 0 *,1 * 1"_s, u"0 0 1,* * 1"_s,
                      u"0 0 */31 * 1"_s,  u"0 0 1-31 * 1"_s, u"0 0 1 * 0-6"_s, u"0 0 1 * */1"_s,
                      u"0 0 13 * 5-7"_s,  u"0 0 13 * 0,7"_s, u"0 0 29 2 */7"_s};
    while (cases.size() < 1'500)
        cases += u"%1 %2 %3 %4 %5"_s.arg(field(0, 59), field(0, 23), field(1, 31), field(1, 12),
                                         field(0, 7));
    int compared = 0;
    for (const QString& text : std::as_const(cases)) {
        const Vixie vixie(text);
        const auto cron = Cron::parse(text);
        if (!cron) { // cron silently accepts what leaves one value or never runs
            const QString& why = cron.error().message;
            QVERIFY2(why.contains(u"leaves only"_s) || why.contains(u"never run"_s),
                     qPrintable(text + u": "_s + why));
            continue;
        }
        ++compared;
        for (int value = 0; value < 60; ++value) {
            QCOMPARE(cron->has(Cron::Minute, value), vixie.has(0, value));
            QCOMPARE(value < 24 && cron->has(Cron::Hour, value), vixie.has(1, value));
        }
        for (QDate day(2023, 12, 1); day < QDate(2028, 4, 1); day = day.addDays(1))
            QVERIFY2(cron->matchesDay(day) == vixie.runsOn(day),
                     qPrintable(text + u" on "_s + day.toString(Qt::ISODate)));
    }
    QVERIFY2(compared > 500, qPrintable(QString::number(compared)));
}

void tst_Cron::walker_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("around");
    const auto row = [](const char* zone, const char* around) {
        QTest::newRow(qPrintable(u"%1 %2"_s.arg(QLatin1String(zone), QLatin1String(around))))
            << QByteArray(zone) << QString::fromLatin1(around);
    };
    row("UTC", "2026-02-26 00:00");
    row("Asia/Bangkok", "2026-12-30 00:00");
    row("Europe/Berlin", "2026-03-28 00:00");
    row("Europe/Berlin", "2026-10-24 00:00");
    row("Europe/Berlin", "2060-10-30 00:00");
    row("America/New_York", "2026-03-07 00:00");
    row("America/New_York", "2026-10-31 00:00");
    row("Australia/Lord_Howe", "2026-04-03 00:00");
    row("Australia/Lord_Howe", "2026-10-02 00:00");
    row("Asia/Beirut", "2026-10-23 00:00");
    row("America/St_Johns", "2026-03-07 00:00");
    row("Africa/Casablanca", "2026-02-14 00:00");
    row("Pacific/Apia", "2011-12-29 00:00");
}

void tst_Cron::walker()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, around);
    const QTimeZone place(zone);
    if (!place.isValid())
        QSKIP("This computer does not know the zone.");
    QRandomGenerator random(20'261'123); // the same cases each time
    const auto pick = [&random](int least, int most) { return random.bounded(least, most + 1); };
    const auto field = [&](int least, int most, int often) {
        const int form = pick(0, 9);
        if (form < often)
            return u"*"_s;
        const int from = pick(least, most);
        const int to = pick(from, most);
        if (form == 9)
            return u"*/%1"_s.arg(pick(1, most - least));
        if (form == 8 && to > from)
            return u"%1-%2/%3"_s.arg(from).arg(to).arg(pick(1, to - from));
        if (form == 7)
            return u"%1-%2"_s.arg(from).arg(to);
        return u"%1,%2"_s.arg(from).arg(pick(least, most));
    };
    constexpr int kCases = 30;
    constexpr int kDays = 4;
    int found = 0;
    for (int i = 0; i < kCases; ++i) {
        const QString text = QStringList{field(0, 59, 2), field(0, 23, 3), field(1, 31, 7),
                                         field(1, 12, 9), field(0, 7, 7)}
                                 .join(u' ');
        const auto cron = Cron::parse(text);
        if (!cron)
            continue; // a day that never comes
        const QDateTime from = utc(around).addSecs(60 * pick(0, 36 * 60));
        const QDateTime end = from.addDays(kDays);
        Walker walker(*cron, place, from);
        QDateTime last = from;
        for (;;) {
            const QDateTime walked = walker.next(end);
            const QDateTime jumped = cron->next(last, place);
            const QString told = u"%1 in %2 after %3: walked to %4, jumped to %5"_s.arg(
                text, QString::fromLatin1(zone), last.toString(Qt::ISODate),
                walked.toString(Qt::ISODate), jumped.toString(Qt::ISODate));
            if (!walked.isValid()) {
                QVERIFY2(jumped > end, qPrintable(told));
                break;
            }
            QVERIFY2(jumped == walked, qPrintable(told));
            last = walked;
            ++found;
        }
    }
    QVERIFY2(found > 1000, qPrintable(QString::number(found)));
}

// Any input gives a value, or a sentence with a position inside the text.
void tst_Cron::anyText()
{
    QRandomGenerator random(4711);
    const QString alphabet = u"*/,-0123456789 \t@MONJANL?#W.+äday😀"_s;
    for (int i = 0; i < 20'000; ++i) {
        QString text;
        for (int n = random.bounded(24); n > 0; --n)
            text += alphabet[random.bounded(int(alphabet.size()))];
        const auto cron = Cron::parse(text);
        if (cron) {
            QVERIFY(cron->next(utc(u"2026-01-01 00:00"_s), QTimeZone::utc()).isValid());
        } else {
            QVERIFY(!cron.error().message.isEmpty());
            QVERIFY(cron.error().position >= 0 && cron.error().position <= text.size());
        }
    }
    QVERIFY(!Cron::parse(QString(1'000'000, u'*')));
}

QTEST_APPLESS_MAIN(tst_Cron)
#include "tst_cron.moc"
