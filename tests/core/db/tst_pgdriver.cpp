// SPDX-License-Identifier: GPL-3.0-or-later
// The driver works in Qt SQL like any other, and runs no statements of its own in a session.
#include "core/db/pgdriver.h"
#include "core/db/pgsession.h"
#include "core/db/registered.h"
#include "tests/support/pgcluster.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;

class TestPgDriver : public QObject
{
    Q_OBJECT

    PgCluster m_cluster;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error())); }

    void servesQtSql()
    {
        const db::DatabaseUrl url = m_cluster.freshDatabase();
        const db::PgSession session(url, db::OpenMode::ReadWrite);
        const db::Registered database(new db::PgDriver(url, session));
        QVERIFY(database->open());
        QSqlQuery query(*database.operator->());
        QVERIFY(query.exec(u"CREATE TABLE t (a int, b text)"_s));
        QVERIFY(query.exec(u"INSERT INTO t VALUES (1, 'ä'), (2, NULL)"_s));
        QCOMPARE(query.numRowsAffected(), 2);
        QVERIFY(database->transaction());
        QVERIFY(query.exec(u"DELETE FROM t"_s));
        QVERIFY(database->rollback());
        QVERIFY(query.exec(u"SELECT a, b FROM t ORDER BY a"_s));
        QCOMPARE(query.size(), 2);
        QVERIFY(query.next());
        QCOMPARE(query.value(1).toString(), u"ä"_s);
        QVERIFY(query.next());
        QVERIFY(query.isNull(1));
        QVERIFY(!query.next());
        QVERIFY(!query.exec(u"SELECT nothing"_s));
        QVERIFY(query.lastError().text().contains("nothing"_L1));
    }

    // Qt's own driver sends SET datestyle, client_encoding and more.
    void setsNothing()
    {
        const db::DatabaseUrl url = m_cluster.freshDatabase();
        const db::PgSession session(url, db::OpenMode::ReadWrite);
        const db::Registered database(new db::PgDriver(url, session));
        QVERIFY(database->open());
        QSqlQuery query(*database.operator->());
        QVERIFY(query.exec(u"SELECT name FROM pg_settings WHERE source = 'session'"_s));
        QStringList set;
        while (query.next())
            set += query.value(0).toString();
        QCOMPARE(set, QStringList());
    }

    void saysWhyItCannotConnect()
    {
        db::DatabaseUrl url = m_cluster.freshDatabase();
        url.database = u"not there"_s;
        const db::PgSession session(url, db::OpenMode::ReadWrite);
        auto* const driver = new db::PgDriver(url, session);
        const db::Registered database(driver);
        QVERIFY(!database->open());
        QVERIFY(database->isOpenError());
        QVERIFY(driver->error().detail.contains(u"not there"_s));
        QCOMPARE(database->lastError().databaseText(), driver->error().detail);
    }
};

QTEST_GUILESS_MAIN(TestPgDriver)
#include "tst_pgdriver.moc"
