// SPDX-License-Identifier: GPL-3.0-or-later
// enqueue, list, show and stats: input, and the form of the output.
#include "core/base/visibletext.h"
#include "tests/e2e/ctltest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

class tst_CtlListing : public CtlTest
{
    Q_OBJECT

private Q_SLOTS:
    void enqueue();
    void enqueueFromStandardInput();
    void enqueueRefuses_data();
    void enqueueRefuses();
    void enqueueAnyType();
    void listShape();
    void listPages();
    void listFilters();
    void listKeepsPayloadsAsStored();
    void savedViews();
    void outputIsAlwaysJson();
    void wrongFilterShowsThePlace();
    void tablesAreHarmlessForTerminals();
    void show();
    void saysWhatIsStuck();
    void stats();
    void statsKnowTheHistory();
    void statsWatch();
    void doctor();
    void errorGroups();
    void errorGroupsRefuse();
};

void tst_CtlListing::enqueue()
{
    const Ran one = ctl({u"enqueue"_s, kReport, u"{\"reportType\":\"weekly\"}"_s});
    VERIFY_CODE(one, 0);
    QVERIFY(one.err.isEmpty());
    QVERIFY(
        QRegularExpression(u"^[0-9a-f-]{36}\n$"_s).match(QString::fromUtf8(one.out)).hasMatch());
    const Ran many = json({u"enqueue"_s, kReport, u"{}"_s, u"--count"_s, u"3"_s});
    VERIFY_CODE(many, 0);
    QCOMPARE(many.out.count('\n'), 1);
    const QJsonArray ids = many.json()[u"ids"_s].toArray();
    QCOMPARE(ids.size(), 3);
    QVERIFY(ids[0] != ids[1] && ids[1] != ids[2]);
    QCOMPARE(count(u"pending"_s), 4);
}

void tst_CtlListing::enqueueFromStandardInput()
{
    VERIFY_CODE(ctl({u"enqueue"_s, kEnrichment, u"-"_s}, "{\"customerId\":\"Zoë\"}\n"), 0);
    const Ran list = json({u"list"_s, u"--payload"_s});
    QCOMPARE(list.lines().value(0)[u"payload"_s][u"customerId"_s].toString(), u"Zoë"_s);
    VERIFY_CODE(ctl({u"enqueue"_s, kReport, u"-"_s}, ""), 2);
    VERIFY_CODE(ctl({u"enqueue"_s, kReport, u"-"_s},
                    "{\"x\":\"" + QByteArray(9 * 1024 * 1024, 'x') + "\"}"),
                2);
}

void tst_CtlListing::enqueueRefuses_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("says");
    QTest::newRow("not JSON") << kReport << u"{oops"_s << u"not JSON"_s;
    QTest::newRow("not an object") << kReport << u"[1]"_s << u"object"_s;
    QTest::newRow("lacks a field") << kEnrichment << u"{}"_s << u"customerId"_s;
    QTest::newRow("wrong kind of field")
        << kEnrichment << u"{\"customerId\":7}"_s << u"customerId"_s;
    QTest::newRow("unknown type") << u"report_generatoin"_s << u"{}"_s << kReport;
    QTest::newRow("empty type") << u""_s << u"{}"_s << u"type"_s;
}

void tst_CtlListing::enqueueRefuses()
{
    QFETCH(QString, type);
    QFETCH(QString, payload);
    QFETCH(QString, says);
    const Ran ran = json({u"enqueue"_s, type, payload});
    VERIFY_CODE(ran, 2);
    QCOMPARE(ran.errorKind(), u"invalid"_s);
    QVERIFY2(QString::fromUtf8(ran.err).contains(says), ran.err);
    QCOMPARE(count(u"pending"_s), 0);
}

void tst_CtlListing::enqueueAnyType()
{
    VERIFY_CODE(ctl({u"enqueue"_s, u"shop_export"_s, u"{}"_s, u"--any-type"_s}), 0);
    QCOMPARE(json({u"stats"_s}).json()[u"byType"_s][u"shop_export"_s][u"pending"_s].toInt(), 1);
    VERIFY_CODE(ctl({u"enqueue"_s, u"shop_export"_s, u"7"_s, u"--any-type"_s}), 2);
}

