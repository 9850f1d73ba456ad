// SPDX-License-Identifier: GPL-3.0-or-later
// import: tried out, queued, run here, killed in the middle and run again.
#include "core/store/jobstore.h"
#include "tests/e2e/ctltest.h"
#include "tests/support/apptables.h"
#include "tests/support/pgcluster.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QUrl>

#include <signal.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class tst_CtlImport : public CtlTest
{
    Q_OBJECT

    test::PgCluster m_cluster;
    db::DatabaseUrl m_url;

    QString address() const
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return u"postgresql://%1:%2@%3:%4/%5"_s.arg(encoded(m_url.user), encoded(m_url.password),
                                                    m_url.host, QString::number(m_url.port),
                                                    m_url.database);
    }

    QString ask(const QString& statement) const
    {
        const auto connection = db::Connection::open(m_url, db::OpenMode::ReadWrite);
        const auto rows = connection ? (*connection)->run(statement) : connection.error();
        if (!rows)
            qFatal("%s: %s", qPrintable(statement), qPrintable(rows.error().detail));
        return rows->isEmpty() ? QString() : (*rows)[0].text(0);
    }

    void write(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The file cannot be written.");
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error())); }

    void triesOutThenImports();
    void isRefused_data();
    void isRefused();
    void killedAnywhereItDoublesNothing();
    void needsTheApplicationsTables();

    void init()
    {
        CtlTest::init();
        m_url = m_cluster.freshDatabase();
        setVariable(u"QUEUEDECK_DATABASE_URL"_s, address());
        VERIFY_CODE(ctl({u"init"_s}), 0);
        for (const QString& statement : test::appTables().split(u';', Qt::SkipEmptyParts)) {
            if (!statement.trimmed().isEmpty())
                ask(statement);
        }
    }
};

void tst_CtlImport::triesOutThenImports()
{
    write(u"kunden.csv"_s, "Kundennr;Firma;E-Mail;Bundesland der Firma;Notiz\n"
                           "1;Weinhaus;a@b.example;Sachsen;x\n2;Caf\xE9;falsch;Bayern;y\n"
                           "3;Odell;;;\n");
    const QStringList import{u"import"_s, path(u"kunden.csv"_s), u"--type"_s, u"customers"_s};
    Ran ran = json(import + QStringList{u"--dry-run"_s, u"--rejected"_s, path(u"bad.csv"_s)});
    VERIFY_CODE(ran, 1);
    QJsonObject report = ran.json();
    QCOMPARE(report[u"rows"_s].toInt(), 3);
    QCOMPARE(report[u"created"_s].toInt(), 2);
    QCOMPARE(report[u"rejected"_s].toInt(), 1);
    QCOMPARE(report[u"reasons"_s].toObject(), (QJsonObject{{u"email: not an email address"_s, 1}}));
    QCOMPARE(report[u"mapping"_s].toObject(),
             (QJsonObject{{u"externalId"_s, u"Kundennr"_s},
                          {u"name"_s, u"Firma"_s},
                          {u"email"_s, u"E-Mail"_s},
                          {u"state"_s, u"Bundesland der Firma"_s}}));
    QCOMPARE(ask(u"SELECT count(*) FROM \"Customer\""_s), u"0"_s);
    QFile bad(path(u"bad.csv"_s));
    QVERIFY(bad.open(QIODevice::ReadOnly));
    QVERIFY(bad.readAll().contains("3;email: not an email address;2;Café;falsch"));
    ran = ctl(import + QStringList{u"--dry-run"_s});
    QVERIFY2(ran.out.contains("Bundesland der Firma") && ran.out.contains("suggested") &&
                 ran.out.contains("left out") && ran.out.contains("line 3: email"),
             ran.told());

    // Queued, its own copy is read later, whatever happens to the file.
    ran = ctl(import + QStringList{u"--map"_s, u"state="_s});
    VERIFY_CODE(ran, 0);
    write(u"kunden.csv"_s, "nothing");
    VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
    QCOMPARE(ask(u"SELECT status FROM \"Job\""_s), u"completed"_s);
    QCOMPARE(ask(u"SELECT string_agg(concat_ws('|', \"externalId\", name, email, state), ';' ORDER "
                 "BY name) FROM \"Customer\""_s),
             u"3|Odell;1|Weinhaus|a@b.example"_s);

    write(u"mapping.json"_s, R"({"name": "Wer"})");
    write(u"more.csv"_s, "Wer,Nr,PLZ\nWeinhaus,1,01067\nNeu,9,1\n");
    ran = json({u"import"_s, path(u"more.csv"_s), u"--into"_s, u"customers"_s, u"--mapping"_s,
                path(u"mapping.json"_s), u"--map"_s, u"externalId=Nr"_s, u"--wait"_s});
    VERIFY_CODE(ran, 0);
    report = ran.json();
    QCOMPARE(report[u"created"_s].toInt(), 1);
    QCOMPARE(report[u"updated"_s].toInt(), 1);
    QCOMPARE(ask(u"SELECT status FROM \"Job\" WHERE id::text = '%1'"_s.arg(
                 report[u"jobId"_s].toString())),
             u"completed"_s);
    QCOMPARE(ask(u"SELECT \"postalCode\" FROM \"Customer\" WHERE name = 'Weinhaus'"_s), u"01067"_s);
}

