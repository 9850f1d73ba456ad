// SPDX-License-Identifier: GPL-3.0-or-later
// What the schedule files contain, and what is refused because a target cannot do it.
#include "tests/core/schedule/targets/scheduletexts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using schedule::ScheduleTarget;
using schedule::ScheduleText;
using test::cronOf;
using test::fileOf;
using test::textsOf;

namespace {
const QString kUrl = QStringLiteral("https://app.example");
const QString kProgram = QStringLiteral("/usr/bin/queuedeckctl");
} // namespace

class tst_ScheduleFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refused_data();
    void refused();
    void unitsForSystemd();
    void namesCannotAddLines();
    void percentIsEscaped();
    void environmentFileIsPrivateAndEmpty();
    void gitHubsFile();
    void vercelsFile();
};

void tst_ScheduleFiles::refused_data()
{
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("program");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, ScheduleTarget target, const QString& cron,
                        const QByteArray& zone, const QString& url, ErrorKind kind,
                        const QString& says, const QString& program = u"/usr/bin/queuedeckctl"_s) {
        QTest::newRow(name) << int(target) << cron << zone << url << program << int(kind) << says;
    };
    const QString daily = u"@daily"_s;
    using enum ScheduleTarget;
    using enum ErrorKind;
    row("crontab has no zones", Crontab, daily, "Europe/Berlin", {}, Unsupported, u"time zone"_s);
    row("crontab's lines are short", Crontab, daily, {}, kUrl + u'/' + QString(900, u'a'),
        Unsupported, u"998 bytes"_s);
    row("systemd and quotes", Systemd, daily, {}, {}, Unsupported, u"quotes"_s, u"/opt/a\"b/ctl"_s);
    row("a line break", Systemd, daily, {}, {}, Unsupported, u"characters"_s, u"/opt/a\nb/ctl"_s);
    row("no such zone", Systemd, daily, "Middle/Earth", {}, Invalid, u"Middle/Earth"_s);
    row("Qt's own zone", Systemd, daily, "UTC+02:00", {}, Unsupported, u"UTC+02:00"_s);
    row("GitHub without URL", GitHub, daily, {}, {}, Unsupported, u"URL"_s);
    row("GitHub and zones", GitHub, daily, "Europe/Berlin", kUrl, Unsupported, u"UTC"_s);
    row("GitHub and this computer", GitHub, daily, {}, u"http://localhost:8080"_s, Unsupported,
        u"localhost"_s);
    row("Vercel without URL", Vercel, daily, {}, {}, Unsupported, u"URL"_s);
    row("Vercel and zones", Vercel, daily, "Europe/Berlin", kUrl, Unsupported, u"UTC"_s);
    row("Vercel and two days", Vercel, u"0 2 13 * FRI"_s, {}, kUrl, Unsupported, u"not both"_s);
    // What cron runs on the first Sunday of a month may mean something else to others.
    row("Vercel and steps of days", Vercel, u"0 2 13 * */2"_s, {}, kUrl, Unsupported,
        u"would mean either"_s);
    row("Vercel and first Sunday", Vercel, u"0 0 1-7 * */7"_s, {}, kUrl, Unsupported,
        u"would mean either"_s);
    row("GitHub and first Sunday", GitHub, u"0 0 1-7 * */7"_s, {}, kUrl, Unsupported,
        u"must both fit"_s);
    row("GitHub and steps of days", GitHub, u"0 2 */2 * MON"_s, {}, kUrl, Unsupported,
        u"must both fit"_s);
    row("no URL at all", Crontab, daily, {}, u"app.example"_s, Invalid, u"https://"_s);
    row("a key in the clear", Crontab, daily, {}, u"http://app.example"_s, Denied, u"https"_s);
    row("a query", Crontab, daily, {}, kUrl + u"/run?maxJobs=3"_s, Invalid, u"question mark"_s);
}

void tst_ScheduleFiles::refused()
{
    QFETCH(int, target);
    QFETCH(QString, cron);
    QFETCH(QByteArray, zone);
    QFETCH(QString, url);
    QFETCH(QString, program);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const auto texts = textsOf({ScheduleTarget(target), cronOf(cron), zone, url, 10, program});
    QVERIFY(!texts);
    QVERIFY2(texts.error().detail.contains(says), qPrintable(texts.error().detail));
    QCOMPARE(int(texts.error().kind), kind);
}

