// SPDX-License-Identifier: GPL-3.0-or-later
// schedule: what is printed, what is written and what is not, what is refused; and that an endpoint
// served here does what the file for Vercel promises.
#include "tests/e2e/serving.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace {
QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

// Every file below a folder with its content.
QMap<QString, QByteArray> filesBelow(const QString& folder)
{
    QMap<QString, QByteArray> files;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden | QDir::System,
                      QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        files[QDir(folder).relativeFilePath(path)] = readAll(path);
    }
    return files;
}
} // namespace

class tst_CtlSchedule : public ServeTest
{
    Q_OBJECT

    const QString kUrl = QStringLiteral("https://app.example");
    QString there() const { return path(u"there"_s); }

private Q_SLOTS:
    void printed_data();
    void printed();
    void jsonHasEverything();
    void filesAreWritten();
    void nothingIsOverwritten();
    void nothingIsWrittenThroughLinks();
    void nothingIsHalfWritten();
    void wrongCron_data();
    void wrongCron();
    void refused_data();
    void refused();
    void addressesOfTheEnvironment();
    void whatDoesNotCarryOverIsSaid();
    void noKeyAnywhere();
    void servingDoesWhatVercelCalls();
};

void tst_CtlSchedule::printed_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArrayList>("out");
    QTest::addColumn<QByteArrayList>("err");
    QTest::newRow("systemd") << u"systemd"_s
                             << QByteArrayList{"# ---- queuedeck-process.service ----\n",
                                               "\nOnCalendar=", " process --max-jobs 10\n",
                                               "# ---- queuedeck.env ----\n"}
                             << QByteArrayList{"Runs every 5 minutes; next: ", "1. Put ",
                                               "systemctl --user"};
    QTest::newRow("a zone") << u"systemd --zone Europe/Berlin --url %1 --cron @daily"_s.arg(kUrl)
                            << QByteArrayList{"\nOnCalendar=*-*-* 00:00:00 Europe/Berlin\n",
                                              " trigger \"https://app.example/api/jobs/process\" "}
                            << QByteArrayList{"Runs at 00:00 every day; next: "};
    QTest::newRow("crontab") << u"crontab --max-jobs 3"_s
                             << QByteArrayList{"\n*/5 * * * * ", " process --max-jobs 3 "}
                             << QByteArrayList{"Note: The times are those of the computer's"};
    QTest::newRow("github") << u"github --url %1"_s.arg(kUrl)
                            << QByteArrayList{"name: Process jobs\n", "    - cron: '*/5 * * * *'\n"}
                            << QByteArrayList{" UTC.\n", "Note: GitHub runs schedules by UTC"};
    QTest::newRow("vercel") << u"vercel --url %1 --cron @daily"_s.arg(kUrl)
                            << QByteArrayList{"\"schedule\": \"0 0 * * *\""}
                            << QByteArrayList{" 00:00 UTC.\n", "by UTC", "CRON_SECRET"};
}

void tst_CtlSchedule::printed()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArrayList, out);
    QFETCH(QByteArrayList, err);
    const Ran ran = ctl(QStringList{u"schedule"_s} + arguments.split(u' '));
    VERIFY_CODE(ran, 0);
    for (const QByteArray& text : out)
        QVERIFY2(ran.out.contains(text), ran.told());
    for (const QByteArray& text : err)
        QVERIFY2(ran.err.contains(text), ran.told());
    QVERIFY(!QFileInfo::exists(path(u"home"_s))); // no database is needed, and none is created
    // A single file can be written to its place.
    if (arguments.startsWith(u"vercel"_s))
        QVERIFY2(QJsonDocument::fromJson(ran.out).isObject(), ran.out);
    if (arguments.startsWith(u"github"_s))
        QVERIFY2(ran.out.startsWith("name: "), ran.out);
}