void tst_CtlImport::isRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    const QStringList customers{u"--type"_s, u"customers"_s};
    const QByteArray good = "externalId,name\n1,One\n";
    QTest::newRow("no type") << QStringList() << good << 2 << "--type"_ba;
    QTest::newRow("no such type") << QStringList{u"--type"_s, u"cats"_s} << good << 2 << "cats"_ba;
    QTest::newRow("half a mapping")
        << customers + QStringList{u"--map"_s, u"name"_s} << good << 2 << "FIELD=COLUMN"_ba;
    QTest::newRow("no such field") << customers + QStringList{u"--map"_s, u"colour=name"_s} << good
                                   << 2 << "There is no field \"colour\" of customers."_ba;
    QTest::newRow("no such column") << customers + QStringList{u"--map"_s, u"name=Firma"_s} << good
                                    << 2 << "The file has no column \"Firma\"."_ba;
    QTest::newRow("no name") << customers << "a,b\n1,2\n"_ba << 2
                             << "No column of the file is mapped to name"_ba;
    QTest::newRow("no text") << customers << QByteArray("externalId,name\n1,\0\n", 21) << 2
                             << "This is not text: byte 0x00 in line 2."_ba;
    QTest::newRow("empty") << customers << ""_ba << 2 << "holds no table"_ba;
    QTest::newRow("both") << customers + QStringList{u"--dry-run"_s, u"--wait"_s} << good << 2
                          << "--wait"_ba;
    QTest::newRow("rejected later")
        << customers + QStringList{u"--rejected"_s, u"x"_s} << good << 2 << "--rejected needs"_ba;
}

void tst_CtlImport::isRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, file);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    write(u"f.csv"_s, file);
    const Ran ran = ctl(QStringList{u"import"_s, path(u"f.csv"_s)} + arguments);
    VERIFY_CODE(ran, code);
    QVERIFY2(ran.err.contains(message), ran.told());
    QCOMPARE(ask(u"SELECT count(*) FROM \"Job\""_s), u"0"_s);
}

