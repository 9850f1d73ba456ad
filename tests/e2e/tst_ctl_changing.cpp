// SPDX-License-Identifier: GPL-3.0-or-later
// retry, cancel, delete, run-next, repair, cleanup, undo and the journal.
#include "tests/e2e/ctltest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class tst_CtlChanging : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void cancelRetryDeleteUndo();
    void changesByFilter();
    void aFewAreRetriedFirst();
    void triesAreKept();
    void aRetryIsPlanned();
    void wrongPlansAreRefused();
    void cancellingWhatRunsElsewhereIsTold();
    void theActorIsKnownWithoutEnvironment();
    void brokenPayloadsAreNoHindrance();
    void dryRunChangesNothing();
    void emptyFilterIsRefused();
    void namedJobsThatCannotChange();
    void runNext();
    void repair();
    void journal();
    void oldEntriesAreForgotten();
    void cleanUp();
    void cleanUpArchives();
    void cleanUpNeverOverwritesAnArchive();
};

void tst_CtlChanging::cancelRetryDeleteUndo()
{
    const QString id = add(1).value(0);
    const auto change = [&](const QString& command) {
        const Ran ran = json({command, id});
        return ran.code == 0 ? ran.json() : QJsonObject{{u"error"_s, QString::fromUtf8(ran.err)}};
    };
    const QJsonObject cancelled = change(u"cancel"_s);
    QCOMPARE(keys(cancelled), QSet<QString>({u"matched"_s, u"changed"_s, u"skipped"_s,
                                             u"journalId"_s, u"dryRun"_s}));
    QCOMPARE(cancelled[u"changed"_s].toInt(), 1);
    QCOMPARE(cancelled[u"dryRun"_s].toBool(true), false);
    QVERIFY(!cancelled[u"journalId"_s].toString().isEmpty());
    QCOMPARE(count(u"failed"_s), 1);

    QCOMPARE(change(u"retry"_s)[u"changed"_s].toInt(), 1);
    QCOMPARE(count(u"pending"_s), 1);

    VERIFY_CODE(ctl({u"cancel"_s, id}), 0);
    const QJsonObject deleted = change(u"delete"_s);
    QCOMPARE(deleted[u"changed"_s].toInt(), 1);
    QCOMPARE(json({u"list"_s}).lines().size(), 0);

    const Ran undone = json({u"undo"_s, deleted[u"journalId"_s].toString()});
    VERIFY_CODE(undone, 0);
    QCOMPARE(undone.json()[u"changed"_s].toInt(), 1);
    const Ran redone = json({u"redo"_s});
    VERIFY_CODE(redone, 0);
    QCOMPARE(redone.json()[u"changed"_s].toInt(), 1);
    QCOMPARE(json({u"list"_s}).lines().size(), 0);
    VERIFY_CODE(json({u"redo"_s}), 1); // there is nothing left to redo
    VERIFY_CODE(json({u"undo"_s}), 0);
    QCOMPARE(json({u"list"_s}).lines().value(0)[u"id"_s].toString(), id);
    VERIFY_CODE(json({u"undo"_s, u"no-such-entry"_s}), 1);
}

void tst_CtlChanging::changesByFilter()
{
    add(1200);
    const QStringList others = add(2, kEnrichment, kCustomer);
    const Ran cancelled = json({u"cancel"_s, u"--where"_s, u"type:"_s + kReport});
    VERIFY_CODE(cancelled, 0);
    QCOMPARE(cancelled.json()[u"changed"_s].toInt(), 1200);
    QVERIFY2(cancelled.err.isEmpty(), cancelled.err); // no progress unless on a terminal
    QCOMPARE(count(u"pending"_s), 2);
    const Ran retried = json({u"retry"_s, u"--failed"_s});
    VERIFY_CODE(retried, 0);
    QCOMPARE(retried.json()[u"matched"_s].toInt(), 1200);
    QCOMPARE(retried.json()[u"changed"_s].toInt(), 1200);
    QCOMPARE(count(u"pending"_s), 1202);
    const Ran none = json({u"delete"_s, u"--failed"_s}); // nothing to do is not a failure
    VERIFY_CODE(none, 0);
    QCOMPARE(none.json()[u"changed"_s].toInt(-1), 0);
    QVERIFY(none.json()[u"journalId"_s].isNull());
}