void tst_CtlSchedule::jsonHasEverything()
{
    const Ran ran = json({u"schedule"_s, u"systemd"_s, u"--cron"_s, u"0 2 * * MON"_s, u"--zone"_s,
                          u"Europe/Berlin"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(ran.err.isEmpty(), ran.err);
    const QJsonObject object = ran.json();
    QCOMPARE(keys(object), asSet({u"cron"_s, u"numbers"_s, u"words"_s, u"nextRuns"_s, u"files"_s,
                                  u"steps"_s, u"warnings"_s}));
    QCOMPARE(object[u"cron"_s].toString(), u"0 2 * * MON"_s);
    QCOMPARE(object[u"numbers"_s].toString(), u"0 2 * * 1"_s);
    QCOMPARE(object[u"nextRuns"_s].toArray().size(), 3);
    for (const QJsonValue& run : object[u"nextRuns"_s].toArray()) {
        const QDateTime time = QDateTime::fromString(run.toString(), Qt::ISODateWithMs);
        QCOMPARE(time.timeSpec(), Qt::UTC);
        const QDateTime berlin = time.toTimeZone(QTimeZone("Europe/Berlin"));
        QCOMPARE(berlin.time(), QTime(2, 0));
        QCOMPARE(berlin.date().dayOfWeek(), 1);
    }
    const QJsonArray files = object[u"files"_s].toArray();
    QCOMPARE(files.size(), 3);
    for (const QJsonValue& file : files) {
        QCOMPARE(keys(file.toObject()), asSet({u"name"_s, u"path"_s, u"private"_s, u"text"_s}));
        QVERIFY(file[u"path"_s].isNull()); // printed, not written
        QCOMPARE(file[u"private"_s].toBool(), file[u"name"_s] == u"queuedeck.env"_s);
    }
    const Ran written = json({u"schedule"_s, u"vercel"_s, u"--url"_s, kUrl, u"-o"_s, there()});
    VERIFY_CODE(written, 0);
    QCOMPARE(written.json()[u"files"_s][0][u"path"_s].toString(), there() + u"/vercel.json"_s);
    QVERIFY(QFileInfo::exists(there() + u"/vercel.json"_s));
}

void tst_CtlSchedule::filesAreWritten()
{
    const Ran systemd = ctl({u"schedule"_s, u"systemd"_s, u"-o"_s, there()});
    VERIFY_CODE(systemd, 0);
    const QStringList names{u"queuedeck-process.service"_s, u"queuedeck-process.timer"_s,
                            u"queuedeck.env"_s};
    QByteArray paths;
    for (const QString& name : names)
        paths += (there() + u'/' + name + u'\n').toUtf8();
    QCOMPARE(systemd.out, paths);
    QCOMPARE(filesBelow(there()).keys(), names);
    const auto everybody = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                           QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(there() + u"/queuedeck.env"_s) & everybody, QFile::Permissions());

    // The same texts as those printed.
    const Ran printed = json({u"schedule"_s, u"systemd"_s});
    for (const QJsonValue& file : printed.json()[u"files"_s].toArray())
        QCOMPARE(readAll(there() + u'/' + file[u"name"_s].toString()),
                 file[u"text"_s].toString().toUtf8());

    VERIFY_CODE(ctl({u"schedule"_s, u"github"_s, u"--url"_s, kUrl, u"-o"_s, path(u"repo"_s)}), 0);
    QCOMPARE(filesBelow(path(u"repo"_s)).keys(),
             QStringList{u".github/workflows/process-jobs.yml"_s});
}

void tst_CtlSchedule::nothingIsOverwritten()
{
    QVERIFY(QDir().mkpath(there()));
    QVERIFY(write(there() + u"/queuedeck-process.timer"_s, "mine"));
    const auto before = filesBelow(there());
    const Ran refused = ctl({u"schedule"_s, u"systemd"_s, u"-o"_s, there()});
    VERIFY_CODE(refused, 4);
    QVERIFY2(refused.err.contains("queuedeck-process.timer") && refused.err.contains("--force"),
             refused.err);
    QVERIFY(refused.out.isEmpty());
    QCOMPARE(filesBelow(there()), before); // not even the others

    // With --force; but a file that the user has filled in stays, because it contains a key.
    QVERIFY(write(there() + u"/queuedeck.env"_s, "JOB_PROCESSOR_API_KEY='filled in'\n"));
    const Ran forced = ctl({u"schedule"_s, u"systemd"_s, u"-o"_s, there(), u"--force"_s});
    VERIFY_CODE(forced, 0);
    QVERIFY(readAll(there() + u"/queuedeck-process.timer"_s).contains("OnCalendar="));
    QCOMPARE(readAll(there() + u"/queuedeck.env"_s),
             QByteArray("JOB_PROCESSOR_API_KEY='filled in'\n"));
    QVERIFY2(forced.err.contains("queuedeck.env exists and is left as it is."), forced.err);
    QVERIFY2(!(forced.out + forced.err).contains("filled in"), forced.told());

    // A dangling link counts as an existing file, too.
    QVERIFY(QFile::link(path(u"nowhere"_s), path(u"vercel.json"_s)));
    VERIFY_CODE(ctl({u"schedule"_s, u"vercel"_s, u"--url"_s, kUrl, u"-o"_s, folder()}), 4);
    QVERIFY(!QFileInfo::exists(path(u"nowhere"_s)));
}

// A link in the place of a file, or of a folder in its path, is not written through, even with
// --force.
void tst_CtlSchedule::nothingIsWrittenThroughLinks()
{
    const auto linked = [this](const QString& name, const QString& target) {
        QFile::remove(path(name));
        return QDir().mkpath(QFileInfo(path(name)).path()) && QFile::link(target, path(name));
    };
    QVERIFY(write(path(u"precious"_s), "precious"));
    for (const QString& name : {u"a/vercel.json"_s, u"b/queuedeck-process.timer"_s,
                                u"c/queuedeck-process.service"_s, u"d/queuedeck.env"_s}) {
        for (const QString& target : {path(u"precious"_s), path(u"nowhere"_s), u"/dev/null"_s}) {
            QVERIFY(linked(name, target));
            const QString folder = QFileInfo(path(name)).path();
            const auto before = filesBelow(folder);
            const QStringList what = name.endsWith(u"json"_s)
                                         ? QStringList{u"vercel"_s, u"--url"_s, kUrl}
                                         : QStringList{u"systemd"_s};
            for (const bool force : {false, true}) {
                const Ran ran =
                    ctl(QStringList{u"schedule"_s} + what + QStringList{u"-o"_s, folder} +
                        (force ? QStringList{u"--force"_s} : QStringList{}));
                VERIFY_CODE(ran, 4);
                QVERIFY2(ran.err.contains("symbolic link"), ran.told());
                QCOMPARE(QFileInfo(path(name)).symLinkTarget(), target);
                QCOMPARE(filesBelow(folder), before);
            }
        }
    }
    QVERIFY(QDir().mkpath(path(u"elsewhere"_s)));
    QVERIFY(linked(u"repo/.github"_s, path(u"elsewhere"_s)));
    VERIFY_CODE(
        ctl({u"schedule"_s, u"github"_s, u"--url"_s, kUrl, u"-o"_s, path(u"repo"_s), u"--force"_s}),
        4);
    QVERIFY(filesBelow(path(u"elsewhere"_s)).isEmpty());
    QCOMPARE(readAll(path(u"precious"_s)), QByteArray("precious"));
    QVERIFY(!QFileInfo::exists(path(u"nowhere"_s)));
}

void tst_CtlSchedule::nothingIsHalfWritten()
{
    const QString last = there() + u"/queuedeck.env"_s;
    QVERIFY(QDir().mkpath(there()));
    QVERIFY(write(there() + u"/queuedeck-process.timer"_s, "mine"));
    QVERIFY(write(there() + u"/queuedeck-process.service"_s, "mine too"));
    const auto before = filesBelow(there());
    // The second one's place is taken by a folder, which --force does not remove.
    QVERIFY(QFile::remove(there() + u"/queuedeck-process.timer"_s));
    QVERIFY(QDir().mkpath(there() + u"/queuedeck-process.timer/full"_s));
    const Ran forced = ctl({u"schedule"_s, u"systemd"_s, u"-o"_s, there(), u"--force"_s});
    VERIFY_CODE(forced, 1);
    QVERIFY2(forced.err.contains("queuedeck-process.timer"), forced.err);
    QCOMPARE(readAll(there() + u"/queuedeck-process.service"_s), QByteArray("mine too"));
    QVERIFY(!QFileInfo::exists(last));
    QCOMPARE(filesBelow(there()).size(), before.size() - 1);

    // A folder that cannot be created, because a file has its name.
    QVERIFY(write(path(u"taken"_s), "x"));
    const Ran blocked = ctl({u"schedule"_s, u"systemd"_s, u"-o"_s, path(u"taken"_s)});
    VERIFY_CODE(blocked, 1);
    QVERIFY2(blocked.err.contains("cannot be made"), blocked.err);
    QCOMPARE(readAll(path(u"taken"_s)), QByteArray("x"));

    // A disk that becomes full when the last and largest file is written: no file may exceed 512
    // bytes.
    const QString small = path(u"small"_s);
    QProcess process;
    prepare(process, {u"schedule"_s, u"crontab"_s, u"--url"_s, kUrl, u"-o"_s, small});
    const QString program = process.program();
    process.setArguments(
        QStringList{u"-c"_s, u"trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""_s, program} +
        process.arguments());
    process.setProgram(u"/bin/sh"_s);
    process.start();
    const Ran cut = finish(process);
    VERIFY_CODE(cut, 1);
    QVERIFY2(cut.err.contains("queuedeck.env cannot be written: there is no room"), cut.err);
    QVERIFY2(filesBelow(small).isEmpty(), cut.told());

    // A folder that accepts no files, not even from root.
    const Ran full = ctl({u"schedule"_s, u"vercel"_s, u"--url"_s, kUrl, u"-o"_s, u"/proc/self"_s});
    QVERIFY2(full.code == 1, full.told());
}

void tst_CtlSchedule::wrongCron_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<int>("position");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("hour") << u"0 25 * * *"_s << 2
                          << QByteArray("An hour is a number from 0 to 23.");
    QTest::newRow("too few") << u"0 2 * *"_s << 7 << QByteArray("Only 4 of five fields");
    QTest::newRow("seconds") << u"0 0 2 * * *"_s << 10 << QByteArray("There are 6 fields");
    QTest::newRow("never") << u"0 2 31 2 *"_s << 4 << QByteArray("It would never run");
    QTest::newRow("nothing") << u""_s << 0 << QByteArray("Write minute hour");
}

void tst_CtlSchedule::wrongCron()
{
    QFETCH(QString, cron);
    QFETCH(int, position);
    QFETCH(QByteArray, says);
    const Ran ran = ctl({u"schedule"_s, u"systemd"_s, u"--cron"_s, cron, u"-o"_s, there()});
    VERIFY_CODE(ran, 2);
    QVERIFY2(ran.err.contains(says), ran.err);
    QVERIFY2(ran.err.contains("\n  " + cron.toUtf8() + "\n  " + QByteArray(position, ' ') + "^"),
             ran.err);
    QVERIFY(!QFileInfo::exists(there()));
    const Ran machine = json({u"schedule"_s, u"systemd"_s, u"--cron"_s, cron});
    VERIFY_CODE(machine, 2);
    QCOMPARE(machine.errorKind(), u"invalid"_s);
    QCOMPARE(machine.json()[u"error"_s][u"position"_s].toInt(-1), position);
}

void tst_CtlSchedule::refused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no URL") << u"github"_s << 2 << QByteArray("Give the URL of an endpoint");
    QTest::newRow("no address") << u"systemd --url app.example"_s << 2 << QByteArray("https://");
    QTest::newRow("in the clear") << u"systemd --url http://app.example"_s << 4
                                  << QByteArray("Use https");
    QTest::newRow("a password") << u"systemd --url https://me:hush@app.example"_s << 4
                                << QByteArray("user name or password");
    QTest::newRow("no zone") << u"systemd --zone Middle/Earth"_s << 2 << QByteArray("Middle/Earth");
    QTest::newRow("a zone for cron")
        << u"crontab --zone Europe/Berlin"_s << 2 << QByteArray("time zone");
    QTest::newRow("a zone for GitHub")
        << u"github --zone Europe/Berlin --url https://app.example"_s << 2 << QByteArray("by UTC");
    QTest::newRow("this computer")
        << u"github --url http://127.0.0.1:8080"_s << 2 << QByteArray("cannot reach");
}

