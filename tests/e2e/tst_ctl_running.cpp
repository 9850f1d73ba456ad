// SPDX-License-Identifier: GPL-3.0-or-later
// process and scan, alone, side by side, stopped and killed.
#include "tests/e2e/ctltest.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <signal.h>

using namespace Qt::StringLiterals;

class tst_CtlRunning : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void process();
    void processOneType();
    void processStopsAfterFailures();
    void processesShareTheQueue();
    void processStopsInOrder();
    void scan();
    void scanGoesOnPastBadFiles();
    void scanWaits();
    void scanPrintsAsItReads();
    void toldTwiceAtOnceIsToldOnce_data();
    void toldTwiceAtOnceIsToldOnce();
    void endedHalfWay_data();
    void endedHalfWay();
};

void tst_CtlRunning::process()
{
    add(12, kPicture, kElsewhere);
    const Ran ran = json({u"process"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.out.count('\n'), 1);
    const QJsonObject report = ran.json();
    QCOMPARE(keys(report), QSet<QString>({u"processed"_s, u"failed"_s, u"startTime"_s, u"endTime"_s,
                                          u"message"_s}));
    QCOMPARE(report[u"processed"_s].toInt() + report[u"failed"_s].toInt(), 10);
    QVERIFY(report[u"endTime"_s].toString().endsWith(u'Z'));
    QVERIFY(!report[u"message"_s].toString().isEmpty());
    const Ran rest = ctl({u"process"_s, u"--until-empty"_s});
    VERIFY_CODE(rest, 0);
    QVERIFY2(rest.out.contains("2 failed"), rest.out);
    QCOMPARE(count(u"failed"_s), 12);
    const Ran none = json({u"process"_s, u"--until-empty"_s});
    VERIFY_CODE(none, 0);
    QCOMPARE(none.json()[u"failed"_s].toInt(-1), 0);
}

void tst_CtlRunning::processOneType()
{
    add(2, kOwn, u"{}"_s);
    add(2, kPicture, kElsewhere);
    VERIFY_CODE(ctl({u"enqueue"_s, u"shop_export"_s, u"{}"_s, u"--any-type"_s}), 0);
    VERIFY_CODE(ctl({u"process"_s, u"--type"_s, kPicture}), 0);
    QCOMPARE(count(u"failed"_s), 2);
    const Ran foreign = ctl({u"process"_s, u"--type"_s, u"shop_export"_s});
    VERIFY_CODE(foreign, 2);
    QVERIFY(foreign.err.contains(kPicture.toUtf8())); // it names what can be run
    VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
    QCOMPARE(count(u"pending"_s), 3); // without a handler they wait for another program
}

void tst_CtlRunning::processStopsAfterFailures()
{
    add(60, kPicture, kElsewhere);
    const QStringList process{u"process"_s, u"--concurrency"_s, u"1"_s, u"--until-empty"_s};
    const Ran halted = json(process + QStringList{u"--stop-after-failures"_s, u"4"_s});
    VERIFY_CODE(halted, 1);
    QCOMPARE(halted.json()[u"failed"_s].toInt(), 4);
    QCOMPARE(halted.json()[u"haltedAfter"_s].toInt(), 4);
    QVERIFY(halted.json()[u"lastFailure"_s].toString().startsWith(kPicture));
    QCOMPARE(count(u"pending"_s), 56);
    const Ran told = ctl(process + QStringList{u"--stop-after-failures"_s, u"1"_s});
    VERIFY_CODE(told, 1);
    QVERIFY2(told.out.contains("stopped after 1 failures in a row"), told.told());
    QVERIFY2(told.err.contains("The last failure: image_extraction"), told.told());
    VERIFY_CODE(ctl(process + QStringList{u"--stop-after-failures"_s, u"0"_s}), 0);
    QCOMPARE(count(u"failed"_s), 60);
    VERIFY_CODE(ctl({u"process"_s, u"--stop-after-failures"_s, u"-1"_s}), 2);
}

void tst_CtlRunning::processesShareTheQueue()
{
    add(500, kPicture, kElsewhere);
    QProcess first;
    QProcess second;
    for (QProcess* process : {&first, &second}) {
        prepare(*process, {u"--json"_s, u"process"_s, u"--until-empty"_s});
        process->start();
    }
    const Ran one = finish(first);
    const Ran two = finish(second);
    VERIFY_CODE(one, 0);
    VERIFY_CODE(two, 0);
    QCOMPARE(one.json()[u"failed"_s].toInt() + two.json()[u"failed"_s].toInt(), 500);
    QCOMPARE(count(u"failed"_s), 500);
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_attempt"_s).toInt(), 500);
    QCOMPARE(sql(u"SELECT count(DISTINCT job_id) FROM queuedeck_attempt WHERE outcome = "
                 "'failed'"_s)
                 .toInt(),
             500);
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_lease"_s).toInt(), 0);
}

void tst_CtlRunning::processStopsInOrder()
{
    for (const int signal : {SIGTERM, SIGINT}) {
        add(1, kPicture, kElsewhere); // once this is done, the program handles signals
        QProcess process;
        prepare(process, {u"--json"_s, u"process"_s, u"--watch"_s});
        process.start();
        QTRY_VERIFY_WITH_TIMEOUT(
            count(u"failed"_s) == sql(u"SELECT count(*) FROM \"Job\""_s).toInt(), 20'000);
        add(30, kPicture, kElsewhere); // it is working when it is told to stop
        ::kill(pid_t(process.processId()), signal);
        const Ran ran = finish(process);
        VERIFY_CODE(ran, 0);
        QVERIFY(ran.json().contains(u"processed"_s));
        QCOMPARE(count(u"processing"_s), 0); // it holds nothing any more
        QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_lease"_s).toInt(), 0);
        QCOMPARE(sql(u"SELECT count(*) FROM \"Job\" WHERE status = 'pending' AND attempts > 0"_s)
                     .toInt(),
                 0); // and jobs that were handed back have lost no attempt
        VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
    }
}

void tst_CtlRunning::scan()
{
    const QStringList files = cards().mid(0, 2);
    if (files.size() < 2)
        QSKIP("The sample cards are not here.");
    const Ran ran = json(QStringList{u"scan"_s} + files);
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.lines().size(), 2);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(keys(ran.lines()[i]),
                 QSet<QString>({u"file"_s, u"scanId"_s, u"jobId"_s, u"reader"_s}));
        QCOMPARE(ran.lines()[i][u"file"_s].toString(), files[i]);
    }
    QCOMPARE(json({u"stats"_s}).json()[u"byType"_s][u"image_extraction"_s][u"pending"_s].toInt(),
             2);
    QCOMPARE(sql(u"SELECT count(*) FROM \"ImageScan\""_s).toInt(), 2);
}

