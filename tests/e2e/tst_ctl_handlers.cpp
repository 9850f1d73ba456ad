// SPDX-License-Identifier: GPL-3.0-or-later
// Custom job types: a file dropped into handlers.d, and its jobs run.
#include "tests/e2e/ctltest.h"
#include "tests/support/ownhandlers.h"
#include "tests/support/processes.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <sys/stat.h>
#include <sys/types.h>

using namespace Qt::StringLiterals;

class tst_CtlHandlers : public CtlTest
{
    Q_OBJECT

    const QString kType = u"shop_export"_s;

    void writeHandler(const QString& name, const QByteArray& text) const
    {
        if (!queuedeck::tests::writeHandler(path(u"home/handlers.d"_s), name, text))
            qFatal("%s cannot be written.", qPrintable(name));
    }
    void writeShell(const QByteArray& script, const QByteArray& more = {}) const
    {
        writeHandler(kType + u".json"_s,
                     "{\"command\":[\"/bin/sh\",\"-c\",\"" + script + "\"]" + more + '}');
    }
    QJsonObject show(const QString& id) const { return json({u"show"_s, id}).json(); }
    QJsonObject processed() const { return json({u"process"_s, u"--until-empty"_s}).json(); }
    QByteArray homeFile(const QString& name) const
    {
        QFile file(path(u"home/"_s + name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void copyExamples() const
    {
        const QDir examples(u"" QUEUEDECK_SOURCE_DIR "/resources/examples/handlers.d"_s);
        for (const QString& name : examples.entryList(QDir::Files)) {
            QFile file(examples.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                writeHandler(name, file.readAll());
        }
    }

private Q_SLOTS:
    void aDroppedFileRunsItsJobs();
    void endsOfAProgram_data();
    void endsOfAProgram();
    void aPayloadThatDoesNotFit();
    void aRefusedFile();
    void noSecretReachesTheProgram();
    void cancelEndsTheProgram();
    void theProgramDiesWithQueuedeck();
    void allItStartedDiesWithQueuedeck_data();
    void allItStartedDiesWithQueuedeck();
    void aSchemaThatRefersToItself_data();
    void aSchemaThatRefersToItself();
    void aWayThatOthersMayWrite_data();
    void aWayThatOthersMayWrite();
    void aRelativeScriptStaysWhatItWas();
    void underUmaskZeroNothingIsForOthersToWrite();
    void itSaysHowFarItIsAndWhatItMade();
    void theListing();
    void theExamples();
};

void tst_CtlHandlers::aDroppedFileRunsItsJobs()
{
    const Ran unknown = ctl({u"enqueue"_s, kType, u"{}"_s});
    VERIFY_CODE(unknown, 2);
    writeShell("cat > got-$QUEUEDECK_JOB_ID");
    const QStringList ids = add(3, kType, u"{\"shop\":\"harbour\"}"_s);
    QCOMPARE(ids.size(), 3);
    QCOMPARE(processed()[u"processed"_s].toInt(), 3);
    QCOMPARE(count(u"completed"_s), 3);
    for (const QString& id : ids)
        QCOMPARE(homeFile(u"got-"_s + id).trimmed(), QByteArray("{\"shop\":\"harbour\"}"));
    VERIFY_CODE(ctl({u"process"_s, u"--type"_s, kType}), 0);
}

void tst_CtlHandlers::endsOfAProgram_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("failed") << QByteArray("echo no disk >&2; exit 3") << u"pending"_s << 1
                            << u"exit code 3: no disk"_s << u"retried"_s;
    QTest::newRow("for good") << QByteArray("echo no shop >&2; exit 65") << u"failed"_s << 1
                              << u"no shop"_s << u"failed"_s;
    QTest::newRow("later") << QByteArray("echo busy >&2; exit 75") << u"pending"_s << 0 << QString()
                           << u"released"_s;
}
void tst_CtlHandlers::endsOfAProgram()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, status);
    QFETCH(int, attempts);
    QFETCH(QString, error);
    QFETCH(QString, outcome);
    writeShell(script);
    const QString id = add(1, kType, u"{}"_s).value(0);
    processed();
    const QJsonObject job = show(id);
    QCOMPARE(job[u"status"_s].toString(), status);
    QCOMPARE(job[u"attempts"_s].toInt(-1), attempts);
    const QJsonObject attempt = job[u"history"_s].toArray().first().toObject();
    QCOMPARE(attempt[u"outcome"_s].toString(), outcome);
    if (!error.isEmpty())
        QCOMPARE(job[u"error"_s].toString(), error);
}

void tst_CtlHandlers::aPayloadThatDoesNotFit()
{
    writeShell("exit 0", ",\"schema\":{\"required\":[\"shop\"]}");
    const Ran refused = json({u"enqueue"_s, kType, u"{}"_s});
    VERIFY_CODE(refused, 2);
    QCOMPARE(refused.errorKind(), u"invalid"_s);
    const QString id = add(1, kType, u"{\"shop\":1}"_s).value(0);
    // A row from another program, which validates nothing.
    sql(u"UPDATE \"Job\" SET payload = '{}'"_s);
    QCOMPARE(processed()[u"failed"_s].toInt(), 1);
    const QJsonObject job = show(id);
    QCOMPARE(job[u"status"_s].toString(), u"failed"_s);
    QVERIFY(job[u"error"_s].toString().contains("does not fit the schema"_L1));
}

void tst_CtlHandlers::aRefusedFile()
{
    writeShell("exit 0");
    writeHandler(u"image_extraction.json"_s, "{\"command\":[\"/bin/true\"]}");
    writeHandler(u"other.json"_s, "{\"command\":[\"/bin/true\"]}");
    const QString file = path(u"home/handlers.d/other.json"_s);
    QVERIFY(QFile::setPermissions(file, QFile::permissions(file) | QFile::WriteGroup));
    const Ran enqueued = ctl({u"enqueue"_s, u"other"_s, u"{}"_s});
    VERIFY_CODE(enqueued, 2);
    QVERIFY2(enqueued.err.contains("other.json is not used: Others may write to it"), enqueued.err);
    const Ran asked = ctl({u"process"_s, u"--type"_s, u"other"_s});
    VERIFY_CODE(asked, 2);
    QVERIFY2(asked.err.contains("Others may write to it"), asked.err);
    add(1, kType, u"{}"_s);
    const Ran ran = json({u"process"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"processed"_s].toInt(), 1); // the rest works
    QCOMPARE(ran.err.count("other.json is not used"), 1);
    QCOMPARE(ran.err.count("image_extraction has a built-in handler"), 1);
}

void tst_CtlHandlers::noSecretReachesTheProgram()
{
    setVariable(u"JOB_PROCESSOR_API_KEY"_s, u"canary-key"_s);
    setVariable(u"QUEUEDECK_DATABASE_URL"_s, u"sqlite:"_s + path(u"canary.db"_s));
    VERIFY_CODE(ctl({u"init"_s}), 0);
    writeShell("cat /proc/self/environ > env; ls -l /proc/self/fd > fds");
    VERIFY_CODE(ctl({u"enqueue"_s, kType, u"{}"_s}), 0);
    QCOMPARE(processed()[u"processed"_s].toInt(), 1);
    const QByteArray environment = homeFile(u"env"_s);
    QVERIFY(environment.contains("QUEUEDECK_ATTEMPT=1"));
    QVERIFY2(!environment.contains("canary"), environment);
    QVERIFY2(!homeFile(u"fds"_s).contains("canary"), homeFile(u"fds"_s));
}

void tst_CtlHandlers::cancelEndsTheProgram()
{
    writeShell("echo $$ > up; exec sleep 600");
    const QString id = add(1, kType, u"{}"_s).value(0);
    QProcess process;
    prepare(process, {u"--json"_s, u"process"_s, u"--until-empty"_s});
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(!homeFile(u"up"_s).trimmed().isEmpty(), 30'000);
    const pid_t program = homeFile(u"up"_s).trimmed().toInt();
    VERIFY_CODE(ctl({u"cancel"_s, id}), 0); // by another process: the lease is lost
    QTRY_VERIFY_WITH_TIMEOUT(queuedeck::tests::isGone(program), 60'000);
    VERIFY_CODE(finish(process), 0);
    QVERIFY(show(id)[u"status"_s].toString() != u"processing"_s);
}

void tst_CtlHandlers::theProgramDiesWithQueuedeck()
{
    writeShell("echo $$ > up; exec sleep 600");
    add(1, kType, u"{}"_s);
    QProcess process;
    prepare(process, {u"process"_s, u"--watch"_s});
    process.start();
    QTRY_VERIFY_WITH_TIMEOUT(!homeFile(u"up"_s).trimmed().isEmpty(), 30'000);
    const pid_t program = homeFile(u"up"_s).trimmed().toInt();
    process.kill();
    process.waitForFinished();
    QTRY_VERIFY_WITH_TIMEOUT(queuedeck::tests::isGone(program), 30'000);
}

void tst_CtlHandlers::allItStartedDiesWithQueuedeck_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("child") << QByteArray("sleep 1000 & echo $! > up; wait");
    QTest::newRow("session") << QByteArray("setsid sh -c 'echo $$ > up; exec sleep 1000' & wait");
    QTest::newRow("two forks") << QByteArray(
        "(setsid sh -c 'echo $$ > up; exec sleep 1000' &) & wait; sleep 1000");
    QTest::newRow("nohup") << QByteArray(
        "nohup sh -c 'echo $$ > up; exec sleep 1000' >/dev/null 2>&1 & wait");
}

void tst_CtlHandlers::allItStartedDiesWithQueuedeck()
{
    QFETCH(QByteArray, script);
    for (const bool isKilled : {true, false}) {
        QFile::remove(path(u"home/up"_s));
        writeShell(script);
        const QString id = add(1, kType, u"{}"_s).value(0);
        QProcess process;
        prepare(process, {u"process"_s, u"--watch"_s});
        process.start();
        QTRY_VERIFY_WITH_TIMEOUT(!homeFile(u"up"_s).trimmed().isEmpty(), 30'000);
        const pid_t below = homeFile(u"up"_s).trimmed().toInt();
        QVERIFY(!queuedeck::tests::isGone(below));
        if (isKilled)
            process.kill();
        else
            process.terminate();
        QVERIFY(process.waitForFinished(25'000));
        QTRY_VERIFY_WITH_TIMEOUT(queuedeck::tests::isGone(below), 1'000);
        if (!isKilled) // handed back; a killed one still has its lease
            QCOMPARE(show(id)[u"status"_s].toString(), u"pending"_s);
        sql(u"DELETE FROM \"Job\""_s);
    }
}

void tst_CtlHandlers::aSchemaThatRefersToItself_data()
{
    QTest::addColumn<QByteArray>("schema");
    for (const char* schema :
         {R"({"$ref":"#"})", R"({"anyOf":[{"$ref":"#"}]})", R"({"allOf":[{"$ref":"#/allOf/0"}]})",
          R"({"properties":{"a":{"$ref":"#/properties/a"}}})",
          R"({"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}})",
          R"({"$ref":"https://example.com/s.json"})"})
        QTest::newRow(schema) << QByteArray(schema);
    QTest::newRow("deep") << QByteArray("{\"not\":").repeated(3'000) + "{}" +
                                 QByteArray(3'000, '}');
}

// Reported by each command like any error in a file, while every other type continues to work.
void tst_CtlHandlers::aSchemaThatRefersToItself()
{
    QFETCH(QByteArray, schema);
    writeHandler(u"tree.json"_s, "{\"command\":[\"/bin/true\"],\"schema\":" + schema + '}');
    writeShell("exit 0");
    const Ran listed = ctl({u"handlers"_s});
    VERIFY_CODE(listed, 1);
    QVERIFY2(listed.out.contains("tree") && listed.out.contains("not used"), listed.out);
    add(1, kType, u"{}"_s);
    QCOMPARE(processed()[u"processed"_s].toInt(), 1);
    const Ran refused = ctl({u"enqueue"_s, u"tree"_s, u"{}"_s});
    QVERIFY2(refused.code == 2, refused.told());
    VERIFY_CODE(ctl({u"stats"_s}), 0);
}

void tst_CtlHandlers::aWayThatOthersMayWrite_data()
{
    QTest::addColumn<QString>("opened");
    for (const auto& name : {u"home"_s, u"home/handlers.d"_s, u"home/handlers.d/slow.json"_s,
                             u"tools"_s, u"tools/run.sh"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void tst_CtlHandlers::aWayThatOthersMayWrite()
{
    QFETCH(QString, opened);
    QVERIFY(QDir(folder()).mkpath(u"tools"_s));
    QFile script(path(u"tools/run.sh"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nexit 0\n");
    script.close();
    const auto all = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    QVERIFY(script.setPermissions(all) && QFile::setPermissions(path(u"tools"_s), all));
    writeHandler(u"slow.json"_s, "{\"command\":[\"" + script.fileName().toUtf8() + "\"]}");
    VERIFY_CODE(ctl({u"handlers"_s}), 0);
    for (const auto& more : {QFile::WriteGroup, QFile::WriteOther}) {
        QVERIFY(QFile::setPermissions(path(opened), all | more));
        const Ran ran = ctl({u"handlers"_s});
        VERIFY_CODE(ran, 1);
        QVERIFY2(ran.out.contains("chmod go-w"), ran.out);
        QVERIFY(QFile::setPermissions(path(opened), all));
    }
}

// Relative to the data folder, whatever folder Queuedeck is started in.
void tst_CtlHandlers::aRelativeScriptStaysWhatItWas()
{
    QVERIFY(QDir(folder()).mkpath(u"home"_s));
    QFile script(path(u"home/export.sh"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("echo mine > ran\n");
    script.close();
    writeHandler(kType + u".json"_s, R"({"command":["/bin/sh","export.sh"]})");
    add(1, kType, u"{}"_s);
    QCOMPARE(processed()[u"processed"_s].toInt(), 1);
    QCOMPARE(homeFile(u"ran"_s).trimmed(), QByteArray("mine"));
    const auto list = json({u"handlers"_s}).json()[u"handlers"_s].toArray();
    for (const QJsonValue handler : list) {
        if (handler[u"type"_s].toString() == kType)
            QCOMPARE(handler[u"command"_s].toArray().at(1).toString(), script.fileName());
    }
}

void tst_CtlHandlers::underUmaskZeroNothingIsForOthersToWrite()
{
    const mode_t before = ::umask(0);
    const Ran made = ctl({u"enqueue"_s, kReport, u"{}"_s}); // creates home and database
    ::umask(before);
    VERIFY_CODE(made, 0);
    const auto others = QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path(u"home"_s)) & others));
    QDirIterator files(path(u"home"_s), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        files.next();
        ++seen;
        QVERIFY2(!(files.fileInfo().permissions() & others), qPrintable(files.filePath()));
    }
    QVERIFY(seen > 0);
}

// Another process sees how far it is while it runs.
void tst_CtlHandlers::itSaysHowFarItIsAndWhatItMade()
{
    writeShell(
        "echo progress 0.4 packing >&2; i=0; while [ ! -e go ] && [ $i -lt 300 ]; do sleep 0.1; "
        "i=$((i+1)); done; printf '{\\\\042files\\\\042:3.0}'",
        ",\"concurrency\":1");
    const QString id = add(1, kType, u"{}"_s).value(0);
    QProcess process;
    prepare(process, {u"process"_s, u"--until-empty"_s});
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(show(id)[u"progress"_s][u"fraction"_s].toDouble(), 0.4, 20'000);
    QCOMPARE(show(id)[u"progress"_s][u"text"_s].toString(), u"packing"_s);
    const Ran list = json({u"list"_s});
    QCOMPARE(list.lines().value(0)[u"progress"_s][u"text"_s].toString(), u"packing"_s);
    QVERIFY(ctl({u"list"_s}).out.contains("40 %, packing"));
    QVERIFY(ctl({u"show"_s, id}).out.contains("Progress    40 %, packing"));
    process.setReadChannel(QProcess::StandardError);
    QTRY_VERIFY_WITH_TIMEOUT(process.peek(1'000).contains("40 %, packing"), 20'000);
    QFile go(path(u"home/go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    const Ran ran = finish(process);
    VERIFY_CODE(ran, 0);
    const Ran shown = json({u"show"_s, id});
    QVERIFY2(shown.out.contains("\"result\":{\"files\":3.0}"), shown.out);
    QVERIFY(!shown.json().contains(u"progress"_s));
    QVERIFY(ctl({u"show"_s, id}).out.contains("Result      {\"files\":3.0}"));
    QVERIFY(ctl({u"handlers"_s}).out.contains("at most 1 at a time"));
}

void tst_CtlHandlers::theListing()
{
    const Ran plain = json({u"handlers"_s});
    VERIFY_CODE(plain, 0);
    QCOMPARE(plain.json()[u"folder"_s].toString(), path(u"home/handlers.d"_s));
    writeShell("exit 0");
    writeHandler(u"broken.json"_s, "{");
    const Ran ran = json({u"handlers"_s});
    VERIFY_CODE(ran, 1);
    QHash<QString, QJsonObject> byType;
    for (const QJsonValue handler : ran.json()[u"handlers"_s].toArray())
        byType[handler[u"type"_s].toString()] = handler.toObject();
    QCOMPARE(byType[kPicture][u"source"_s].toString(), u"built-in"_s);
    QCOMPARE(byType[kType][u"source"_s].toString(), u"file"_s);
    QVERIFY(byType[kType][u"problem"_s].isNull());
    QVERIFY(byType[u"broken"_s][u"problem"_s].toString().startsWith("It is not JSON"_L1));
    const Ran people = ctl({u"handlers"_s});
    QVERIFY2(people.out.contains("built in") && people.out.contains("not used: It is not JSON"),
             people.out);
    QVERIFY(embedded().isEmpty()); // it needs no database
}

void tst_CtlHandlers::theExamples()
{
    const QString kCounts = u"counts_report"_s;
    copyExamples();
    VERIFY_CODE(ctl({u"handlers"_s}), 0);
    const QString report =
        add(1, kCounts, u"{\"reportType\":\"weekly\",\"counts\":{\"licenses\":3,\"cards\":12}}"_s)
            .value(0);
    VERIFY_CODE(ctl({u"enqueue"_s, kCounts, u"{\"reportType\":\"../up\",\"counts\":{\"a\":1}}"_s}),
                2);
    const QString early = add(1, kType, u"{\"shop\":\"harbour\"}"_s).value(0);
    processed();
    QCOMPARE(homeFile(u"reports/weekly-%1.csv"_s.arg(report)),
             QByteArray("name,count\r\ncards,12\r\nlicenses,3\r\n"));
    QCOMPARE(show(early)[u"status"_s].toString(), u"pending"_s);
    QCOMPARE(show(early)[u"attempts"_s].toInt(-1), 0);

    QFile products(path(u"home/products.csv"_s));
    QVERIFY(products.open(QIODevice::WriteOnly));
    products.write("shop,product,price\nharbour,rope,12\nmarket,pear,1\nharbour,tar,3\n");
    products.close();
    const QString good = add(1, kType, u"{\"shop\":\"harbour\"}"_s).value(0);
    const QString bad = add(1, kType, u"{\"shop\":\"moon\"}"_s).value(0);
    processed();
    QCOMPARE(homeFile(u"exports/harbour-%1.csv"_s.arg(good)),
             QByteArray("shop,product,price\nharbour,rope,12\nharbour,tar,3\n"));
    QCOMPARE(show(bad)[u"status"_s].toString(), u"failed"_s);
    QCOMPARE(show(bad)[u"error"_s].toString(), u"products.csv has no line of the shop moon."_s);
}

QTEST_GUILESS_MAIN(tst_CtlHandlers)
#include "tst_ctl_handlers.moc"