void tst_CtlSchedule::refused()
{
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Ran ran =
        ctl(QStringList{u"schedule"_s} + arguments.split(u' ') + QStringList{u"-o"_s, there()});
    VERIFY_CODE(ran, code);
    QVERIFY2(ran.err.contains(says) && !ran.err.contains("hush"), ran.err);
    QVERIFY(ran.out.isEmpty());
    QVERIFY(!QFileInfo::exists(there()));
}

void tst_CtlSchedule::addressesOfTheEnvironment()
{
    setVariable(u"NEXT_PUBLIC_APP_URL"_s, u"https://public.example"_s);
    const Ran named = ctl({u"schedule"_s, u"github"_s});
    VERIFY_CODE(named, 0);
    QVERIFY2(named.out.contains("'https://public.example/api/jobs/process?maxJobs=10'"), named.out);
    setVariable(u"QUEUEDECK_ENDPOINT_URL"_s, u"https://mine.example/run"_s);
    QVERIFY(
        ctl({u"schedule"_s, u"github"_s}).out.contains("'https://mine.example/run?maxJobs=10'"));
    const Ran given = ctl({u"schedule"_s, u"github"_s, u"--url"_s, kUrl});
    QVERIFY(given.out.contains("'https://app.example/api/jobs/process?maxJobs=10'"));
    // What runs on this computer runs jobs here unless told otherwise.
    QVERIFY(ctl({u"schedule"_s, u"systemd"_s}).out.contains(" process --max-jobs 10\n"));
}