void tst_CtlImport::killedAnywhereItDoublesNothing()
{
    ask(u"INSERT INTO \"Product\" (\"id\", \"tenantId\", \"name\", \"updatedAt\") VALUES "
        "('33333333-3333-4333-8333-333333333333', '%1', 'Wine', now())"_s.arg(test::kTenant));
    ask(u"INSERT INTO \"Sku\" (\"id\", \"tenantId\", \"productId\", \"code\", \"updatedAt\") "
        u"SELECT "
        "gen_random_uuid(), '%1', '33333333-3333-4333-8333-333333333333', 'S' || n, now() FROM "
        "generate_series(0, 9) n"_s.arg(test::kTenant));
    constexpr int kOrders = 12'000;
    QByteArray file = "Invoice number,SKU,Invoice date,Customer,Qty.,Unit price\n";
    for (int line = 0; line < 2; ++line) {
        for (int i = 0; i < kOrders; ++i)
            file += u"I%1,S%2,3/14/2026,Customer %3,%4,1.50\n"_s.arg(i)
                        .arg((i + line) % 10)
                        .arg(i % 700)
                        .arg(line + 1)
                        .toUtf8();
    }
    write(u"sales.csv"_s, file);
    const Ran added = ctl({u"import"_s, path(u"sales.csv"_s), u"--type"_s, u"sales-report"_s});
    VERIFY_CODE(added, 0);
    const auto orders = [this] { return ask(u"SELECT count(*) FROM \"Order\""_s).toInt(); };
    int kills = 0;
    for (const int least : {1, 3'000, 7'000}) {
        QProcess process;
        prepare(process, {u"process"_s, u"--watch"_s});
        process.start();
        QElapsedTimer timer;
        timer.start();
        while (orders() < least && timer.elapsed() < 60'000)
            QTest::qWait(2);
        QVERIFY(orders() >= least);
        ::kill(pid_t(process.processId()), SIGKILL);
        process.waitForFinished();
        kills += orders() < kOrders;
        // As if its lease had expired long ago; the back-off of the rescued job is over.
        ask(u"UPDATE queuedeck.lease SET expires_at = clock_timestamp() - interval '1 minute'"_s);
        const Ran rescue = ctl({u"process"_s, u"--type"_s, u"image_extraction"_s});
        VERIFY_CODE(rescue, 0);
        ask(u"DELETE FROM queuedeck.retry"_s);
        ask(u"UPDATE \"Job\" SET attempts = 0 WHERE status = 'pending'"_s);
    }
    QVERIFY(kills >= 2);
    QElapsedTimer timer;
    timer.start();
    while (ask(u"SELECT status FROM \"Job\""_s) != "completed"_L1 && timer.elapsed() < 90'000) {
        VERIFY_CODE(ctl({u"process"_s, u"--until-empty"_s}), 0);
        QTest::qWait(200);
    }
    QCOMPARE(ask(u"SELECT status || COALESCE(error, '') FROM \"Job\""_s), u"completed"_s);
    QCOMPARE(
        ask(u"SELECT concat_ws('|', (SELECT count(*) FROM \"Order\"), (SELECT count(*) FROM "
            "\"OrderLine\"), (SELECT count(*) FROM \"Invoice\"), (SELECT count(*) FROM "
            "\"Customer\"), (SELECT count(*) FROM \"CustomerAddress\"), (SELECT sum(total) FROM "
            "\"Order\"), (SELECT count(*) FROM (SELECT FROM \"OrderLine\" GROUP BY "
            "\"orderId\" HAVING count(*) = 2 AND sum(quantity) = 3) AS whole))"_s),
        u"12000|24000|12000|700|700|54000.00|12000"_s);
    // All of that, and nothing else, is in the journal: it is taken back, killed midway too.
    const auto left = [this] {
        return ask(u"SELECT concat_ws('|', (SELECT count(*) FROM \"Order\"), (SELECT count(*) FROM "
                   "\"OrderLine\"), (SELECT count(*) FROM \"Invoice\"), (SELECT count(*) FROM "
                   "\"Customer\"), (SELECT count(*) FROM \"CustomerAddress\"))"_s);
    };
    QProcess undoing;
    prepare(undoing, {u"undo"_s});
    undoing.start();
    QElapsedTimer sinceUndo;
    sinceUndo.start();
    while (orders() == kOrders && sinceUndo.elapsed() < 60'000)
        QTest::qWait(2);
    ::kill(pid_t(undoing.processId()), SIGKILL);
    undoing.waitForFinished();
    if (left() != "0|0|0|0|0"_L1)
        VERIFY_CODE(ctl({u"undo"_s}), 0);
    QCOMPARE(left(), u"0|0|0|0|0"_s);
    QCOMPARE(ask(u"SELECT changed FROM queuedeck.journal WHERE action = 'import'"_s), u"49400"_s);
}

void tst_CtlImport::needsTheApplicationsTables()
{
    write(u"c.csv"_s, "externalId,name\n1,One\n");
    const QStringList import{u"import"_s, path(u"c.csv"_s), u"--type"_s, u"customers"_s};
    ask(u"ALTER TABLE \"Customer\" RENAME TO \"Gone\""_s);
    const QByteArray sentence = "This database has no table Customer, which the import needs.";
    Ran ran = ctl(import + QStringList{u"--dry-run"_s});
    QVERIFY2(ran.code != 0 && ran.err.contains(sentence), ran.told());
    ran = ctl(import + QStringList{u"--wait"_s});
    VERIFY_CODE(ran, 1);
    QVERIFY2(ran.err.contains(sentence), ran.told());
    QCOMPARE(ask(u"SELECT status || attempts FROM \"Job\""_s), u"failed1"_s);
    // The embedded database has none of them.
    setVariable(u"QUEUEDECK_DATABASE_URL"_s, QString());
    ran = ctl(import + QStringList{u"--dry-run"_s});
    QVERIFY2(ran.code != 0 && ran.err.contains(sentence), ran.told());
    // Scans it has.
    write(u"s.csv"_s, "imageUrl\nhttps://cdn.example/1.jpg\n");
    ran = json({u"import"_s, path(u"s.csv"_s), u"--type"_s, u"scans"_s, u"--wait"_s});
    VERIFY_CODE(ran, 0);
    QCOMPARE(sql(u"SELECT count(*) FROM ImageScan"_s).toInt(), 1);
    QCOMPARE(sql(u"SELECT count(*) FROM Job WHERE type = 'image_extraction'"_s).toInt(), 1);
}

QTEST_GUILESS_MAIN(tst_CtlImport)
#include "tst_ctl_import.moc"
