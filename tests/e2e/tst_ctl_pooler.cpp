// SPDX-License-Identifier: GPL-3.0-or-later
// Two schemas with a table Job each, behind a pooler that drops what a connection requests: every
// command works on the one in the address, and the other stays identical, byte for byte.
#include "core/store/jobstore.h"
#include "tests/e2e/ctltest.h"
#include "tests/support/pgbouncer.h"

#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class tst_CtlPooler : public CtlTest
{
    Q_OBJECT

    test::PgCluster m_cluster;
    test::PgBouncer m_pooler;
    db::DatabaseUrl m_url; // direct

    QString address(int port) const
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return u"postgresql://%1:%2@%3:%4/%5?schema=app2"_s.arg(
            encoded(m_url.user), encoded(m_url.password), m_url.host, QString::number(port),
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
    // Including the marks that any write leaves on a row, even one that changes nothing.
    QString others() const
    {
        QString all;
        for (const char* table : {"Job", "ImageScan"})
            all +=
                ask(u"SELECT string_agg(concat_ws('|', ctid, xmin, xmax, t), E'\n' ORDER BY ctid) "
                    "FROM public.\"%1\" t"_s.arg(QLatin1StringView(table)));
        return all;
    }
    qint64 ours(const QString& where) const
    {
        return ask(u"SELECT count(*) FROM app2.\"Job\" WHERE "_s + where).toLongLong();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
        QVERIFY2(m_pooler.start(m_cluster, {u"transaction"_s, u"options"_s, 2}),
                 qPrintable(m_pooler.error()));
    }

    void theOtherSchemaStaysAsItIs_data()
    {
        QTest::addColumn<bool>("said");
        QTest::newRow("the address says nothing") << false;
        QTest::newRow("pgbouncer=true") << true;
    }
    void theOtherSchemaStaysAsItIs()
    {
        QFETCH(bool, said);
        m_url = m_cluster.freshDatabase();
        (void)ask(u"CREATE SCHEMA app2"_s);
        setVariable(u"QUEUEDECK_DATABASE_URL"_s, address(m_pooler.port()) +
                                                     u"&supa=base-pooler.x"_s +
                                                     (said ? u"&pgbouncer=true"_s : QString()));
        VERIFY_CODE(ctl({u"init"_s}), 0);
        QCOMPARE(ask(u"SELECT to_regclass('public.\"Job\"')"_s), QString());
        for (const char* table : {"Job", "ImageScan"})
            (void)ask(u"CREATE TABLE public.\"%1\" (LIKE app2.\"%1\" INCLUDING ALL)"_s.arg(
                QLatin1StringView(table)));
        // The same ids on both sides: a statement on the wrong table would find its row there.
        for (const char* rows :
             {"SELECT gen_random_uuid(), 'image_extraction', '{}', 'failed', 3, 'x', now() - "
              "interval '40 days' FROM generate_series(1, 4)",
              "SELECT gen_random_uuid(), 'image_extraction', '{}', 'pending', 0, NULL, now() - "
              "interval '1 hour' FROM generate_series(1, 6)",
              "SELECT gen_random_uuid(), 'image_extraction', '{}', 'completed', 1, NULL, now() - "
              "interval '40 days' FROM generate_series(1, 5)"})
            (void)ask(u"INSERT INTO app2.\"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                      "\"attempts\", \"error\", \"createdAt\") %1"_s.arg(QLatin1StringView(rows)));
        (void)ask(u"INSERT INTO public.\"Job\" SELECT * FROM app2.\"Job\""_s);
        const QString before = others();
        QVERIFY(before.contains(u"image_extraction"_s));
        const auto run = [&](const QStringList& arguments, const QByteArray& input = {}) {
            const Ran ran = json(arguments, input);
            if (others() != before)
                qWarning("The other schema was changed by %s", qPrintable(arguments.join(u' ')));
            return ran;
        };

        const Ran stats = run({u"stats"_s});
        VERIFY_CODE(stats, 0);
        QVERIFY2(stats.err.count("\"supa\"") == 1, stats.err); // an unknown key
        VERIFY_CODE(run({u"list"_s}), 0);
        VERIFY_CODE(run({u"retry"_s, u"--failed"_s}), 0);
        QCOMPARE(ours(u"status = 'pending'"_s), 10);
        VERIFY_CODE(run({u"undo"_s}), 0);
        QCOMPARE(ours(u"status = 'failed'"_s), 4);
        const QString id =
            ask(u"SELECT id::text FROM app2.\"Job\" WHERE status = 'pending' ORDER BY 1"_s);
        VERIFY_CODE(run({u"cancel"_s, id}), 0);
        QCOMPARE(ours(u"status = 'pending'"_s), 5);
        VERIFY_CODE(run({u"delete"_s, id}), 0);
        QCOMPARE(ours(u"true"_s), 14);
        VERIFY_CODE(run({u"undo"_s}), 0);
        QCOMPARE(ours(u"true"_s), 15);
        const QString next = ask(u"SELECT id::text FROM app2.\"Job\" WHERE status = 'pending'"_s);
        VERIFY_CODE(run({u"run-next"_s, next}), 0);
        (void)ask(u"UPDATE app2.\"Job\" SET status = 'PENDING' WHERE id = '%1'"_s.arg(next));
        VERIFY_CODE(run({u"repair"_s, u"--unknown"_s}), 0);
        QCOMPARE(ours(u"status = 'PENDING'"_s), 0);
        VERIFY_CODE(run({u"cleanup"_s, u"--older-than"_s, u"30"_s, u"--status"_s, u"completed"_s}),
                    0);
        QCOMPARE(ours(u"status = 'completed'"_s), 0);
        VERIFY_CODE(run({u"undo"_s}), 0);
        QCOMPARE(ours(u"status = 'completed'"_s), 5);
        VERIFY_CODE(run({u"enqueue"_s, kReport, u"-"_s, u"--count"_s, u"3"_s}, "{}"), 0);
        QCOMPARE(ours(u"type = 'report_generation'"_s), 3);
        VERIFY_CODE(run({u"process"_s, u"--max-jobs"_s, u"4"_s}), 0);
        QCOMPARE(ours(u"type = 'image_extraction' AND status = 'pending'"_s), 1);
        VERIFY_CODE(run({u"process"_s, u"--until-empty"_s}), 0);
        QVERIFY(!cards().isEmpty());
        VERIFY_CODE(run({u"scan"_s, cards().front(), u"--wait"_s}), 0);
        QCOMPARE(ask(u"SELECT count(*) FROM app2.\"ImageScan\" WHERE status = 'completed'"_s),
                 u"1"_s);
        VERIFY_CODE(run({u"journal"_s}), 0);
        (void)run({u"doctor"_s});
        QCOMPARE(others(), before);
    }
};

QTEST_GUILESS_MAIN(tst_CtlPooler)
#include "tst_ctl_pooler.moc"
