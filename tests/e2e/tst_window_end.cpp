// SPDX-License-Identifier: GPL-3.0-or-later
// How the built window exits while jobs run: whatever requests it, jobs are handed back, no lease
// remains, and a second request takes effect at once.
#include "tests/e2e/ctltest.h"
#include "tests/support/ownhandlers.h"
#include "tests/support/processes.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

class tst_WindowEnd : public CtlTest
{
    Q_OBJECT

    const QString kType = u"slow_export"_s;

    void writeHandler(const QByteArray& script) const
    {
        QVERIFY(queuedeck::tests::writeHandler(path(u"home/handlers.d"_s), kType + u".json"_s,
                                               "{\"command\":[\"/bin/sh\",\"-c\",\"" + script +
                                                   "\"]}"));
    }
    QByteArray homeFile(const QString& name) const
    {
        QFile file(path(u"home/"_s + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }
    // The window on the embedded database, with its engine running through a schedule: starting
    // with the sample data is the only way to do that without using the mouse.
    void startWindow(QProcess& window) const
    {
        prepare(window, {u"--demo"_s});
        QProcessEnvironment environment = window.processEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        window.setProcessEnvironment(environment);
        window.setProgram(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeck"));
        window.start();
    }
    QString demo() const { return u"sqlite:"_s + path(u"home/sample-data.db"_s); }
    // A job that runs in the window, in a handler that ignores SIGTERM.
    QString runSlowJob(QProcess& window, pid_t& program) const
    {
        writeHandler("trap '' TERM; echo $$ > up; sleep 600 & wait; sleep 600");
        startWindow(window);
        QString id;
        const auto isThere = [&] {
            const Ran ran = json({u"--db"_s, demo(), u"enqueue"_s, kType, u"{}"_s});
            id = ran.code == 0 ? ran.json()[u"ids"_s].toArray().at(0).toString() : QString();
            return !id.isEmpty();
        };
        if (!QTest::qWaitFor(isThere, 60'000))
            qFatal("The window makes no database.");
        if (!QTest::qWaitFor([&] { return !homeFile(u"up"_s).isEmpty(); }, 90'000))
            qFatal("The job does not run.");
        program = pid_t(homeFile(u"up"_s).toInt());
        return id;
    }
    QJsonObject show(const QString& id) const
    {
        return json({u"--db"_s, demo(), u"show"_s, id}).json();
    }
    qint64 leases() const
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(path(u"home/sample-data.db"_s));
        qint64 held = -1;
        if (database.open()) {
            QSqlQuery query(u"SELECT count(*) FROM queuedeck_lease"_s, database);
            held = query.next() ? query.value(0).toLongLong() : -1;
        }
        database = {};
        QSqlDatabase::removeDatabase(u"look"_s);
        return held;
    }

private Q_SLOTS:
    void aSignalHandsBack_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("times");
        QTest::newRow("TERM") << SIGTERM << 1;
        QTest::newRow("INT") << SIGINT << 1;
        QTest::newRow("HUP") << SIGHUP << 1;
        QTest::newRow("TERM twice at once") << SIGTERM << 2; // as `timeout` does
    }
    void aSignalHandsBack()
    {
        QFETCH(int, signal);
        QFETCH(int, times);
        QProcess window;
        pid_t program = 0;
        const QString id = runSlowJob(window, program);
        const int attempts = show(id)[u"attempts"_s].toInt(-1);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < times; ++i)
            ::kill(pid_t(window.processId()), signal);
        QVERIFY(window.waitForFinished(30'000));
        QVERIFY2(timer.elapsed() < 25'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
        QCOMPARE(window.exitCode(), 0);
        QVERIFY(queuedeck::tests::isGone(program));
        const QJsonObject job = show(id);
        QCOMPARE(job[u"status"_s].toString(), u"pending"_s);
        QCOMPARE(job[u"attempts"_s].toInt(-1), attempts - 1); // given back
        QCOMPARE(leases(), 0);
    }

    void aLaterSecondSignalLeavesAtOnce()
    {
        QProcess window;
        pid_t program = 0;
        runSlowJob(window, program);
        ::kill(pid_t(window.processId()), SIGTERM);
        QTest::qWait(1'200);
        QElapsedTimer timer;
        timer.start();
        ::kill(pid_t(window.processId()), SIGTERM);
        QVERIFY(window.waitForFinished(30'000));
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
        QTRY_VERIFY_WITH_TIMEOUT(queuedeck::tests::isGone(program), 1'000);
    }

    void withNothingRunningItIsOverSoon()
    {
        QProcess window;
        prepare(window, {});
        QProcessEnvironment environment = window.processEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        window.setProcessEnvironment(environment);
        window.setProgram(QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeck"));
        window.setArguments({});
        window.start();
        QVERIFY(window.waitForStarted());
        // Once its signal handler is in place.
        QTRY_VERIFY_WITH_TIMEOUT(queuedeck::tests::catches(pid_t(window.processId()), SIGTERM),
                                 30'000);
        ::kill(pid_t(window.processId()), SIGTERM);
        QVERIFY(window.waitForFinished(10'000));
        QCOMPARE(window.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_WindowEnd)
#include "tst_window_end.moc"
