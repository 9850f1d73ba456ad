// SPDX-License-Identifier: GPL-3.0-or-later
// A database error becomes a kind for programs and a sentence for users, in one place. The table
// contains every class; the second half makes a real server produce them.
#include "core/db/sqlerror.h"
#include "core/db/transaction.h"
#include "tests/support/pgcluster.h"

#include <QTest>

#include <sqlite3.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::db;
using base::ErrorKind;

class TestSqlError : public QObject
{
    Q_OBJECT

    test::PgCluster m_cluster;
    DatabaseUrl m_url;

    std::unique_ptr<Connection> open(const DatabaseUrl& url)
    {
        auto opened = Connection::open(url, OpenMode::ReadWrite);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        return std::move(*opened);
    }
    /// A private user, with settings that an administrator has made for it.
    DatabaseUrl user(const QString& settings)
    {
        static int users = 0;
        DatabaseUrl url = m_url;
        url.user = u"somebody_%1"_s.arg(++users);
        url.password = u"pw"_s;
        const auto connection = open(m_url);
        for (const QString& sql : {u"CREATE ROLE USER LOGIN PASSWORD 'pw'"_s,
                                   u"GRANT ALL ON SCHEMA public TO USER"_s, settings}) {
            if (!sql.isEmpty() && !connection->run(QString(sql).replace(u"USER"_s, url.user)))
                qFatal("%s", qPrintable(sql));
        }
        return url;
    }
    static void expect(const base::Error& error, ErrorKind kind, const char* words)
    {
        QVERIFY2(error.kind == kind && error.detail.contains(QLatin1StringView(words)),
                 qPrintable(base::kindName(error.kind) + u": "_s + error.detail));
        QVERIFY2(error.detail.endsWith(u'.'), qPrintable(error.detail));
        QVERIFY(!error.detail.contains(test::PgCluster::password()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
        m_url = m_cluster.freshDatabase();
        QVERIFY(open(m_url)->run(u"CREATE TABLE t (id int PRIMARY KEY)"_s));
        QVERIFY(open(m_url)->run(u"INSERT INTO t SELECT generate_series(1, 4)"_s));
    }

    void everyClassHasItsKind_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* state, ErrorKind kind, const char* words) {
            QTest::newRow(state) << QString::fromLatin1(state) << int(kind)
                                 << QString::fromLatin1(words);
        };
        row("08006", ErrorKind::Unreachable, "connection");
        row("28P01", ErrorKind::Denied, "password");
        row("28000", ErrorKind::Denied, "user");
        row("53300", ErrorKind::Unreachable, "no free connection");
        row("53100", ErrorKind::Unreachable, "full");
        row("53200", ErrorKind::Unreachable, "internal error");
        row("57P01", ErrorKind::Unreachable, "ended the connection");
        row("57P03", ErrorKind::Unreachable, "");
        row("57014", ErrorKind::Timeout, "ended the query");
        row("25006", ErrorKind::Denied, "read-only");
        row("42501", ErrorKind::Denied, "privilege");
        row("42P01", ErrorKind::NotFound, "not as expected");
        row("42703", ErrorKind::NotFound, "not as expected");
        row("3F000", ErrorKind::NotFound, "not as expected");
        row("55P03", ErrorKind::Unreachable, "lock");
        row("40001", ErrorKind::Conflict, "came first");
        row("40P01", ErrorKind::Conflict, "came first");
        row("23505", ErrorKind::Conflict, "refused the change");
        row("22P02", ErrorKind::Invalid, "cannot take this value");
        row("26000", ErrorKind::Unreachable, "pooler");
        row("58030", ErrorKind::Unreachable, "internal error");
        row("XX000", ErrorKind::Unreachable, "internal error");
        row("42601", ErrorKind::Internal, "42601");
    }
    void everyClassHasItsKind()
    {
        QFETCH(QString, state);
        QFETCH(int, kind);
        QFETCH(QString, words);
        const QString said = state == "28P01"_L1
                                 ? u"password authentication failed for user \"x\""_s
                             : state == "28000"_L1 ? u"role \"x\" is not permitted to log in"_s
                             : state == "53300"_L1 ? u"sorry, too many clients already"_s
                                                   : u"the server's words"_s;
        const base::Error error = postgresError(state, said, u"db"_s);
        QCOMPARE(int(error.kind), kind);
        QVERIFY2(error.detail.contains(words), qPrintable(error.detail));
        QVERIFY2(error.detail.endsWith(u'.'), qPrintable(error.detail));
    }

