// SPDX-License-Identifier: GPL-3.0-or-later
// Cron expressions translated for systemd: the text itself, and that systemd, where it is
// installed, computes exactly the same times as Cron, even across clock changes. On a computer in
// the time zone of Berlin.
#include "core/schedule/targets/oncalendar.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::Cron;
using schedule::OnCalendar;
using schedule::onCalendar;

namespace {
constexpr int kRuns = 30;

QDateTime utc(const QString& text)
{
    QDateTime time = QDateTime::fromString(text, u"yyyy-MM-dd HH:mm"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

// Before the two clock changes of a year, the end of a year and a leap day.
const QVector<QDateTime>& bases()
{
    static const QVector<QDateTime> kBases{utc(u"2026-03-28 20:07"_s), utc(u"2026-10-24 20:07"_s),
                                           utc(u"2026-12-31 12:00"_s), utc(u"2028-02-27 23:59"_s)};
    return kBases;
}

Cron cronOf(const QString& text)
{
    const auto cron = Cron::parse(text);
    if (!cron)
        qFatal("%s: %s", qPrintable(text), qPrintable(cron.error().message));
    return *cron;
}

// The next runs according to systemd itself; its error message is in `trouble`.
QVector<QDateTime> systemdRuns(const QStringList& lines, const QDateTime& base, QString& trouble)
{
    QVector<QDateTime> runs;
    QProcess process;
    process.start(
        u"systemd-analyze"_s,
        QStringList{u"calendar"_s, u"--iterations=%1"_s.arg(kRuns),
                    u"--base-time="_s + base.toString(u"yyyy-MM-dd HH:mm:ss"_s) + u" UTC"_s} +
            lines);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        trouble = QString::fromUtf8(process.readAllStandardError());
        return runs;
    }
    // The local time comes first and UTC below it, unless they are the same.
    static const QRegularExpression kUtc(u"(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d):00 UTC"_s);
    auto found = kUtc.globalMatch(QString::fromUtf8(process.readAllStandardOutput()));
    while (found.hasNext())
        runs += utc(found.next().captured(1));
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    return runs.mid(0, kRuns);
}

QString timesText(const QVector<QDateTime>& runs)
{
    QStringList texts;
    for (const QDateTime& run : runs)
        texts += run.toUTC().toString(u"yyyy-MM-dd HH:mm"_s);
    return texts.join(u'\n');
}

// The difference between the two, as text; empty if they agree from every base on.
QString difference(const QString& text, const QByteArray& zone)
{
    const Cron cron = cronOf(text);
    const QTimeZone place = zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(zone);
    for (const QDateTime& base : bases()) {
        const auto calendar = onCalendar(cron, zone, base);
        if (!calendar)
            return calendar.error().detail;
        QString trouble;
        const auto theirs = systemdRuns(calendar->lines, base, trouble);
        const auto ours = cron.nextRuns(kRuns, base, place);
        if (theirs != ours && calendar->notes.isEmpty())
            return u"%1 %2 as %3\n%4\nsystemd:\n%5\ncron:\n%6"_s.arg(
                text, QString::fromLatin1(zone), calendar->lines.join(u" | "_s), trouble,
                timesText(theirs), timesText(ours));
    }
    return {};
}

bool hasSystemd()
{
    return !QStandardPaths::findExecutable(u"systemd-analyze"_s).isEmpty();
}
} // namespace

class tst_OnCalendar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void words_data();
    void words();
    void refused();
    void systemdRunsWhatCronRuns_data();
    void systemdRunsWhatCronRuns();
    void systemdRunsWhateverCronRuns();
    void notesAreTrue();
};

void tst_OnCalendar::initTestCase()
{
    qputenv("TZ", "Europe/Berlin");
    QCOMPARE(QTimeZone::systemTimeZoneId(), QByteArray("Europe/Berlin"));
}

