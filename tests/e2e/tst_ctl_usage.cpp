// SPDX-License-Identifier: GPL-3.0-or-later
// What a user meets first: help, wrong usage, and which database is used.
#include "tests/e2e/ctltest.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

static const QStringList kCommands{
    u"init"_s,          u"enqueue"_s, u"list"_s,    u"show"_s,     u"stats"_s,  u"doctor"_s,
    u"retry"_s,         u"cancel"_s,  u"delete"_s,  u"run-next"_s, u"repair"_s, u"cleanup"_s,
    u"undo"_s,          u"journal"_s, u"process"_s, u"scan"_s,     u"serve"_s,  u"trigger"_s,
    u"remote-status"_s, u"key"_s,     u"schedule"_s};

class tst_CtlUsage : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void helpIsComplete();
    void everyCommandHasHelp_data();
    void everyCommandHasHelp();
    void wrongUsage_data();
    void wrongUsage();
    void embeddedDatabaseIsMadeSilently();
    void namedDatabaseIsMadeByInitOnly();
    void environmentNamesTheDatabase();
    void printSqlMakesNothing();
};

void tst_CtlUsage::helpIsComplete()
{
    const Ran help = ctl({u"--help"_s});
    VERIFY_CODE(help, 0);
    QVERIFY(help.err.isEmpty());
    for (const QString& command : kCommands)
        QVERIFY2(QString::fromUtf8(help.out).contains(u"\n  "_s + command), qPrintable(command));
    for (const char* word : {"Examples:", "Exit codes:", "--db", "--json", "QUEUEDECK_HOME"})
        QVERIFY2(help.out.contains(word), word);

    const Ran version = ctl({u"--version"_s});
    VERIFY_CODE(version, 0);
    QVERIFY(QRegularExpression(u"^queuedeckctl \\d+\\.\\d+\\.\\d+\n$"_s)
                .match(QString::fromUtf8(version.out))
                .hasMatch());
}

void tst_CtlUsage::everyCommandHasHelp_data()
{
    QTest::addColumn<QString>("command");
    for (const QString& command : kCommands)
        QTest::newRow(qPrintable(command)) << command;
}

void tst_CtlUsage::everyCommandHasHelp()
{
    QFETCH(QString, command);
    const Ran help = ctl({command, u"--help"_s});
    VERIFY_CODE(help, 0);
    const QString text = QString::fromUtf8(help.out);
    QVERIFY2(text.section(u'\n', 0, 0).size() > 20, help.out); // explains what it does
    QVERIFY2(text.contains(u"Usage: queuedeckctl "_s + command), help.out);
    const QString examples = text.section(u"Examples:\n"_s, 1);
    QVERIFY2(examples.contains(u"queuedeckctl"_s) && examples.contains(command), help.out);
    for (const QString& line : text.split(u'\n'))
        QVERIFY2(line.size() <= 100, qPrintable(line));
    QVERIFY(!QFileInfo::exists(path(u"home"_s))); // showing help creates nothing
}

void tst_CtlUsage::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* name, const QString& arguments) {
        QTest::newRow(name) << arguments.split(u' ', Qt::SkipEmptyParts);
    };
    row("no command", {});
    row("no such command", u"frobnicate"_s);
    row("no such option", u"list --frobnicate"_s);
    row("limit is no number", u"list --limit many"_s);
    row("limit is zero", u"list --limit 0"_s);
    row("no such status", u"list --status waiting"_s);
    row("wrong cursor", u"list --after nonsense"_s);
    row("show without id", u"show"_s);
    row("retry of nothing", u"retry"_s);
    row("retry twice over", u"retry --failed some-id"_s);
    row("enqueue without payload", u"enqueue report_generation"_s);
    row("cleanup of pending", u"cleanup --status pending"_s);
    row("negative days", u"cleanup --older-than -1"_s);
    row("watch and until empty", u"process --watch --until-empty"_s);
    row("no jobs at all", u"process --max-jobs 0"_s);
    row("no file", u"scan"_s);
    row("no such kind of card", u"scan a.png --type passport"_s);
    row("trigger without an address", u"trigger"_s);
    row("trigger of no address", u"trigger app.example"_s);
    row("no jobs a call", u"trigger https://app.example --max-jobs 0"_s);
    row("key without a task", u"key"_s);
    row("a key as an argument", u"key store https://app.example hush"_s);
    row("a schedule for nobody", u"schedule"_s);
    row("a schedule for something else", u"schedule anacron"_s);
    row("force without a folder", u"schedule systemd --force"_s);
    row("a schedule of no jobs", u"schedule systemd --max-jobs 0"_s);
    row("no cron at all", u"schedule systemd --cron never"_s);
    row("address without a scheme", u"--db jobs.db stats"_s);
}