void tst_ScheduleFiles::unitsForSystemd()
{
    const auto local = textsOf({ScheduleTarget::Systemd,
                                cronOf(u"0 2 13 * FRI"_s),
                                "Europe/Berlin",
                                {},
                                25,
                                u"/opt/a$b c%d/queuedeckctl"_s});
    QVERIFY(local);
    const QString service = fileOf(*local, u"queuedeck-process.service"_s);
    QVERIFY2(
        service.contains(u"\nExecStart=\"/opt/a$b c%%d/queuedeckctl\" process --max-jobs 25\n"_s),
        qPrintable(service));
    QVERIFY(service.contains(u"\nEnvironmentFile=-%h/.config/queuedeck/queuedeck.env\n"_s));
    const QString timer = fileOf(*local, u"queuedeck-process.timer"_s);
    QVERIFY2(timer.contains(u"\nOnCalendar=*-*-13 02:00:00 Europe/Berlin\n"
                            "OnCalendar=Fri *-*-* 02:00:00 Europe/Berlin\n"_s),
             qPrintable(timer));
    QVERIFY(timer.contains(u"\nPersistent=true\n"_s));

    const auto remote = textsOf({ScheduleTarget::Systemd,
                                 cronOf(u"@daily"_s),
                                 {},
                                 u"https://app.example/a%20b$c"_s,
                                 1,
                                 u"/usr/bin/queuedeckctl"_s});
    QVERIFY(remote);
    const QString call = fileOf(*remote, u"queuedeck-trigger.service"_s);
    QVERIFY2(call.contains(u"\nExecStart=\"/usr/bin/queuedeckctl\" trigger "
                           "\"https://app.example/a%%20b$$c\" --max-jobs 1\n"_s),
             qPrintable(call));
    QVERIFY(call.contains(u"Description=Queuedeck: have app.example run up to 1 job\n"_s));
}

void tst_ScheduleFiles::namesCannotAddLines()
{
    for (const ScheduleTarget target : {ScheduleTarget::Systemd, ScheduleTarget::Crontab,
                                        ScheduleTarget::GitHub, ScheduleTarget::Vercel}) {
        const auto plain = textsOf({target, cronOf(u"0 2 * * 1"_s), {}, kUrl, 10, kProgram});
        const auto broken = textsOf({target, cronOf(u"0 2 *\n*\t1"_s), {}, kUrl, 10, kProgram});
        QVERIFY(plain && broken);
        for (qsizetype i = 0; i < plain->files.size(); ++i)
            QCOMPARE(broken->files[i].text, plain->files[i].text);
    }
}

void tst_ScheduleFiles::percentIsEscaped()
{
    const auto texts = textsOf({ScheduleTarget::Crontab,
                                cronOf(u"@daily"_s),
                                {},
                                u"https://app.example/a%20b"_s,
                                10,
                                u"/opt/100%/it's/ctl"_s});
    QVERIFY(texts);
    const QString text = fileOf(*texts, u"queuedeck.crontab"_s);
    QVERIFY2(text.contains(u"'/opt/100\\%/it'\\''s/ctl' trigger 'https://app.example/a\\%20b'"_s),
             qPrintable(text));
    const QString line = text.section(u'\n', 1, 1);
    QCOMPARE(line.count(u'%'), line.count(u"\\%"_s));
}

void tst_ScheduleFiles::environmentFileIsPrivateAndEmpty()
{
    for (const QString& url : {QString(), kUrl}) {
        for (const ScheduleTarget target : {ScheduleTarget::Systemd, ScheduleTarget::Crontab}) {
            const auto texts = textsOf({target, cronOf(u"@daily"_s), {}, url, 10, kProgram});
            QVERIFY(texts);
            const ScheduleText& last = texts->files.last();
            QCOMPARE(last.name, u"queuedeck.env"_s);
            QVERIFY(last.isPrivate);
            QCOMPARE(last.text.contains(u"JOB_PROCESSOR_API_KEY"_s), !url.isEmpty());
            for (const QString& line : last.text.split(u'\n', Qt::SkipEmptyParts))
                QVERIFY2(line.startsWith(u'#'), qPrintable(line)); // until the user fills it in
        }
    }
}