void tst_CtlListing::listShape()
{
    const Ran empty = json({u"list"_s});
    VERIFY_CODE(empty, 0);
    QVERIFY(empty.out.isEmpty());

    const QString id = add(1).value(0);
    const Ran ran = json({u"list"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.lines().size(), 1);
    const QJsonObject job = ran.lines().first();
    QVERIFY(keys(job).contains({u"id"_s, u"type"_s, u"status"_s, u"attempts"_s, u"error"_s,
                                u"createdAt"_s, u"completedAt"_s}));
    QVERIFY(!job.contains(u"payload"_s));
    QCOMPARE(job[u"id"_s].toString(), id);
    QCOMPARE(job[u"type"_s].toString(), kReport);
    QCOMPARE(job[u"status"_s].toString(), u"pending"_s);
    QCOMPARE(job[u"attempts"_s].toInt(-1), 0);
    QVERIFY(job[u"error"_s].isNull());
    QVERIFY(job[u"completedAt"_s].isNull());
    QVERIFY(QRegularExpression(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"_s)
                .match(job[u"createdAt"_s].toString())
                .hasMatch());

    const Ran plain = ctl({u"list"_s});
    VERIFY_CODE(plain, 0);
    QVERIFY(plain.out.startsWith("ID "));
    QVERIFY(plain.out.contains(id.toUtf8()));
}

void tst_CtlListing::listPages()
{
    const QStringList added = add(450);
    QStringList seen;
    QString cursor;
    for (int page = 0; page < 10; ++page) {
        QStringList arguments{u"list"_s, u"--limit"_s, u"220"_s};
        if (!cursor.isEmpty())
            arguments += {u"--after"_s, cursor};
        const Ran ran = json(arguments);
        VERIFY_CODE(ran, 0);
        for (const QJsonObject& job : ran.lines())
            seen += job[u"id"_s].toString();
        const QByteArray message = ran.err.trimmed();
        if (!message.startsWith("next: "))
            break;
        cursor = QString::fromUtf8(message.mid(6));
    }
    QCOMPARE(seen.size(), 450);
    QCOMPARE(asSet(seen), asSet(added));
    const Ran all = json({u"list"_s, u"--limit"_s, u"1000"_s});
    QCOMPARE(all.lines().size(), 450);
    QVERIFY2(all.err.isEmpty(), all.err);
}

void tst_CtlListing::listFilters()
{
    const QStringList reports = add(2);
    add(3, kEnrichment, kCustomer);
    VERIFY_CODE(ctl({u"cancel"_s, reports[0]}), 0);
    const auto matches = [this](const QStringList& options) {
        return json(QStringList{u"list"_s} + options).lines().size();
    };
    QCOMPARE(matches({u"--type"_s, kEnrichment}), 3);
    QCOMPARE(matches({u"--status"_s, u"failed"_s}), 1);
    QCOMPARE(matches({u"--status"_s, u"pending"_s, u"--type"_s, kReport}), 1);
    QCOMPARE(matches({u"--where"_s, u"status:failed or type:"_s + kEnrichment}), 4);
    QCOMPARE(
        matches({u"--status"_s, u"pending"_s, u"--where"_s, u"status:failed or type:"_s + kReport}),
        1); // the filter is one term among the others
    QCOMPARE(matches({u"--where"_s, u"-type:"_s + kReport}), 3);
    QCOMPARE(matches({u"--type"_s, u"no\"such\\type"_s}), 0);
}

void tst_CtlListing::listKeepsPayloadsAsStored()
{
    const QString payload = u"{\"z\":12345678901234567890,\"a\":1.10}"_s;
    const QString id = add(1).value(0);
    sql(u"UPDATE \"Job\" SET payload = '%1' WHERE id = '%2'"_s.arg(payload, id));
    const Ran ran = json({u"list"_s, u"--payload"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(QString::fromUtf8(ran.out).contains(payload), ran.out);
    QCOMPARE(ran.lines().size(), 1);
    const Ran show = json({u"show"_s, id});
    QVERIFY2(QString::fromUtf8(show.out).contains(payload), show.out);

    // Written by another program: not JSON, and JSON on several lines.
    sql(u"UPDATE \"Job\" SET payload = 'not JSON'"_s);
    QCOMPARE(json({u"show"_s, id}).json()[u"payload"_s].toString(), u"not JSON"_s);
    sql(u"UPDATE \"Job\" SET payload = '{\n\"a\":1\n}'"_s);
    QCOMPARE(json({u"list"_s, u"--payload"_s}).lines().size(), 1);
}

// The worst that other programs may have written: the output is valid JSON without terminal control
// characters.
void tst_CtlListing::savedViews()
{
    VERIFY_CODE(ctl({u"enqueue"_s, kReport, u"{}"_s, u"--count"_s, u"3"_s}), 0);
    const Ran presets = json({u"views"_s});
    VERIFY_CODE(presets, 0);
    QCOMPARE(presets.lines().size(), 4);
    QCOMPARE(presets.lines().value(3)[u"query"_s].toString(), u"status:pending"_s);
    QCOMPARE(json({u"list"_s, u"--view"_s, u"oldest pending"_s}).lines().size(), 3);
    QCOMPARE(json({u"list"_s, u"--view"_s, u"Dead"_s}).lines().size(), 0);
    QCOMPARE(json({u"list"_s, u"--view"_s, u"Oldest pending"_s, u"--status"_s, u"failed"_s})
                 .lines()
                 .size(),
             0);
    VERIFY_CODE(ctl({u"list"_s, u"--view"_s, u"Nonesuch"_s}), 2);

    const QString file = path(u"views.json"_s);
    VERIFY_CODE(ctl({u"views"_s, u"export"_s, u"-o"_s, file}), 0);
    VERIFY_CODE(ctl({u"views"_s, u"export"_s, u"-o"_s, file}), 4); // it is there
    VERIFY_CODE(ctl({u"views"_s, u"export"_s, u"-o"_s, file, u"--force"_s}), 0);
    const auto write = [&file](const QByteArray& bytes) {
        QFile to(file);
        return to.open(QIODevice::WriteOnly) && to.write(bytes) == bytes.size();
    };
    QVERIFY(write("{\"version\": 1, \"views\": [{\"name\": \"Reports\", \"query\": "
                  "\"type:report_generation or (status:failed)\", \"connection\": \"x\"}]}"));
    const Ran imported = json({u"views"_s, u"import"_s, file});
    VERIFY_CODE(imported, 0);
    QCOMPARE(imported.json()[u"imported"_s].toInt(), 1);
    QCOMPARE(json({u"views"_s}).lines().size(), 5);
    // What the view joins by "or" stays together.
    QCOMPARE(
        json({u"list"_s, u"--view"_s, u"reports"_s, u"--status"_s, u"pending"_s}).lines().size(),
        3);
    QVERIFY(write("{\"version\": 1, \"views\": [{\"name\": \"B\", \"query\": \"status:(\"}]}"));
    VERIFY_CODE(ctl({u"views"_s, u"import"_s, file}), 2);
    QCOMPARE(json({u"views"_s}).lines().size(), 5);
}

void tst_CtlListing::outputIsAlwaysJson()
{
    const QString id = add(1).value(0);
    const auto hex = [](const QByteArray& bytes) {
        return u"CAST(x'%1' AS TEXT)"_s.arg(QString::fromLatin1(bytes.toHex()));
    };
    for (const QByteArray& payload :
         {QByteArray("{\"a\":\"x\ty\"}"), QByteArray("{\"a\":\"x\x1B[2Jy\"}"),
          QByteArray("{\"a\":\"\xE2\x80\xAE\xE2\x80\x8B\xF3\xA0\x81\x81\"}"),
          QByteArray("{\"a\":\"\xFF\xED\xA0\x80\"}"), QByteArray("{\"a\":1.}"),
          QByteArray("{\"a\":01}"), QByteArray("{\"a\":1}{"), QByteArray("\x1B[2J"),
          QByteArray("\xEF\xBB\xBF{}"), QByteArray("{\t\"a\"\t:\r\n1.10}"),
          QByteArray("[").repeated(3'000)}) {
        sql(u"UPDATE \"Job\" SET payload = %1, error = %2"_s.arg(hex(payload), hex(payload)));
        for (const QStringList& command :
             {QStringList{u"show"_s, id}, QStringList{u"list"_s, u"--payload"_s}}) {
            const Ran ran = json(command);
            VERIFY_CODE(ran, 0);
            QCOMPARE(ran.out.count('\n'), 1);
            QCOMPARE(ran.json()[u"id"_s].toString(), id);
            QVERIFY(!ran.json()[u"payload"_s].isUndefined());
            const QString text = QString::fromUtf8(ran.out.trimmed());
            QCOMPARE(text.toUtf8(), ran.out.trimmed());
            QVERIFY2(queuedeck::base::visibleText(text) == text, ran.out);
            const QString plain = QString::fromUtf8(ctl(command).out);
            QVERIFY2(queuedeck::base::visibleLines(plain) == plain, qPrintable(plain));
        }
    }
}

void tst_CtlListing::wrongFilterShowsThePlace()
{
    const QString filter = u"status:failed attempts:x"_s;
    for (const QString& command : {u"list"_s, u"retry"_s, u"delete"_s}) {
        const Ran ran = json({command, u"--where"_s, filter});
        VERIFY_CODE(ran, 2);
        const QJsonObject error = ran.json()[u"error"_s].toObject();
        QCOMPARE(error[u"kind"_s].toString(), u"invalid"_s);
        const int position = error[u"position"_s].toInt(-1);
        QVERIFY2(position >= 13 && position <= filter.size(), ran.told());
        const QList<QByteArray> lines = ran.err.split('\n');
        QCOMPARE(lines.value(1), "  " + filter.toUtf8());
        QCOMPARE(lines.value(2).indexOf('^'), position + 2); // the caret is below it
    }
}

void tst_CtlListing::tablesAreHarmlessForTerminals()
{
    const QString id = add(1).value(0);
    sql(u"UPDATE \"Job\" SET status = 'failed', error = 'a' || char(27) || '[2Jb' || char(8238)"_s);
    for (const QStringList& command : {QStringList{u"list"_s}, QStringList{u"show"_s, id}}) {
        const Ran ran = ctl(command);
        VERIFY_CODE(ran, 0);
        QVERIFY(!ran.out.contains('\033'));
        QVERIFY(!QString::fromUtf8(ran.out).contains(QChar(0x202E)));
        QVERIFY(ran.out.contains("␛[2Jb"));
    }
}

void tst_CtlListing::show()
{
    const QString id = add(1, kPicture, kElsewhere).value(0);
    VERIFY_CODE(ctl({u"process"_s, u"--type"_s, kPicture}), 0);
    const Ran ran = json({u"show"_s, id});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.json()[u"payload"_s][u"scanType"_s].toString(), u"business_card"_s);
    const QJsonArray history = ran.json()[u"history"_s].toArray();
    QCOMPARE(history.size(), 1);
    QCOMPARE(keys(history[0].toObject()), QSet<QString>({u"attempt"_s, u"engine"_s, u"startedAt"_s,
                                                         u"endedAt"_s, u"outcome"_s, u"error"_s}));
    QCOMPARE(history[0][u"outcome"_s].toString(), u"failed"_s);
    QCOMPARE(history[0][u"attempt"_s].toInt(), 1);
    const Ran plain = ctl({u"show"_s, id});
    VERIFY_CODE(plain, 0);
    QVERIFY(plain.out.contains("business_card") && plain.out.contains("ATTEMPT"));

    const Ran unknown = json({u"show"_s, u"no-such-job"_s});
    VERIFY_CODE(unknown, 1);
    QCOMPARE(unknown.errorKind().toLower().remove(u'_').remove(u'-'), u"notfound"_s);
}

void tst_CtlListing::saysWhatIsStuck()
{
    const QStringList ids = add(2);
    QVERIFY(!json({u"show"_s, ids[0]}).json()[u"stuck"_s].toBool());
    sql(u"UPDATE \"Job\" SET \"status\" = 'processing' WHERE \"id\" = '%1'"_s.arg(ids[0]));
    QVERIFY(json({u"show"_s, ids[0]}).json()[u"stuck"_s].toBool());
    QVERIFY(ctl({u"show"_s, ids[0]}).out.contains("no live lease: its engine is gone"));
    const Ran listed = json({u"list"_s, u"--where"_s, u"is:stuck"_s});
    VERIFY_CODE(listed, 0);
    QCOMPARE(listed.json()[u"id"_s].toString(), ids[0]);
    QCOMPARE(listed.out.count('\n'), 1);
    QCOMPARE(json({u"stats"_s}).json()[u"stuck"_s].toInt(), 1);
}

void tst_CtlListing::doctor()
{
    const QStringList ids = add(3);
    Ran ran = ctl({u"doctor"_s});
    VERIFY_CODE(ran, 0);
    QVERIFY2(ran.out.startsWith("Nothing unusual.\n"), ran.told().constData());
    QVERIFY2(ran.out.endsWith(" s. Nothing was changed by asking.\n"), ran.told().constData());
    sql(u"UPDATE \"Job\" SET attempts = 3 WHERE id = '%1'"_s.arg(ids[0]));
    sql(u"UPDATE \"Job\" SET status = 'completed', error = 'x' WHERE id = '%1'"_s.arg(ids[1]));
    ran = ctl({u"doctor"_s});
    VERIFY_CODE(ran, 1);
    QVERIFY(ran.out.startsWith("1 pending job has no attempts left"));
    QVERIFY(ran.out.contains("queuedeckctl list --where 'is:dead'"));
    ran = json({u"doctor"_s});
    VERIFY_CODE(ran, 1);
    const QJsonArray findings = ran.json()[u"findings"_s].toArray();
    QCOMPARE(findings.size(), 2);
    QCOMPARE(keys(findings[0].toObject()),
             QSet<QString>({u"id"_s, u"severity"_s, u"cause"_s, u"evidence"_s, u"remedy"_s,
                            u"count"_s, u"filter"_s, u"facts"_s, u"remedies"_s, u"isExact"_s,
                            u"explains"_s, u"statement"_s}));
    QCOMPARE(findings[0][u"count"_s].toInt(), 1);
    QCOMPARE(findings[0][u"remedies"_s].toArray()[0][u"action"_s].toString(), u"retry"_s);
    const QJsonArray checks = ran.json()[u"checks"_s].toArray();
    QVERIFY(checks.size() >= 15);
    for (const QJsonValue& check : checks) {
        QCOMPARE(keys(check.toObject()),
                 QSet<QString>({u"id"_s, u"name"_s, u"state"_s, u"note"_s}));
        QVERIFY2(check[u"state"_s] != u"failed"_s, ran.told().constData());
    }
    QVERIFY(ran.json()[u"seconds"_s].toDouble() < 5);
    QCOMPARE(findings[0][u"id"_s].toString(), u"dead-pending"_s);
    QCOMPARE(findings[0][u"severity"_s].toString(), u"error"_s);
    QCOMPARE(findings[1][u"id"_s].toString(), u"stale-error"_s);
}

void tst_CtlListing::stats()
{
    add(2);
    const Ran ran = json({u"stats"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(ran.out.count('\n'), 1);
    const QJsonObject stats = ran.json();
    const QSet<QString> counts{u"pending"_s, u"processing"_s, u"completed"_s, u"failed"_s,
                               u"other"_s};
    QCOMPARE(keys(stats[u"counts"_s].toObject()), counts);
    QCOMPARE(keys(stats[u"byType"_s][kReport].toObject()), counts);
    QCOMPARE(stats[u"counts"_s][u"pending"_s].toInt(), 2);
    for (const QString& figure : {u"oldestPendingSeconds"_s, u"dead"_s, u"stuck"_s, u"unwatched"_s,
                                  u"completedLastHour"_s, u"failedLastHour"_s})
        QVERIFY2(stats[figure].isDouble(), qPrintable(figure));
    const Ran plain = ctl({u"stats"_s});
    VERIFY_CODE(plain, 0);
    QVERIFY(plain.out.contains("report_generation") && plain.out.contains("Oldest pending"));
}

// What an engine ran is in the history once it has ended.
void tst_CtlListing::statsKnowTheHistory()
{
    QVERIFY(ctl({u"stats"_s}).out.contains("Nothing that an engine ran"));
    add(3);
    VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
    for (const QString& period : {u"15m"_s, u"1h"_s, u"24h"_s, u"7d"_s, u"90d"_s}) {
        const QJsonObject stats = json({u"stats"_s, u"--period"_s, period}).json();
        QCOMPARE(stats[u"period"_s].toString(), period);
        QCOMPARE(stats[u"finished"_s][u"completed"_s].toInt(), 3);
        for (const QString& figure : {u"wait"_s, u"run"_s}) {
            for (const QString& part : {u"p50"_s, u"p95"_s, u"p99"_s}) {
                QVERIFY(stats[figure][part].isDouble() && stats[figure][part].toDouble() >= 0);
                QCOMPARE(stats[u"byType"_s][kReport][figure][part], stats[figure][part]);
            }
        }
        int completed = 0;
        const QJsonArray buckets = stats[u"history"_s][u"buckets"_s].toArray();
        for (const QJsonValue& bucket : buckets)
            completed += bucket[u"completed"_s].toInt();
        QCOMPARE(completed, 3);
        QCOMPARE(buckets.last()[u"open"_s].toBool(), true);
    }
    QCOMPARE(json({u"stats"_s, u"--type"_s, u"x"_s}).json()[u"finished"_s][u"completed"_s].toInt(),
             0);
    const Ran plain = ctl({u"stats"_s, u"--period"_s, u"24h"_s});
    QVERIFY2(plain.out.contains("LAST 24h") && plain.out.contains("RUN P50"), plain.out);
    VERIFY_CODE(ctl({u"stats"_s, u"--period"_s, u"2h"_s}), 2);
}

void tst_CtlListing::statsWatch()
{
    add(1);
    QProcess process;
    prepare(process, {u"--json"_s, u"stats"_s, u"--watch"_s});
    process.start();
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput()).count('\n') >= 2, 20'000);
    process.terminate();
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 0);
    for (const QByteArray& line : out.trimmed().split('\n'))
        QCOMPARE(QJsonDocument::fromJson(line)[u"counts"_s][u"pending"_s].toInt(), 1);
}

void tst_CtlListing::errorGroups()
{
    const Ran none = ctl({u"errors"_s});
    VERIFY_CODE(none, 0);
    QVERIFY2(none.err.contains("Nothing failed here."), none.told());
    const QStringList ids = add(12);
    sql(u"UPDATE Job SET status = 'failed', attempts = 3, error = 'timeout after ' || rowid || "
        "' s (attempt 3 of 3)'"_s);
    sql(u"UPDATE Job SET error = 'HTTP 404 for customer ' || id WHERE rowid % 4 = 0"_s);
    sql(u"UPDATE Job SET error = NULL, type = 'shop_export' WHERE rowid % 12 = 1"_s);

    const Ran ran = json({u"errors"_s});
    VERIFY_CODE(ran, 0);
    const QList<QJsonObject> groups = ran.lines();
    QCOMPARE(groups.size(), 3);
    QVERIFY(keys(groups[0]).contains({u"signature"_s, u"count"_s, u"share"_s, u"types"_s,
                                      u"firstSeen"_s, u"lastSeen"_s, u"exampleIds"_s, u"filter"_s,
                                      u"varies"_s}));
    QCOMPARE(groups[0][u"signature"_s].toString(), u"timeout after # s (attempt # of #)"_s);
    QCOMPARE(groups[0][u"count"_s].toInt(), 8);
    QCOMPARE(groups[1][u"signature"_s].toString(), u"HTTP 404 for customer {id}"_s);
    QCOMPARE(groups[1][u"types"_s][kReport].toInt(), 3);
    QCOMPARE(groups[2][u"signature"_s].toString(), QString());
    QCOMPARE(groups[0][u"exampleIds"_s].toArray().size(), 4);
    QCOMPARE(groups[0][u"varies"_s].toArray().size(), 3);
    // Its filter lists the jobs of a group, and nothing else.
    for (const QJsonObject& group : groups) {
        const Ran listed = json({u"list"_s, u"--where"_s, group[u"filter"_s].toString()});
        VERIFY_CODE(listed, 0);
        QCOMPARE(listed.lines().size(), group[u"count"_s].toInt());
    }
    const Ran plain = ctl({u"groups"_s, u"--limit"_s, u"1"_s});
    VERIFY_CODE(plain, 0);
    QVERIFY2(plain.out.contains("66.7 %") && plain.out.contains("timeout after # s"), plain.told());
    QVERIFY2(plain.err.contains("12 jobs in 3 groups.") && plain.err.contains("2 more"),
             plain.told());
    QCOMPARE(json({u"errors"_s, u"--type"_s, u"shop_export"_s}).lines().size(), 1);
    QCOMPARE(json({u"errors"_s, u"--where"_s, u"error:404"_s}).lines().size(), 1);
    QVERIFY(json({u"errors"_s, u"--status"_s, u"pending"_s}).lines().isEmpty());

    const QString one = groups[1][u"exampleIds"_s][0].toString();
    const QString why =
        u"3 of 12 failed jobs (25.0 %) have this error: HTTP 404 for customer {id}"_s;
    QCOMPARE(json({u"show"_s, one}).json()[u"why"_s].toString(), why);
    QVERIFY(ctl({u"show"_s, one}).out.contains(why.toUtf8()));
    sql(u"UPDATE Job SET status = 'pending'"_s);
    QVERIFY(json({u"show"_s, one}).json()[u"why"_s].isNull());
}

void tst_CtlListing::errorGroupsRefuse()
{
    VERIFY_CODE(json({u"errors"_s, u"--where"_s, u"error:("_s}), 2);
    VERIFY_CODE(ctl({u"errors"_s, u"--limit"_s, u"0"_s}), 2);
    VERIFY_CODE(ctl({u"errors"_s, u"--status"_s, u"lost"_s}), 2);
    VERIFY_CODE(json({u"--db"_s, u"sqlite:"_s + path(u"none.db"_s), u"errors"_s}), 3);
}

QTEST_GUILESS_MAIN(tst_CtlListing)
#include "tst_ctl_listing.moc"
