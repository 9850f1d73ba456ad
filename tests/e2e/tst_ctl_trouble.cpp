// SPDX-License-Identifier: GPL-3.0-or-later
// Databases that cannot be used, output that cannot be written, secrets.
#include "tests/e2e/ctltest.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class tst_CtlTrouble : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void brokenDatabases_data();
    void brokenDatabases();
    void readOnlyDatabase();
    void lockedDatabase();
    void noRoomForOutput();
    void passwordsStayHidden();
    void passwordIsNotInTheProcessList();
    void theWindowHidesPasswordsToo();
    void withoutHome();
};

void tst_CtlTrouble::brokenDatabases_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text")
        << QByteArray("This is not a database, but long enough to look at.\n").repeated(100);
    QTest::newRow("only the header")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(84, '\xff');
    QTest::newRow("damaged") << QByteArray();
}

void tst_CtlTrouble::brokenDatabases()
{
    QFETCH(QByteArray, content);
    const QString name = path(u"jobs.db"_s);
    const QString address = u"sqlite:"_s + name;
    QFile file(name);
    if (content.isEmpty()) { // a valid one with its content overwritten
        VERIFY_CODE(ctl({u"--db"_s, address, u"init"_s}), 0);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(100);
        file.write(QByteArray(int(file.size()) - 100, '\x5a'));
    } else {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    for (const QStringList& command :
         {QStringList{u"stats"_s}, QStringList{u"list"_s}, QStringList{u"process"_s},
          QStringList{u"enqueue"_s, kReport, u"{}"_s}, QStringList{u"init"_s}}) {
        const Ran ran = json(QStringList{u"--db"_s, address} + command);
        VERIFY_CODE(ran, 2);
        QCOMPARE(ran.errorKind(), u"invalid"_s); // a retry cannot help
    }
    file.seek(0);
    QCOMPARE(file.readAll(), before); // no further damage
}

void tst_CtlTrouble::readOnlyDatabase()
{
    // In /tmp, since a private TMPDIR may be inaccessible to others, as a home is.
    const QTemporaryDir open(u"/tmp/qd-open-XXXXXX"_s);
    QVERIFY2(open.isValid(), qPrintable(open.errorString()));
    const QString file = open.filePath(u"jobs.db"_s);
    const QString address = u"sqlite:"_s + file;
    VERIFY_CODE(ctl({u"--db"_s, address, u"init"_s}), 0);
    QFile::remove(file + u"-wal"_s);
    QFile::remove(file + u"-shm"_s);
    QCOMPARE(::chmod(qPrintable(file), 0444), 0);
    QCOMPARE(::chmod(qPrintable(open.path()), 0777), 0);
    QProcess process;
    prepare(process, {u"--json"_s, u"--db"_s, address, u"enqueue"_s, kReport, u"{}"_s});
    if (::geteuid() == 0)
        runAsNobody(process, open.path()); // root can write to anything
    process.start();
    const Ran write = finish(process);
    VERIFY_CODE(write, 4);
    QCOMPARE(write.errorKind(), u"denied"_s);
    process.setArguments({u"--json"_s, u"--db"_s, address, u"stats"_s}); // reading works
    process.start();
    VERIFY_CODE(finish(process), 0);
}

void tst_CtlTrouble::lockedDatabase()
{
    const QString address = u"sqlite:"_s + path(u"jobs.db"_s);
    VERIFY_CODE(ctl({u"--db"_s, address, u"init"_s}), 0);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"lock"_s);
        database.setDatabaseName(path(u"jobs.db"_s));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"BEGIN EXCLUSIVE"_s));
        const Ran ran = json({u"--db"_s, address, u"enqueue"_s, kReport, u"{}"_s});
        VERIFY_CODE(ran, 3);
        QCOMPARE(ran.errorKind(), u"unreachable"_s);
        QVERIFY2(ran.err.contains("locked"), ran.err);
        QVERIFY(query.exec(u"ROLLBACK"_s));
    }
    QSqlDatabase::removeDatabase(u"lock"_s);
    VERIFY_CODE(ctl({u"--db"_s, address, u"enqueue"_s, kReport, u"{}"_s}), 0);

    setVariable(u"QUEUEDECK_HOME"_s, u"/proc/no/such/home"_s); // a folder that cannot be created
    const Ran homeless = json({u"stats"_s});
    VERIFY_CODE(homeless, 3);
    QVERIFY(homeless.err.contains("/proc/no/such/home"));
}

void tst_CtlTrouble::noRoomForOutput()
{
    QProcess process;
    prepare(process, {u"--json"_s, u"stats"_s});
    process.setStandardOutputFile(u"/dev/full"_s);
    process.start();
    VERIFY_CODE(finish(process), 1);
}