void tst_ScheduleFiles::gitHubsFile()
{
    const auto texts =
        textsOf({ScheduleTarget::GitHub, cronOf(u"*/5 * * * MON-FRI"_s), {}, kUrl, 10, kProgram});
    QVERIFY(texts);
    QCOMPARE(texts->files.size(), 1);
    QCOMPARE(texts->files[0].name, u".github/workflows/process-jobs.yml"_s);
    const QString text = texts->files[0].text;
    QVERIFY(!text.contains(u'\t'));
    const QStringList lines = text.split(u'\n');
    qsizetype at = -1;
    for (const char* line :
         {"name: Process jobs", "on:", "  schedule:", "    - cron: '*/5 * * * 1-5'",
          "  workflow_dispatch:", "permissions: {}", "concurrency:", "  group: process-jobs",
          "  cancel-in-progress: false", "jobs:", "  process:", "    runs-on: ubuntu-latest",
          "    timeout-minutes: 20", "    steps:", "      - name: Call the endpoint",
          "        env:", "          JOB_PROCESSOR_API_KEY: ${{ secrets.JOB_PROCESSOR_API_KEY }}",
          "        run: |"}) {
        const qsizetype found = lines.indexOf(QLatin1String(line), at + 1);
        QVERIFY2(found > at, line);
        at = found;
    }
    // All that follows is the script.
    for (const QString& line : lines.mid(at + 1))
        QVERIFY2(line.isEmpty() || line.startsWith(QString(10, u' ')), qPrintable(line));
    QVERIFY(base::english(texts->warnings).join(u' ').contains(u"UTC"_s));
    QCOMPARE(texts->warnings.size(), 1);

    const auto quick =
        textsOf({ScheduleTarget::GitHub, cronOf(u"*/2 * * * *"_s), {}, kUrl, 10, kProgram});
    QVERIFY(base::english(quick->warnings).join(u' ').contains(u"every 5 minutes"_s));
    for (const auto& [given, written] : {std::pair{u"0 2 */2 * *"_s, u"0 2 */2 * *"_s},
                                         {u"0 2 1-7 * */1"_s, u"0 2 1-7 * *"_s},
                                         {u"0 2 1-31 * MON"_s, u"0 2 * * *"_s},
                                         {u"0 2 1 * MON"_s, u"0 2 1 * 1"_s},
                                         {u"0 2 */1 * SUN"_s, u"0 2 * * 0"_s}}) {
        const auto one = textsOf({ScheduleTarget::GitHub, cronOf(given), {}, kUrl, 10, kProgram});
        QVERIFY(one);
        QVERIFY2(one->files[0].text.contains(u"cron: '%1'"_s.arg(written)),
                 qPrintable(one->files[0].text));
    }
}

void tst_ScheduleFiles::vercelsFile()
{
    const auto texts =
        textsOf({ScheduleTarget::Vercel, cronOf(u"5 3 * * SUN"_s), {}, kUrl, 50, kProgram});
    QVERIFY(texts);
    QCOMPARE(texts->files.size(), 1);
    QCOMPARE(texts->files[0].name, u"vercel.json"_s);
    const QJsonObject json = QJsonDocument::fromJson(texts->files[0].text.toUtf8()).object();
    QCOMPARE(json,
             QJsonObject({{u"crons"_s,
                           QJsonArray{QJsonObject{{u"path"_s, u"/api/jobs/process?maxJobs=50"_s},
                                                  {u"schedule"_s, u"5 3 * * 0"_s}}}}}));
    const QString told = base::english(texts->warnings).join(u' ');
    for (const char* word : {"GET", "Authorization: Bearer", "CRON_SECRET", "401", "UTC"})
        QVERIFY2(told.contains(QLatin1String(word)), word);
    QVERIFY(!told.contains(u"Hobby"_s));
    const auto often =
        textsOf({ScheduleTarget::Vercel, cronOf(u"0 */12 * * *"_s), {}, kUrl, 50, kProgram});
    QVERIFY(base::english(often->warnings).join(u' ').contains(u"Hobby"_s));
}

QTEST_GUILESS_MAIN(tst_ScheduleFiles)
#include "tst_schedulefiles.moc"