void tst_CtlRunning::scanGoesOnPastBadFiles()
{
    QFile text(path(u"text.png"_s));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("This is not a picture.");
    text.close();
    const QStringList bad{text.fileName(), path(u"absent.png"_s), folder()};
    const QStringList good = cards().mid(0, 1);
    const Ran ran = json(QStringList{u"scan"_s} + bad + good);
    VERIFY_CODE(ran, 1);
    QCOMPARE(ran.lines().size(), bad.size() + good.size());
    for (int i = 0; i < bad.size(); ++i) {
        QCOMPARE(keys(ran.lines()[i]), QSet<QString>({u"file"_s, u"error"_s}));
        QCOMPARE(ran.lines()[i][u"file"_s].toString(), bad[i]);
    }
    if (!good.isEmpty())
        QVERIFY(ran.lines().last().contains(u"jobId"_s));
    QCOMPARE(sql(u"SELECT count(*) FROM \"Job\""_s).toInt(), good.size()); // nothing half-written
    const Ran plain = ctl(QStringList{u"scan"_s, u"absent.png"_s});
    VERIFY_CODE(plain, 1);
    QVERIFY(plain.err.contains("absent.png"));
}

void tst_CtlRunning::scanWaits()
{
    const QStringList files = cards().mid(0, 2);
    if (files.size() < 2)
        QSKIP("The sample cards are not here.");
    const Ran ran = json(QStringList{u"scan"_s} + files + QStringList{u"--wait"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.lines().size(), files.size());
    for (const QJsonObject& line : ran.lines()) {
        QVERIFY(keys(line).contains(
            {u"file"_s, u"scanId"_s, u"jobId"_s, u"reader"_s, u"status"_s, u"extractedData"_s}));
        QCOMPARE(line[u"status"_s].toString(), u"completed"_s);
        QVERIFY(!line[u"extractedData"_s].toObject().isEmpty());
    }
    QCOMPARE(count(u"completed"_s), files.size());
    for (const QJsonObject& entry : json({u"journal"_s}).lines())
        QCOMPARE(entry[u"action"_s].toString(), u"upload"_s); // no other job had to be postponed

    // Ahead of a card that is waiting: the one a user waits for goes first.
    VERIFY_CODE(ctl({u"scan"_s, files[1]}), 0);
    const Ran plain = ctl({u"scan"_s, files[0], u"--wait"_s});
    VERIFY_CODE(plain, 0);
    QCOMPARE(count(u"pending"_s), 1);
    QVERIFY(plain.out.contains(": completed\n"));
}

// A line for each card as soon as it is read, not when the last one is.
void tst_CtlRunning::scanPrintsAsItReads()
{
    const QStringList files = cards();
    if (files.size() < 3)
        QSKIP("The sample cards are not here.");
    QProcess process;
    prepare(process, QStringList{u"--json"_s, u"scan"_s, u"--wait"_s} + files);
    process.start();
    int printed = 0;
    while (printed < 1 && process.waitForReadyRead(60'000))
        printed += int(process.readAllStandardOutput().count('\n'));
    QVERIFY2(printed < files.size(), "All lines came at once.");
    VERIFY_CODE(finish(process), 0);
}

void tst_CtlRunning::toldTwiceAtOnceIsToldOnce_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("scan") << QStringList{u"scan"_s, u"--wait"_s};
    QTest::newRow("process") << QStringList{u"process"_s, u"--until-empty"_s};
}

// As timeout(1) does: to the program, and then to its process group.
void tst_CtlRunning::toldTwiceAtOnceIsToldOnce()
{
    QFETCH(QStringList, arguments);
    QStringList files;
    for (int i = 0; i < 4; ++i)
        files += cards();
    if (files.size() < 4)
        QSKIP("The sample cards are not here.");
    const bool isScan = arguments.first() == "scan"_L1;
    if (!isScan)
        VERIFY_CODE(ctl(QStringList{u"scan"_s} + files), 0);
    QProcess process;
    prepare(process, QStringList{u"--json"_s} + arguments + (isScan ? files : QStringList()));
    process.setArguments(QStringList{u"4"_s, process.program()} + process.arguments());
    process.setProgram(u"timeout"_s);
    process.start();
    const Ran ran = finish(process);
    VERIFY_CODE(ran, 124); // from timeout: it had to send the signal
    QCOMPARE(count(u"processing"_s), 0);
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_lease"_s).toInt(), 0);
    const qint64 completed = count(u"completed"_s);
    if (!isScan) {
        QCOMPARE(ran.json()[u"processed"_s].toInteger(-1), completed);
        return;
    }
    QCOMPARE(ran.lines().size(), files.size());
    const QList<QJsonObject> lines = ran.lines();
    QCOMPARE(std::count_if(lines.begin(), lines.end(),
                           [](const QJsonObject& line) { return line.contains(u"status"_s); }),
             completed);
}

void tst_CtlRunning::endedHalfWay_data()
{
    QTest::addColumn<QList<int>>("signalsSent");
    QTest::newRow("killed") << QList<int>{SIGKILL};
    QTest::newRow("told twice") << QList<int>{SIGINT, SIGINT};
    QTest::newRow("told by a terminal and a shell") << QList<int>{SIGHUP, SIGTERM, SIGHUP, SIGINT};
    QTest::newRow("told once") << QList<int>{SIGTERM};
}

void tst_CtlRunning::endedHalfWay()
{
    QFETCH(QList<int>, signalsSent);
    const QStringList files = cards();
    if (files.size() < 3)
        QSKIP("The sample cards are not here.");
    QProcess process;
    prepare(process, QStringList{u"scan"_s, u"--wait"_s} + files);
    process.start();
    // Stopped while it reads: some are done, some in progress.
    QTRY_VERIFY_WITH_TIMEOUT(!embedded().isEmpty() && count(u"completed"_s) >= 1, 40'000);
    for (const int signal : signalsSent) {
        ::kill(pid_t(process.processId()), signal);
        QTest::qWait(50);
    }
    const Ran ended = finish(process);
    if (signalsSent.first() != SIGKILL)
        VERIFY_CODE(ended, 1);
    if (signalsSent.first() != SIGKILL)
        QCOMPARE(count(u"processing"_s), 0); // handed back

    const int jobs = sql(u"SELECT count(*) FROM \"Job\""_s).toInt();
    QCOMPARE(sql(u"SELECT count(*) FROM \"ImageScan\""_s).toInt(), jobs);
    QCOMPARE(sql(u"SELECT count(*) FROM queuedeck_image"_s).toInt(), jobs);
    sql(u"UPDATE queuedeck_claim SET expires_at = 0"_s); // as if half a minute had passed
    sql(u"DELETE FROM queuedeck_retry"_s);               // and the back-off of lost jobs
    QTRY_VERIFY_WITH_TIMEOUT(json({u"process"_s, u"--until-empty"_s}).code == 0 &&
                                 count(u"completed"_s) == jobs,
                             60'000);
    QCOMPARE(sql(u"SELECT count(*) FROM \"ImageScan\" WHERE status = 'completed'"_s).toInt(), jobs);
    QCOMPARE(sql(u"SELECT count(*) FROM (SELECT 1 FROM queuedeck_attempt WHERE outcome = "
                 "'completed' GROUP BY job_id HAVING count(*) > 1)"_s)
                 .toInt(),
             0);
}

QTEST_GUILESS_MAIN(tst_CtlRunning)
#include "tst_ctl_running.moc"