    void everyCodeHasItsRecovery_data()
    {
        using base::Recovery;
        QTest::addColumn<QString>("codes");
        QTest::addColumn<int>("recovery");
        const auto row = [](const char* name, const char* codes, Recovery recovery) {
            QTest::newRow(name) << QString::fromLatin1(codes) << int(recovery);
        };
        row("again", "40001 40P01 40000", Recovery::Again);
        row("by itself",
            "08000 08003 08006 08001 08004 08P01 57P01 57P02 57P03 57P05 57014 53000 53100 53200 "
            "53300 53400 55P03 55006 25P03 25P04 26000 40003 58000 58030 XX000 HV00N",
            Recovery::Later);
        row("by somebody", "25006 28000 28P01 3D000 42501 57P04", Recovery::MayReturn);
        row("this row only",
            "22001 22003 22007 22008 2200G 22021 22023 22030 22P02 22P05 23000 23001 23502 23503 "
            "23505 23514 23P01 27000 09000 38000 39000 39P01 40002 44000 54000 54001 P0001 P0002 "
            "P0004 QD001 45000 U0001",
            Recovery::NotThis);
        row("for good",
            "42601 42P01 42703 42883 42P02 42804 42704 3F000 0A000 21000 24000 25001 25P01 25P02 "
            "2D000 34000 55000 F0000 XX001 XX002",
            Recovery::ForGood);
    }
    void everyCodeHasItsRecovery()
    {
        QFETCH(QString, codes);
        QFETCH(int, recovery);
        for (const QString& code : codes.split(u' ')) {
            QVERIFY2(int(postgresRecovery(code)) == recovery, qPrintable(code));
            if (!code.startsWith(u"08"_s))
                QCOMPARE(int(postgresError(code, u"words"_s, u"db"_s).recovery), recovery);
        }
    }

    void everyCodeOfSqliteHasItsRecovery()
    {
        using base::Recovery;
        const std::vector<std::pair<int, Recovery>> rows{
            {SQLITE_BUSY, Recovery::Later},
            {SQLITE_LOCKED, Recovery::Later},
            {SQLITE_BUSY_TIMEOUT, Recovery::Later},
            {SQLITE_BUSY_SNAPSHOT, Recovery::Again},
            {SQLITE_FULL, Recovery::Later},
            {SQLITE_IOERR_FSYNC, Recovery::Later},
            {SQLITE_NOMEM, Recovery::Later},
            {SQLITE_READONLY, Recovery::MayReturn},
            {SQLITE_CANTOPEN, Recovery::MayReturn},
            {SQLITE_PERM, Recovery::MayReturn},
            {SQLITE_AUTH, Recovery::MayReturn},
            {SQLITE_TOOBIG, Recovery::NotThis},
            {SQLITE_MISMATCH, Recovery::NotThis},
            {SQLITE_CONSTRAINT_CHECK, Recovery::NotThis},
            {SQLITE_CONSTRAINT_TRIGGER, Recovery::NotThis},
            {SQLITE_CONSTRAINT_FOREIGNKEY, Recovery::NotThis},
            {SQLITE_CORRUPT, Recovery::ForGood},
            {SQLITE_CORRUPT_INDEX, Recovery::ForGood},
            {SQLITE_NOTADB, Recovery::ForGood},
            {SQLITE_ERROR, Recovery::ForGood},
            {SQLITE_MISUSE, Recovery::ForGood},
            {SQLITE_INTERRUPT, Recovery::ForGood}};
        for (const auto& [code, recovery] : rows) {
            QCOMPARE(sqliteRecovery(code), recovery);
            QCOMPARE(sqliteError(code, u"words"_s, u"/db"_s).recovery, recovery);
        }
        for (const int damaged : {SQLITE_CORRUPT, SQLITE_NOTADB})
            QCOMPARE(sqliteError(damaged, u"words"_s, u"/db"_s).kind, ErrorKind::Invalid);
    }