void tst_CtlUsage::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Ran plain = ctl(arguments);
    VERIFY_CODE(plain, 2);
    QVERIFY2(plain.out.isEmpty(), plain.out);
    QVERIFY2(plain.err.startsWith("queuedeckctl: "), plain.err);

    const Ran machine = json(arguments);
    VERIFY_CODE(machine, 2);
    QCOMPARE(machine.errorKind(), u"invalid"_s);
    QCOMPARE(machine.out.count('\n'), 1);
    QVERIFY(machine.err.startsWith("queuedeckctl: "));
}

void tst_CtlUsage::embeddedDatabaseIsMadeSilently()
{
    const Ran ran = ctl({u"stats"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(ran.err.isEmpty(), ran.err);
    QVERIFY(!embedded().isEmpty());
}

void tst_CtlUsage::namedDatabaseIsMadeByInitOnly()
{
    const QString file = path(u"jobs.db"_s);
    const QStringList db{u"--db"_s, u"sqlite:"_s + file};
    for (const QStringList& command :
         {QStringList{u"stats"_s}, QStringList{u"enqueue"_s, kReport, u"{}"_s},
          QStringList{u"process"_s}}) {
        const Ran ran = ctl(db + command);
        VERIFY_CODE(ran, 3);
        QVERIFY2(ran.err.contains("init"), ran.err); // it names the remedy
        QVERIFY(!QFileInfo::exists(file));
    }
    VERIFY_CODE(ctl(db + QStringList{u"init"_s}), 0);
    QVERIFY(QFileInfo::exists(file));
    VERIFY_CODE(ctl(db + QStringList{u"enqueue"_s, kReport, u"{}"_s}), 0);
    VERIFY_CODE(ctl(db + QStringList{u"init"_s}), 0); // again: nothing is lost
    const Ran stats = json(db + QStringList{u"stats"_s});
    VERIFY_CODE(stats, 0);
    QCOMPARE(stats.json()[u"counts"_s][u"pending"_s].toInt(), 1);
    QVERIFY(!QFileInfo::exists(path(u"home"_s))); // and the embedded one was not touched
}

void tst_CtlUsage::environmentNamesTheDatabase()
{
    VERIFY_CODE(ctl({u"--db"_s, u"file:./dev.db"_s, u"init"_s}), 0);
    VERIFY_CODE(ctl({u"--db"_s, u"file:./dev.db"_s, u"enqueue"_s, kReport, u"{}"_s}), 0);
    setVariable(u"DATABASE_URL"_s, u"file:./dev.db"_s);
    QCOMPARE(count(u"pending"_s), 1);
    setVariable(u"QUEUEDECK_DATABASE_URL"_s, u"file:./absent.db"_s); // overrides the other
    VERIFY_CODE(ctl({u"stats"_s}), 3);
    VERIFY_CODE(ctl({u"--db"_s, u"file:./dev.db"_s, u"stats"_s}), 0); // and --db overrides both
}

void tst_CtlUsage::printSqlMakesNothing()
{
    const Ran ran = ctl({u"init"_s, u"--print-sql"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY(ran.out.contains("CREATE TABLE IF NOT EXISTS \"Job\""));
    QVERIFY(ran.out.contains("queuedeck_journal"));
    QVERIFY(!QFileInfo::exists(path(u"home"_s)));
}

QTEST_GUILESS_MAIN(tst_CtlUsage)
#include "tst_ctl_usage.moc"