void tst_OnCalendar::words_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<bool>("hasNote");
    const auto row = [](const QString& cron, const QByteArray& zone, const QStringList& lines,
                        bool hasNote = false) {
        QTest::newRow(qPrintable(cron + u' ' + QString::fromLatin1(zone)))
            << cron << zone << lines << hasNote;
    };
    // Every hour of every day is the same in UTC, where no hour is repeated.
    row(u"*/5 * * * *"_s, {}, {u"*-*-* *:00/5:00 UTC"_s});
    row(u"*/5 * * * *"_s, "UTC", {u"*-*-* *:00/5:00 UTC"_s});
    row(u"* * * * *"_s, "Asia/Tokyo", {u"*-*-* *:*:00 Asia/Tokyo"_s}); // no clock changes
    row(u"0 * * * *"_s, "Australia/Lord_Howe", {u"*-*-* *:00:00 Australia/Lord_Howe"_s}, true);
    row(u"30 * * * *"_s, "Asia/Kolkata", {u"*-*-* *:30:00 Asia/Kolkata"_s});
    row(u"*/5 * * * MON-FRI"_s, {}, {u"Mon,Tue,Wed,Thu,Fri *-*-* *:00/5:00"_s}, true);
    // Times of day.
    row(u"@daily"_s, {}, {u"*-*-* 00:00:00"_s});
    row(u"0 12 * * *"_s, "UTC", {u"*-*-* 12:00:00 UTC"_s});
    row(u"30 2 * * *"_s, {}, {u"*-*-* 02:30:00"_s}, true); // skipped in March
    row(u"15 6,18 * * *"_s, "Europe/Berlin", {u"*-*-* 06,18:15:00 Europe/Berlin"_s});
    row(u"0 9-17 * * *"_s, {}, {u"*-*-* 09..17:00:00"_s});
    row(u"0 */6 * * *"_s, {}, {u"*-*-* 00/6:00:00"_s});
    row(u"1-59/2 12 * * *"_s, {}, {u"*-*-* 12:01/2:00"_s});
    row(u"*/7 12 * * *"_s, {}, {u"*-*-* 12:00/7:00"_s});
    row(u"0-30/10 12 * * *"_s, {}, {u"*-*-* 12:00,10,20,30:00"_s}); // ends before the hour does
    // Days.
    row(u"0 12 1 * *"_s, {}, {u"*-*-01 12:00:00"_s});
    row(u"0 12 1-7 */3 *"_s, {}, {u"*-01,04,07,10-01..07 12:00:00"_s});
    row(u"0 12 30 */5 *"_s, {}, {u"*-01,06,11-30 12:00:00"_s}); // no steps of days and months
    row(u"0 12 29 2 *"_s, {}, {u"*-02-29 12:00:00"_s});
    row(u"0 12 * * 0"_s, {}, {u"Sun *-*-* 12:00:00"_s});
    row(u"0 12 * * 7"_s, {}, {u"Sun *-*-* 12:00:00"_s});
    row(u"0 12 * * FRI-SUN"_s, {}, {u"Fri,Sat,Sun *-*-* 12:00:00"_s});
    // A day or a weekday, as cron means it: two lines; both, if one begins with *.
    row(u"0 12 13 * FRI"_s, {}, {u"*-*-13 12:00:00"_s, u"Fri *-*-* 12:00:00"_s});
    row(u"0 12 1-31 * FRI"_s, {}, {u"*-*-* 12:00:00"_s});
    row(u"0 12 13 * 0-6"_s, {}, {u"*-*-* 12:00:00"_s});
    row(u"0 0 1-7 * */7"_s, {}, {u"Sun *-*-01..07 00:00:00"_s}); // the first Sunday
    row(u"0 12 */2 * MON"_s, {},
        {u"Mon *-*-01,03,05,07,09,11,13,15,17,19,21,23,25,27,29,31 12:00:00"_s});
}

void tst_OnCalendar::words()
{
    QFETCH(QString, cron);
    QFETCH(QByteArray, zone);
    QFETCH(QStringList, lines);
    QFETCH(bool, hasNote);
    const auto calendar = onCalendar(cronOf(cron), zone, bases().first());
    QVERIFY(calendar);
    QCOMPARE(calendar->lines, lines);
    QCOMPARE(!calendar->notes.isEmpty(), hasNote);
}

void tst_OnCalendar::refused()
{
    for (const QByteArray zone : {"UTC+02:00", "Middle/Earth"}) {
        const auto calendar = onCalendar(cronOf(u"0 12 * * *"_s), zone, bases().first());
        QVERIFY(!calendar);
        QCOMPARE(calendar.error().kind, base::ErrorKind::Unsupported);
        QVERIFY(calendar.error().detail.contains(QString::fromLatin1(zone)));
    }
}

void tst_OnCalendar::systemdRunsWhatCronRuns_data()
{
    words_data();
}

void tst_OnCalendar::systemdRunsWhatCronRuns()
{
    if (!hasSystemd())
        QSKIP("systemd-analyze is not installed.");
    QFETCH(QString, cron);
    QFETCH(QByteArray, zone);
    const QString found = difference(cron, zone);
    QVERIFY2(found.isEmpty(), qPrintable(found));
}

// Random expressions; the same ones each time.
void tst_OnCalendar::systemdRunsWhateverCronRuns()
{
    if (!hasSystemd())
        QSKIP("systemd-analyze is not installed.");
    QRandomGenerator random(20261123);
    const auto field = [&random](int least, int most) {
        const int from = random.bounded(least, most + 1);
        const int to = random.bounded(from, most + 1);
        switch (random.bounded(6)) {
        case 0: return QString::number(from);
        case 1: return u"%1-%2"_s.arg(from).arg(to);
        case 2: return u"%1,%2"_s.arg(from).arg(to);
        case 3: return u"*/%1"_s.arg(random.bounded(2, std::max(3, most / 2)));
        default: return u"*"_s;
        }
    };
    const QByteArrayList zones{{}, "UTC", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"};
    int compared = 0;
    for (int i = 0; i < 60; ++i) {
        const QString text =
            QStringList{field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6)}.join(
                u' ');
        if (!Cron::parse(text))
            continue; // such as 31 February
        ++compared;
        const QString found = difference(text, zones[i % zones.size()]);
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }
    QVERIFY(compared > 40);
}

// A note is given exactly where systemd does behave differently.
void tst_OnCalendar::notesAreTrue()
{
    if (!hasSystemd())
        QSKIP("systemd-analyze is not installed.");
    const auto extra = [](const QString& text, const QDateTime& base) {
        const Cron cron = cronOf(text);
        QString trouble;
        const auto calendar = onCalendar(cron, {}, base);
        const auto theirs = systemdRuns(calendar->lines, base, trouble);
        QVector<QDateTime> left;
        for (const QDateTime& run : cron.nextRuns(kRuns, base, QTimeZone::systemTimeZone())) {
            if (run <= theirs.last() && !theirs.contains(run))
                left += run;
        }
        return timesText(left);
    };
    // 02:30 is skipped on 29 March 2026; cron runs it at the change, systemd does not.
    QCOMPARE(extra(u"30 2 * * *"_s, bases()[0]), u"2026-03-29 01:00"_s);
    // On 25 October 2026 the hour from 02:00 is repeated.
    QCOMPARE(extra(u"15 * * * SUN"_s, bases()[1]), u"2026-10-25 01:15"_s);
}

QTEST_GUILESS_MAIN(tst_OnCalendar)
#include "tst_oncalendar.moc"