void tst_CtlChanging::aFewAreRetriedFirst()
{
    add(30);
    sql(u"UPDATE \"Job\" SET status = 'failed', attempts = 1"_s);
    QProcess retry;
    prepare(retry, {u"retry"_s, u"--failed"_s, u"--first"_s, u"4"_s, u"--then"_s, u"half"_s});
    retry.start();
    QTRY_COMPARE_WITH_TIMEOUT(count(u"pending"_s), 4, 20'000);
    sql(u"UPDATE \"Job\" SET status = 'failed' WHERE id IN (SELECT id FROM \"Job\" WHERE status = "
        "'pending' LIMIT 3)"_s);
    const Ran held = finish(retry);
    VERIFY_CODE(held, 1);
    QVERIFY2(held.err.contains("3 of 4 failed again, so nothing else was touched."), held.told());
    QVERIFY2(held.out.contains("4 re-queued"), held.told());
    QVERIFY2(held.out.contains("Stopped. 26 were not touched."), held.told());

    sql(u"UPDATE \"Job\" SET status = 'failed'"_s);
    prepare(retry, {u"retry"_s, u"--failed"_s, u"--first"_s, u"4"_s, u"--then"_s, u"any"_s,
                    u"--per-second"_s, u"1000"_s});
    retry.start();
    QTRY_COMPARE_WITH_TIMEOUT(count(u"pending"_s), 4, 20'000);
    sql(u"UPDATE \"Job\" SET status = 'completed' WHERE id IN (SELECT id FROM \"Job\" WHERE status "
        "= 'pending' LIMIT 1)"_s);
    const Ran went = finish(retry);
    VERIFY_CODE(went, 0);
    QVERIFY2(went.out.contains("30 re-queued."), went.told());
    QCOMPARE(count(u"pending"_s), 29);
}

void tst_CtlChanging::triesAreKept()
{
    const QStringList ids = add(3);
    sql(u"UPDATE \"Job\" SET status = 'failed', attempts = 2"_s);
    sql(u"UPDATE \"Job\" SET attempts = 3 WHERE id = '%1'"_s.arg(ids[0]));
    const Ran tried = ctl({u"retry"_s, u"--failed"_s, u"--keep-tries"_s, u"--dry-run"_s});
    VERIFY_CODE(tried, 0);
    QVERIFY2(tried.out.contains("2 re-queued, 1 skipped: no attempts left."), tried.told());
    QCOMPARE(count(u"failed"_s), 3);
    VERIFY_CODE(ctl({u"retry"_s, u"--failed"_s, u"--keep-tries"_s}), 0);
    QCOMPARE(count(u"failed"_s), 1);
    QCOMPARE(json({u"show"_s, ids[1]}).json()[u"attempts"_s].toInt(), 2);
}

void tst_CtlChanging::aRetryIsPlanned()
{
    add(3);
    sql(u"UPDATE \"Job\" SET status = 'failed'"_s);
    const QDateTime at = QDateTime::currentDateTimeUtc().addSecs(3);
    const Ran ran =
        ctl({u"retry"_s, u"--failed"_s, u"--at"_s, at.toString(u"yyyy-MM-ddTHH:mm:ss"_s)});
    VERIFY_CODE(ran, 0);
    QVERIFY(QDateTime::currentSecsSinceEpoch() >= at.toSecsSinceEpoch());
    QCOMPARE(count(u"pending"_s), 3);
}

void tst_CtlChanging::wrongPlansAreRefused()
{
    add(1);
    for (const QStringList& wrong : {QStringList{u"--at"_s, u"tomorrow"_s},
                                     {u"--at"_s, u"2026-02-30T10:00"_s},
                                     {u"--first"_s, u"0"_s},
                                     {u"--first"_s, u"501"_s},
                                     {u"--first"_s, u"x"_s},
                                     {u"--then"_s, u"all"_s},
                                     {u"--first"_s, u"5"_s, u"--then"_s, u"most"_s},
                                     {u"--per-second"_s, u"0"_s},
                                     {u"--per-second"_s, u"-1"_s}}) {
        const Ran ran = ctl(QStringList{u"retry"_s, u"--failed"_s} + wrong);
        VERIFY_CODE(ran, 2);
        QVERIFY2(ran.err.contains(wrong[wrong.size() - 2].toUtf8()), ran.told());
    }
}

// The processor that runs a job does not notice that it was cancelled.
void tst_CtlChanging::cancellingWhatRunsElsewhereIsTold()
{
    const QStringList ids = add(3);
    const auto runElsewhere = [this](const QStringList& running) {
        sql(u"UPDATE \"Job\" SET status = 'pending'"_s);
        for (const QString& id : running)
            sql(u"UPDATE \"Job\" SET status = 'processing', attempts = 1 WHERE id = '%1'"_s.arg(
                id));
    };
    runElsewhere({ids[0]});
    const Ran one = ctl({u"cancel"_s, ids[0], ids[1]});
    VERIFY_CODE(one, 0);
    QVERIFY2(one.out.contains("1 of them were running. Another processor may still"), one.told());
    runElsewhere({ids[0], ids[2]});
    const Ran two = json({u"cancel"_s, u"--where"_s, u"type:%1 or type:x"_s.arg(kReport)});
    VERIFY_CODE(two, 0);
    QCOMPARE(two.json()[u"wereRunning"_s].toInt(), 2);
    runElsewhere({});
    const Ran none = ctl({u"cancel"_s, ids[0]});
    VERIFY_CODE(none, 0);
    QVERIFY2(!none.out.contains("were running"), none.told());
}

// cron and systemd do not set USER.
void tst_CtlChanging::theActorIsKnownWithoutEnvironment()
{
    const QStringList ids = add(1);
    for (const QString& variable : {u"USER"_s, u"LOGNAME"_s, u"USERNAME"_s, u"SUDO_USER"_s})
        setVariable(variable, {});
    VERIFY_CODE(ctl({u"cancel"_s, ids[0]}), 0);
    const QJsonObject entry = json({u"journal"_s}).lines().first();
    const passwd* const user = ::getpwuid(::getuid());
    QCOMPARE(entry[u"actor"_s].toString(),
             user ? QString::fromLocal8Bit(user->pw_name) : u"uid %1"_s.arg(::getuid()));
    QVERIFY(!entry[u"host"_s].toString().isEmpty());
}

void tst_CtlChanging::brokenPayloadsAreNoHindrance()
{
    const QStringList ids = add(3); // and another program writes nonsense into one of them
    sql(u"UPDATE \"Job\" SET type = 'image_extraction', payload = 'not JSON' WHERE id = '%1'"_s.arg(
        ids[1]));
    QCOMPARE(json({u"cancel"_s, u"--where"_s, u"status:pending"_s}).json()[u"changed"_s].toInt(),
             3);
    QCOMPARE(json({u"retry"_s, u"--failed"_s}).json()[u"changed"_s].toInt(), 3);
    QCOMPARE(json({u"cancel"_s, ids[1]}).json()[u"changed"_s].toInt(), 1);
    QCOMPARE(json({u"delete"_s, ids[1]}).json()[u"changed"_s].toInt(), 1);
    QCOMPARE(json({u"undo"_s}).json()[u"changed"_s].toInt(), 1);
    QCOMPARE(json({u"show"_s, ids[1]}).json()[u"payload"_s].toString(), u"not JSON"_s);
}

void tst_CtlChanging::dryRunChangesNothing()
{
    const QStringList ids = add(3);
    const Ran cancel = json({u"cancel"_s, u"--where"_s, u"status:pending"_s, u"--dry-run"_s});
    VERIFY_CODE(cancel, 0);
    QCOMPARE(cancel.json()[u"changed"_s].toInt(), 3);
    QCOMPARE(cancel.json()[u"dryRun"_s].toBool(), true);
    QVERIFY(cancel.json()[u"journalId"_s].isNull());
    QCOMPARE(count(u"pending"_s), 3);
    const Ran plain = ctl({u"cancel"_s, ids[0], u"--dry-run"_s});
    VERIFY_CODE(plain, 0);
    QVERIFY(plain.out.contains("Nothing has been changed"));
}

void tst_CtlChanging::emptyFilterIsRefused()
{
    add(1);
    for (const QString& filter : {u""_s, u"   "_s}) {
        const Ran ran = json({u"cancel"_s, u"--where"_s, filter});
        VERIFY_CODE(ran, 4);
        QCOMPARE(ran.errorKind(), u"denied"_s);
    }
    QCOMPARE(count(u"pending"_s), 1);
}

void tst_CtlChanging::namedJobsThatCannotChange()
{
    const QString id = add(1).value(0);
    const Ran retry = json({u"retry"_s, id}); // already pending
    VERIFY_CODE(retry, 1);
    QCOMPARE(retry.json()[u"changed"_s].toInt(-1), 0);
    const QJsonObject skipped = retry.json()[u"skipped"_s][0].toObject();
    QCOMPARE(skipped[u"id"_s].toString(), id);
    QVERIFY(!skipped[u"reason"_s].toString().isEmpty());
    const Ran unknown = json({u"delete"_s, u"no-such-job"_s});
    VERIFY_CODE(unknown, 1);
    QCOMPARE(unknown.json()[u"skipped"_s][0][u"id"_s].toString(), u"no-such-job"_s);
    const Ran some = json({u"cancel"_s, id, u"no-such-job"_s, id}); // some did change
    VERIFY_CODE(some, 0);
    QCOMPARE(some.json()[u"changed"_s].toInt(), 1);
    QCOMPARE(some.json()[u"matched"_s].toInt(), 2);
}

void tst_CtlChanging::runNext()
{
    const QStringList ids = add(5, kPicture, kElsewhere);
    const Ran ran = json({u"run-next"_s, ids[4]});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"changed"_s].toInt(), 1);
    QVERIFY(json({u"show"_s, ids[4]}).json()[u"runsNext"_s].toBool());
    VERIFY_CODE(ctl({u"process"_s, u"--max-jobs"_s, u"1"_s, u"--concurrency"_s, u"1"_s}), 0);
    QCOMPARE(json({u"show"_s, ids[4]}).json()[u"status"_s].toString(), u"failed"_s);
    QCOMPARE(count(u"pending"_s), 4);
}