void tst_CtlTrouble::passwordsStayHidden()
{
    const QByteArray secret = "s3cr3t-c4n4ry";
    const auto address = [&](const char* form) {
        return QString::fromUtf8(QByteArray(form).replace("PW", secret));
    };
    for (const char* form :
         {"postgresql://leora:PW@127.0.0.1:1/jobs?connect_timeout=1",
          "postgresql://leora:PW@127.0.0.1:1/jobs?sslmode=wrong",
          "postgresql://leora:PW@127.0.0.1:1/jobs?passfile=x", "postgresql://leora:PW@",
          "mysql://leora:PW@localhost/jobs", "postgres:/leora:PW@127.0.0.1/jobs",
          "leora:PW@127.0.0.1", "host=127.0.0.1 user=leora password=PW", "PGPASSWORD=PW",
          "jdbc:postgresql://127.0.0.1/jobs?user=leora&password=PW", "JOB_PROCESSOR_API_KEY=PW",
          "https://PW@127.0.0.1/"}) {
        for (const QStringList& arguments :
             {QStringList{u"--db"_s, address(form), u"stats"_s},
              QStringList{u"--json"_s, u"show"_s, address(form)},
              QStringList{u"list"_s, u"--where"_s, address(form)},
              QStringList{u"list"_s, u"--limit"_s, address(form)},
              QStringList{u"key"_s, u"store"_s, u"x"_s, address(form)},
              QStringList{u"--json"_s, u"--db"_s, address(form), u"init"_s},
              QStringList{u"stats"_s, address(form)}, QStringList{address(form)}}) {
            const Ran ran = ctl(arguments);
            QVERIFY2(ran.code >= 1 && ran.code <= 4, ran.told());
            QVERIFY2(!ran.out.contains(secret) && !ran.err.contains(secret), ran.told());
        }
    }
    const Ran warned =
        ctl({u"--db"_s, address("postgresql://leora:PW@127.0.0.1:1/jobs"), u"stats"_s});
    QVERIFY2(warned.err.contains("QUEUEDECK_DATABASE_URL"), warned.err);
    setVariable(u"QUEUEDECK_DATABASE_URL"_s, address("postgresql://leora:PW@127.0.0.1:1/jobs"));
    const Ran quiet = ctl({u"stats"_s});
    QVERIFY2(!quiet.err.contains("QUEUEDECK_DATABASE_URL"), quiet.err);
    QVERIFY(!quiet.err.contains(secret));
}

// The window's program hides it just as early; here it reports wrong usage.
void tst_CtlTrouble::theWindowHidesPasswordsToo()
{
    const QString secret = u"s3cr3t-c4n4ry"_s;
    for (const QStringList& arguments :
         {QStringList{u"postgres:/leora:%1@127.0.0.1/jobs"_s.arg(secret)},
          QStringList{u"host=h password="_s + secret},
          QStringList{u"--page"_s, u"postgresql://leora:%1@h/jobs"_s.arg(secret)},
          QStringList{u"--dbb=postgresql://leora:%1@h/jobs"_s.arg(secret)}}) {
        QProcess process;
        prepare(process, arguments);
        process.setProgram(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeck"));
        process.start();
        const Ran ran = finish(process);
        VERIFY_CODE(ran, 2);
        QVERIFY2(!ran.out.contains(secret.toUtf8()) && !ran.err.contains(secret.toUtf8()),
                 ran.told());
    }
    QProcess window;
    prepare(window, {u"--db"_s, u"postgresql://leora:%1@127.0.0.1:1/jobs"_s.arg(secret)});
    window.setProgram(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeck"));
    window.start();
    window.setReadChannel(QProcess::StandardError);
    QVERIFY(window.waitForReadyRead(30'000)); // the warning
    QFile commandLine(u"/proc/%1/cmdline"_s.arg(window.processId()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    const QByteArray shown = commandLine.readAll();
    QVERIFY2(shown.contains("leora:***"), shown);
    QVERIFY2(!shown.contains("s3cr3t"), shown);
    window.kill();
    window.waitForFinished();
}

void tst_CtlTrouble::passwordIsNotInTheProcessList()
{
    QProcess process;
    prepare(process, {u"--db"_s, u"postgresql://leora:s3cr3t-c4n4ry@127.0.0.1:1/jobs"_s,
                      u"enqueue"_s, kReport, u"-"_s}); // waits for its standard input
    process.start();
    process.setReadChannel(QProcess::StandardError);
    QVERIFY(process.waitForReadyRead(10'000)); // the warning: it has read its arguments
    QFile commandLine(u"/proc/%1/cmdline"_s.arg(process.processId()));
    QVERIFY(commandLine.open(QIODevice::ReadOnly));
    const QByteArray shown = commandLine.readAll();
    QVERIFY2(shown.contains("leora:***"), shown);
    QVERIFY2(!shown.contains("s3cr3t"), shown);
    process.closeWriteChannel();
    QVERIFY(finish(process).code != 0);
}

// As under systemd and cron: the user's home is found all the same, and never the root folder.
void tst_CtlTrouble::withoutHome()
{
    QProcess process;
    prepare(process, {u"handlers"_s});
    QProcessEnvironment bare;
    bare.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    process.setProcessEnvironment(bare);
    process.start();
    const Ran ran = finish(process);
    VERIFY_CODE(ran, 0);
    const QByteArray home = ::getpwuid(::getuid())->pw_dir;
    QVERIFY2(ran.err.contains(home + "/.local/share/queuedeck/handlers.d"), ran.told());
    QCOMPARE(ran.err.count('\n'), 1); // and no other message
}

QTEST_GUILESS_MAIN(tst_CtlTrouble)
#include "tst_ctl_trouble.moc"