    void aServerThatRefuses()
    {
        DatabaseUrl url = m_url;
        url.password = u"wrong"_s;
        const auto password = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY(!password);
        expect(password.error(), ErrorKind::Denied, "refused the user or the password");

        url = m_url;
        url.database = u"no_such_database"_s;
        const auto database = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY(!database);
        expect(database.error(), ErrorKind::NotFound, "no database");

        url = m_url;
        url.host = u"no-such-host.invalid"_s;
        const auto host = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY(!host);
        expect(host.error(), ErrorKind::Unreachable, "host");

        url = m_url;
        url.port = test::ServiceChild::freePort();
        const auto port = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY(!port);
        expect(port.error(), ErrorKind::Unreachable, "refused");

        url = m_url;
        url.sslMode = u"require"_s; // this server has no TLS
        const auto tls = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY(!tls);
        expect(tls.error(), ErrorKind::Denied, "secure connection");

        const auto full =
            Connection::open(user(u"ALTER ROLE USER CONNECTION LIMIT 0"_s), OpenMode::ReadWrite);
        QVERIFY(!full);
        QCOMPARE(full.error().kind, ErrorKind::Unreachable);
    }

    void anAdministratorsLimits()
    {
        const auto slow = open(user(u"ALTER ROLE USER SET statement_timeout = '50ms'"_s));
        const auto slept = slow->run(u"SELECT pg_sleep(5)"_s);
        QVERIFY(!slept);
        expect(slept.error(), ErrorKind::Timeout, "statement timeout");
        QVERIFY(slow->run(u"SELECT 1"_s)); // the connection remains usable

        const auto reader = open(user(u"ALTER ROLE USER SET default_transaction_read_only = on"_s));
        const auto written = reader->run(u"CREATE TABLE no (x int)"_s);
        QVERIFY(!written);
        expect(written.error(), ErrorKind::Denied, "read-only");

        const auto stranger = open(user({}));
        const auto looked = stranger->run(u"SELECT * FROM t"_s);
        QVERIFY(!looked);
        expect(looked.error(), ErrorKind::Denied, "42501");

        const auto missing = open(m_url)->run(u"SELECT * FROM no_such_table"_s);
        QVERIFY(!missing);
        expect(missing.error(), ErrorKind::NotFound, "42P01");
    }

    void whoWaitsForEachOther()
    {
        const auto first = open(m_url);
        const auto second = open(m_url);
        auto one = Transaction::begin(*first);
        auto two = Transaction::begin(*second);
        QVERIFY(one && two);
        QVERIFY(first->run(u"SELECT 1 FROM t WHERE id = 1 FOR UPDATE"_s));
        QVERIFY(second->run(u"SELECT 1 FROM t WHERE id = 2 FOR UPDATE"_s));
        base::Result<Rows> waited = Rows();
        std::thread waiting(
            [&] { waited = first->run(u"SELECT 1 FROM t WHERE id = 2 FOR UPDATE"_s); });
        const auto crossed = second->run(u"SELECT 1 FROM t WHERE id = 1 FOR UPDATE"_s);
        waiting.join();
        QVERIFY(!crossed || !waited);
        expect(crossed ? waited.error() : crossed.error(), ErrorKind::Conflict,
               "Nothing was changed");

        const auto impatient = open(user(u"ALTER ROLE USER SET lock_timeout = '50ms'"_s));
        QVERIFY(open(m_url)->run(u"GRANT ALL ON t TO PUBLIC"_s));
        const auto third = open(m_url);
        auto held = Transaction::begin(*third);
        QVERIFY(held);
        QVERIFY(third->run(u"SELECT 1 FROM t WHERE id = 4 FOR UPDATE"_s));
        const auto locked = impatient->run(u"SELECT 1 FROM t WHERE id = 4 FOR UPDATE"_s);
        QVERIFY(!locked);
        expect(locked.error(), ErrorKind::Unreachable, "lock");
    }
};

QTEST_GUILESS_MAIN(TestSqlError)
#include "tst_sqlerror.moc"