void tst_CtlSchedule::whatDoesNotCarryOverIsSaid()
{
    const QString db = u"postgresql://me:canary-of-a-password@db.example/jobs"_s;
    setVariable(u"QUEUEDECK_DATABASE_URL"_s, db);
    const Ran ran = ctl({u"schedule"_s, u"crontab"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(ran.err.contains("Note: The address of the database is not written down"), ran.err);
    QVERIFY2(ran.err.contains("Note: QUEUEDECK_HOME is set here."), ran.err);
    QVERIFY2(!(ran.out + ran.err).contains("canary"), ran.told());
}

void tst_CtlSchedule::noKeyAnywhere()
{
    const QByteArray key = "canary5f2e81a7c04b4d9386";
    setVariable(u"JOB_PROCESSOR_API_KEY"_s, QString::fromLatin1(key));
    setVariable(u"CRON_SECRET"_s, QString::fromLatin1(key));
    for (const QString& target : {u"systemd"_s, u"crontab"_s, u"github"_s, u"vercel"_s}) {
        const QStringList arguments{u"schedule"_s, target, u"--url"_s, kUrl};
        for (const Ran& ran : {ctl(arguments), json(arguments),
                               ctl(arguments + QStringList{u"-o"_s, there() + u'/' + target})}) {
            VERIFY_CODE(ran, 0);
            QVERIFY2(!(ran.out + ran.err).contains(key), qPrintable(target));
        }
    }
    for (const QByteArray& bytes : filesBelow(folder()))
        QVERIFY(!bytes.contains(key));
}

// What vercel.json promises: a GET with the secret runs jobs where serve listens.
void tst_CtlSchedule::servingDoesWhatVercelCalls()
{
    const Ran written = ctl(
        {u"schedule"_s, u"vercel"_s, u"--url"_s, kUrl, u"--max-jobs"_s, u"2"_s, u"-o"_s, there()});
    VERIFY_CODE(written, 0);
    const QJsonObject file = QJsonDocument::fromJson(readAll(there() + u"/vercel.json"_s)).object();
    const QByteArray called = file[u"crons"_s][0][u"path"_s].toString().toUtf8();
    QCOMPARE(called, QByteArray("/api/jobs/process?maxJobs=2"));
    VERIFY_CODE(ctl(QStringList{u"scan"_s} + cards().first(3)), 0);
    Served served;
    QVERIFY(serve(served, {}, true));
    const QByteArray agent = "User-Agent: vercel-cron/1.0";
    const Answer wrong = served.client().ask(
        "GET", called, {agent, "Authorization: Bearer another-secret-of-length"});
    QCOMPARE(wrong.status, 401);
    QCOMPARE(count(u"completed"_s), 0);
    const Answer right =
        served.client().ask("GET", called, {agent, "Authorization: Bearer " + kCron});
    QVERIFY2(right.status == 200, right.told());
    QCOMPARE(right.json()[u"processed"_s].toInt(), 2);
    QCOMPARE(count(u"completed"_s), 2);
}

QTEST_GUILESS_MAIN(tst_CtlSchedule)
#include "tst_ctl_schedule.moc"