void tst_CtlChanging::repair()
{
    const QStringList ids = add(3);
    sql(u"UPDATE \"Job\" SET status = 'PENDING' WHERE id = '%1'"_s.arg(ids[0]));
    sql(u"UPDATE \"Job\" SET status = 'Completed' WHERE id = '%1'"_s.arg(ids[1]));
    VERIFY_CODE(json({u"repair"_s}), 2);
    VERIFY_CODE(json({u"repair"_s, u"--failed"_s}), 2);
    QCOMPARE(json({u"repair"_s, u"--unknown"_s, u"--dry-run"_s}).json()[u"changed"_s].toInt(), 2);
    QCOMPARE(count(u"pending"_s), 1);
    const Ran ran = json({u"repair"_s, u"--unknown"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"changed"_s].toInt(), 2);
    QCOMPARE(count(u"pending"_s), 2);
    QCOMPARE(count(u"completed"_s), 1);
    VERIFY_CODE(ctl({u"undo"_s}), 0);
    QCOMPARE(count(u"pending"_s), 1);
    QCOMPARE(sql(u"SELECT status FROM \"Job\" WHERE id = '%1'"_s.arg(ids[0])).toString(),
             u"PENDING"_s);
}

void tst_CtlChanging::journal()
{
    VERIFY_CODE(json({u"journal"_s}), 0);
    const QString id = add(1).value(0);
    VERIFY_CODE(ctl({u"cancel"_s, id}), 0);
    const Ran ran = json({u"journal"_s, u"--limit"_s, u"1"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.lines().size(), 1);
    const QJsonObject entry = ran.lines().first();
    QVERIFY(keys(entry).contains({u"id"_s, u"at"_s, u"actor"_s, u"host"_s, u"action"_s, u"scope"_s,
                                  u"changed"_s, u"undoneAt"_s, u"canUndo"_s}));
    QCOMPARE(entry[u"action"_s].toString(), u"cancel"_s);
    QCOMPARE(entry[u"changed"_s].toInt(), 1);
    QVERIFY(entry[u"canUndo"_s].toBool());
    const Ran rows = json({u"journal"_s, entry[u"id"_s].toString()});
    VERIFY_CODE(rows, 0);
    const QJsonObject row = rows.lines().first();
    QCOMPARE(row[u"job"_s].toString(), id);
    QCOMPARE(row[u"before"_s][u"status"_s].toString(), u"pending"_s);
    QCOMPARE(row[u"after"_s][u"status"_s].toString(), u"failed"_s);
    VERIFY_CODE(json({u"journal"_s, u"nothing"_s}), 1);
    const Ran over = json({u"resume"_s, entry[u"id"_s].toString()});
    VERIFY_CODE(over, 1);
    QCOMPARE(over.errorKind(), u"conflict"_s);
    const Ran plain = ctl({u"journal"_s});
    VERIFY_CODE(plain, 0);
    QVERIFY(plain.out.contains("can be undone"));
    VERIFY_CODE(ctl({u"undo"_s}), 0);
    QCOMPARE(count(u"pending"_s), 1);
}

void tst_CtlChanging::oldEntriesAreForgotten()
{
    const QStringList ids = add(3);
    VERIFY_CODE(ctl({u"cancel"_s, ids[0]}), 0);
    const qsizetype entries = json({u"journal"_s}).lines().size();
    const Ran none = ctl({u"forget"_s, u"--older-than"_s, u"1"_s});
    VERIFY_CODE(none, 0);
    QVERIFY2(none.out.contains("0 entries forgotten."), none.told());
    const Ran tried = json({u"forget"_s, u"--older-than"_s, u"0"_s, u"--dry-run"_s});
    VERIFY_CODE(tried, 0);
    QCOMPARE(tried.json()[u"changed"_s].toInt(), entries);
    QCOMPARE(json({u"journal"_s}).lines().size(), entries);
    const Ran forgotten = ctl({u"forget"_s, u"--older-than"_s, u"0"_s});
    VERIFY_CODE(forgotten, 0);
    QCOMPARE(json({u"journal"_s}).lines().size(), 0);
    QCOMPARE(count(u"failed"_s), 1); // the job stays as it is
    VERIFY_CODE(ctl({u"undo"_s}), 1);
    VERIFY_CODE(ctl({u"forget"_s}), 2);
    VERIFY_CODE(ctl({u"forget"_s, u"--older-than"_s, u"-1"_s}), 2);
}

void tst_CtlChanging::cleanUp()
{
    const QStringList ids = add(4);
    VERIFY_CODE(ctl({u"cancel"_s, ids[0], ids[1], ids[2]}), 0);
    sql(u"UPDATE \"Job\" SET \"createdAt\" = '2026-01-01T00:00:00.000+00:00' WHERE id <> '%1'"_s
            .arg(ids[2]));
    const Ran dry = json({u"cleanup"_s, u"--older-than"_s, u"30"_s, u"--dry-run"_s});
    VERIFY_CODE(dry, 0);
    QCOMPARE(dry.json()[u"changed"_s].toInt(), 2); // the third is too young, the fourth is pending
    QCOMPARE(json({u"list"_s}).lines().size(), 4);
    const Ran completedOnly = json({u"cleanup"_s, u"--status"_s, u"completed"_s});
    VERIFY_CODE(completedOnly, 0);
    QCOMPARE(completedOnly.json()[u"changed"_s].toInt(-1), 0);
    const Ran done = json({u"cleanup"_s, u"--status"_s, u"completed,failed"_s});
    VERIFY_CODE(done, 0);
    QCOMPARE(done.json()[u"changed"_s].toInt(), 2);
    QCOMPARE(json({u"list"_s}).lines().size(), 2);
    const Ran again = ctl({u"cleanup"_s});
    VERIFY_CODE(again, 0);
    QCOMPARE(again.out, "Nothing is older than 30 days.\n");
    VERIFY_CODE(ctl({u"undo"_s}), 0);
    QCOMPARE(json({u"list"_s}).lines().size(), 4);
}

void tst_CtlChanging::cleanUpArchives()
{
    const QStringList ids = add(450, kEnrichment, kCustomer);
    VERIFY_CODE(ctl({u"cancel"_s, u"--where"_s, u"status:pending"_s}), 0);
    sql(u"UPDATE \"Job\" SET \"createdAt\" = '2026-01-01T00:00:00.000+00:00'"_s);
    const QString archive = path(u"old.jsonl"_s);
    VERIFY_CODE(ctl({u"cleanup"_s, u"--dry-run"_s, u"--archive"_s, archive}), 0);
    QVERIFY(!QFileInfo::exists(archive));
    const Ran ran = json({u"cleanup"_s, u"--archive"_s, archive});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"changed"_s].toInt(), 450);
    QCOMPARE(ran.json()[u"archived"_s].toInt(), 450);

    QFile file(archive);
    QVERIFY(file.open(QIODevice::ReadOnly));
    struct stat info = {};
    QCOMPARE(::fstat(file.handle(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
    QSet<QString> archived;
    for (const QJsonObject& row : Ran{0, file.readAll(), {}}.lines()) {
        QCOMPARE(row[u"payload"_s][u"customerId"_s].toString(), u"c-17"_s);
        QCOMPARE(row[u"status"_s].toString(), u"failed"_s);
        archived += row[u"id"_s].toString();
    }
    QCOMPARE(archived, asSet(ids));
    QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Hidden), {u"old.jsonl"_s});
}

void tst_CtlChanging::cleanUpNeverOverwritesAnArchive()
{
    add(1);
    VERIFY_CODE(ctl({u"cancel"_s, u"--where"_s, u"status:pending"_s}), 0);
    QFile file(path(u"kept.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    const Ran taken =
        json({u"cleanup"_s, u"--older-than"_s, u"0"_s, u"--archive"_s, file.fileName()});
    VERIFY_CODE(taken, 4);
    QCOMPARE(taken.errorKind(), u"denied"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "precious");
    const Ran nowhere = json({u"cleanup"_s, u"--older-than"_s, u"0"_s, u"--archive"_s,
                              path(u"no/such/folder/a.jsonl"_s)});
    VERIFY_CODE(nowhere, 1);
    QCOMPARE(count(u"failed"_s), 1); // nothing was deleted in either case
}

QTEST_GUILESS_MAIN(tst_CtlChanging)
#include "tst_ctl_changing.moc"
