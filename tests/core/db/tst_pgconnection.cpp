// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/connection.h"
#include "core/db/transaction.h"
#include "tests/support/pgbouncer.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUrl>

#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::db;
using base::ErrorKind;

class TestPgConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void carriesValuesBothWays();
    void setsItsSession();
    void usesTheSchemaOfTheAddress_data();
    void usesTheSchemaOfTheAddress();
    void endsAtTheDeadline();
    void isInterruptedFromAnotherThread_data();
    void isInterruptedFromAnotherThread();
    void connectsAgainAfterALoss();
    void aLostTransactionIsNotGoneOnWith();
    void aTransactionRollsBack();
    void anAbortedTransactionDoesNotCommit();
    void refusesChangesWhenReadOnly_data();
    void refusesChangesWhenReadOnly();
    void saysWhatIsWrongWithTheAddress_data();
    void saysWhatIsWrongWithTheAddress();
    void saysWhatIsWrongWithAStatement_data();
    void saysWhatIsWrongWithAStatement();
    void preparesWhatComesAgain();
    void goesOnWhereNothingStaysPrepared_data();
    void goesOnWhereNothingStaysPrepared();
    void comesByEverySpellingOfASocket();
    void takesTheHostThatWasAskedFor();
    void worksBehindAPooler();
    void findsOutThatThereIsAPooler();

private:
    std::unique_ptr<Connection> open(OpenMode mode = OpenMode::ReadWrite, bool pooled = false);
    DatabaseUrl address(bool pooled) const { return pooled ? m_pooler.through(m_url) : m_url; }
    static void pooledRows();

    test::PgCluster m_cluster;
    test::PgBouncer m_pooler;
    DatabaseUrl m_url;
};

void TestPgConnection::initTestCase()
{
    QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
    QVERIFY2(m_pooler.start(m_cluster), qPrintable(m_pooler.error()));
    m_url = m_cluster.freshDatabase();
}

std::unique_ptr<Connection> TestPgConnection::open(OpenMode mode, bool pooled)
{
    auto connection = Connection::open(address(pooled), mode);
    if (!connection)
        qFatal("%s", qPrintable(connection.error().detail));
    return std::move(*connection);
}

void TestPgConnection::pooledRows()
{
    QTest::addColumn<bool>("pooled");
    QTest::newRow("direct") << false;
    QTest::newRow("pooled") << true;
}

void TestPgConnection::carriesValuesBothWays()
{
    const auto connection = open();
    const QByteArray bytes("\0\x01\xff'\\", 5);
    const auto rows = connection->run(u"SELECT :t::text, :n::bigint, :b::bool, :y, :z::text IS "
                                      u"NULL, :e::text, '{\"a\": 1}'::jsonb, "
                                      ":t::text, NULL, :d::float8"_s,
                                      {{u"t"_s, u"it's ü € \\"_s},
                                       {u"n"_s, qint64(-9007199254740993)},
                                       {u"b"_s, true},
                                       {u"y"_s, bytes},
                                       {u"z"_s, QVariant()},
                                       {u"e"_s, u""_s},
                                       {u"d"_s, 0.1}});
    QVERIFY2(rows, qPrintable(rows ? QString() : QString(rows.error().detail)));
    const Rows::Row row = (*rows)[0];
    QCOMPARE(row.text(0), u"it's ü € \\"_s);
    QCOMPARE(row.integer(1), qint64(-9007199254740993));
    QVERIFY(row.boolean(2));
    QCOMPARE(row.bytes(3), bytes);
    QVERIFY(row.boolean(4));
    QVERIFY(!row.isNull(5));
    QCOMPARE(row.text(6), u"{\"a\": 1}"_s);
    QCOMPARE(row.text(7), row.text(0));
    QVERIFY(row.isNull(8));
    QCOMPARE(row.value(9).toDouble(), 0.1);

    const auto many =
        connection->run(u"SELECT i, repeat('x', 100) FROM generate_series(1, 50000) i"_s);
    QVERIFY(many);
    QCOMPARE(many->size(), size_t(50000));
    const QString large(8'000'000, u'y'); // more than a socket accepts at once
    const auto echoed = connection->run(u"SELECT :t::text"_s, {{u"t"_s, large}});
    QVERIFY(echoed);
    QCOMPARE((*echoed)[0].text(0).size(), large.size());
}

void TestPgConnection::setsItsSession()
{
    const auto connection = open();
    const auto rows = connection->run(
        u"SELECT current_setting('TimeZone'), current_setting('application_name')"_s);
    QVERIFY(rows);
    QCOMPARE((*rows)[0].text(0), u"UTC"_s);
    QVERIFY((*rows)[0].text(1).startsWith(u"queuedeck/"_s));
}

void TestPgConnection::usesTheSchemaOfTheAddress_data()
{
    pooledRows();
}

void TestPgConnection::usesTheSchemaOfTheAddress()
{
    QFETCH(bool, pooled);
    const QString schema = u"my \"odd' \\schema;Ü"_s;
    QString quoted = schema;
    quoted.replace(u'"', u"\"\""_s);
    QVERIFY(open()->run(u"CREATE SCHEMA IF NOT EXISTS \"%1\""_s.arg(quoted)));
    QVERIFY(open()->run(u"CREATE TABLE IF NOT EXISTS \"%1\".t (x int)"_s.arg(quoted)));
    DatabaseUrl url = address(pooled);
    url.schema = schema;
    const auto connection = Connection::open(url, OpenMode::ReadWrite);
    QVERIFY2(connection, qPrintable(connection ? QString() : QString(connection.error().detail)));
    QVERIFY((*connection)->run(u"SELECT x FROM t"_s));
    auto transaction = Transaction::begin(**connection);
    QVERIFY(transaction);
    QVERIFY((*connection)->run(u"INSERT INTO t VALUES (1)"_s));
    QVERIFY(transaction->commit());
    QVERIFY(!open(OpenMode::ReadWrite, pooled)->run(u"SELECT x FROM t"_s));
}

void TestPgConnection::endsAtTheDeadline()
{
    const auto connection = open();
    connection->setDeadline(std::chrono::milliseconds(200));
    QElapsedTimer clock;
    clock.start();
    const auto rows = connection->run(u"SELECT pg_sleep(30), 'the slow one'"_s);
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Timeout);
    QVERIFY(clock.elapsed() < 1500);
    // The server has stopped it, and the connection is ready for the next query.
    const auto left = open()->run(u"SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'active' "
                                  "AND query LIKE '%the slow one%' AND pid <> pg_backend_pid()"_s);
    QVERIFY(left);
    QCOMPARE((*left)[0].integer(0), 0);
    QVERIFY(connection->run(u"SELECT 1"_s));
}

void TestPgConnection::isInterruptedFromAnotherThread_data()
{
    pooledRows();
}

void TestPgConnection::isInterruptedFromAnotherThread()
{
    QFETCH(bool, pooled);
    const auto connection = open(OpenMode::ReadWrite, pooled);
    connection->interrupt(); // nothing runs, so no effect
    QVERIFY(connection->run(u"SELECT 1"_s));
    QElapsedTimer clock;
    std::thread other([&] {
        QTest::qSleep(200);
        clock.start();
        connection->interrupt();
    });
    const auto rows = connection->run(u"SELECT pg_sleep(30)"_s);
    other.join();
    QVERIFY(clock.elapsed() < 500);
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Cancelled);
    QVERIFY(connection->run(u"SELECT 1"_s));
}

void TestPgConnection::connectsAgainAfterALoss()
{
    const auto connection = open();
    const auto pid = connection->run(u"SELECT pg_backend_pid()"_s);
    QVERIFY(pid);
    QVERIFY(open()->run(u"SELECT pg_terminate_backend(%1, 5000)"_s.arg((*pid)[0].integer(0))));
    const auto again = connection->run(u"SELECT pg_backend_pid(), current_setting('TimeZone')"_s);
    QVERIFY2(again, qPrintable(again ? QString() : QString(again.error().detail)));
    QVERIFY((*again)[0].integer(0) != (*pid)[0].integer(0));
    QCOMPARE((*again)[0].text(1), u"UTC"_s);

    // Lost in the middle of a query: that one fails, the next does not.
    std::thread other([&] {
        QTest::qSleep(200);
        (void)open()->run(u"SELECT pg_terminate_backend(%1)"_s.arg((*again)[0].integer(0)));
    });
    const auto cut = connection->run(u"SELECT pg_sleep(30)"_s);
    other.join();
    QVERIFY(!cut);
    QCOMPARE(cut.error().kind, ErrorKind::Unreachable);
    QVERIFY(connection->run(u"SELECT 1"_s));
}

void TestPgConnection::aLostTransactionIsNotGoneOnWith()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE lost (x int)"_s));
    {
        auto transaction = Transaction::begin(*connection);
        QVERIFY(transaction);
        const auto pid = connection->run(u"SELECT pg_backend_pid()"_s);
        QVERIFY(pid);
        QVERIFY(connection->run(u"INSERT INTO lost VALUES (1)"_s));
        QVERIFY(open()->run(u"SELECT pg_terminate_backend(%1, 5000)"_s.arg((*pid)[0].integer(0))));
        for (int i = 0; i < 3; ++i) {
            const auto rows = connection->run(u"INSERT INTO lost VALUES (2)"_s);
            QVERIFY(!rows);
            QCOMPARE(rows.error().kind, ErrorKind::Unreachable);
        }
        QVERIFY(!transaction->commit());
    }
    const auto rows = connection->run(u"SELECT COUNT(*) FROM lost"_s);
    QVERIFY(rows);
    QCOMPARE((*rows)[0].integer(0), 0);
}

void TestPgConnection::aTransactionRollsBack()
{
    const auto connection = open();
    QVERIFY(connection->run(u"CREATE TABLE rolled (x int)"_s));
    {
        auto transaction = Transaction::begin(*connection);
        QVERIFY(transaction);
        QVERIFY(connection->run(u"INSERT INTO rolled VALUES (1)"_s));
    }
    const auto rows = connection->run(u"SELECT COUNT(*) FROM rolled"_s);
    QCOMPARE((*rows)[0].integer(0), 0);
}

void TestPgConnection::anAbortedTransactionDoesNotCommit()
{
    const auto connection = open();
    auto transaction = Transaction::begin(*connection);
    QVERIFY(transaction);
    QVERIFY(!connection->run(u"SELECT 1 / 0"_s));
    QVERIFY(!transaction->commit());
}

void TestPgConnection::refusesChangesWhenReadOnly_data()
{
    pooledRows();
}

void TestPgConnection::refusesChangesWhenReadOnly()
{
    QFETCH(bool, pooled);
    const auto connection = open(OpenMode::ReadOnly, pooled);
    QVERIFY(connection->run(u"SELECT 1"_s));
    const auto rows = connection->run(u"CREATE TABLE no (x int)"_s);
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Denied);
    auto transaction = Transaction::begin(*connection, Transaction::Kind::Snapshot);
    QVERIFY(transaction);
    QVERIFY(connection->run(u"SELECT 1"_s));
    QVERIFY(transaction->commit());
    auto writing = Transaction::begin(*connection);
    QVERIFY(writing);
    QVERIFY(!connection->run(u"CREATE TABLE no (x int)"_s));
}

void TestPgConnection::saysWhatIsWrongWithTheAddress_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("password") << u"password"_s << int(ErrorKind::Denied)
                              << u"user or the password"_s;
    QTest::newRow("user") << u"user"_s << int(ErrorKind::Denied) << u"user or the password"_s;
    QTest::newRow("database") << u"database"_s << int(ErrorKind::NotFound) << u"no database"_s;
    QTest::newRow("port") << u"port"_s << int(ErrorKind::Unreachable) << u"refused"_s;
    QTest::newRow("host") << u"host"_s << int(ErrorKind::Unreachable) << u"not known"_s;
    QTest::newRow("tls") << u"tls"_s << int(ErrorKind::Denied) << u"secure connection"_s;
}

void TestPgConnection::saysWhatIsWrongWithTheAddress()
{
    QFETCH(QString, what);
    QFETCH(int, kind);
    QFETCH(QString, says);
    DatabaseUrl url = m_url;
    if (what == "password"_L1)
        url.password = u"hush-wrong"_s;
    else if (what == "user"_L1)
        url.user = u"nobody-here"_s;
    else if (what == "database"_L1)
        url.database = u"not_there"_s;
    else if (what == "port"_L1)
        url.port = 1;
    else if (what == "host"_L1)
        url.host = u"no-such-host.invalid"_s;
    else
        url.sslMode = u"require"_s;
    const auto connection = Connection::open(url, OpenMode::ReadWrite);
    QVERIFY(!connection);
    QVERIFY2(connection.error().detail.contains(says), qPrintable(connection.error().detail));
    QCOMPARE(int(connection.error().kind), kind);
    QVERIFY(!connection.error().detail.contains(url.password));
}

void TestPgConnection::saysWhatIsWrongWithAStatement_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const QString& sql, ErrorKind kind) {
        QTest::newRow(name) << sql << int(kind);
    };
    row("no table", u"SELECT * FROM not_there"_s, ErrorKind::NotFound);
    row("no column", u"SELECT not_there FROM pg_class"_s, ErrorKind::NotFound);
    row("unique", u"INSERT INTO pg_temp.u VALUES (1), (1)"_s, ErrorKind::NotFound);
    row("constraint", u"DO $$ BEGIN RAISE unique_violation; END $$"_s, ErrorKind::Conflict);
    row("serialization", u"DO $$ BEGIN RAISE serialization_failure; END $$"_s, ErrorKind::Conflict);
    row("deadlock", u"DO $$ BEGIN RAISE deadlock_detected; END $$"_s, ErrorKind::Conflict);
    row("lock", u"DO $$ BEGIN RAISE lock_not_available; END $$"_s, ErrorKind::Unreachable);
    row("right", u"DO $$ BEGIN RAISE insufficient_privilege; END $$"_s, ErrorKind::Denied);
    row("disk", u"DO $$ BEGIN RAISE disk_full; END $$"_s, ErrorKind::Unreachable);
    row("value", u"SELECT 'x'::uuid"_s, ErrorKind::Invalid);
    row("syntax", u"SELEC 1"_s, ErrorKind::Internal);
    row("by the server", u"DO $$ BEGIN RAISE query_canceled; END $$"_s, ErrorKind::Timeout);
}

void TestPgConnection::saysWhatIsWrongWithAStatement()
{
    QFETCH(QString, sql);
    QFETCH(int, kind);
    const auto connection = open();
    const auto rows = connection->run(sql);
    QVERIFY(!rows);
    QCOMPARE(int(rows.error().kind), kind);
    QVERIFY(connection->run(u"SELECT 1"_s));
}

void TestPgConnection::preparesWhatComesAgain()
{
    const auto count = [](Connection& connection) {
        const auto rows = connection.run(
            u"SELECT COUNT(*) FROM pg_prepared_statements WHERE name LIKE 'queuedeck%'"_s);
        return rows ? (*rows)[0].integer(0) : -1;
    };
    const auto sum = [](Connection& connection, int n) {
        const auto rows = connection.run(u"SELECT 40 + :n::int"_s, {{u"n"_s, n}});
        return rows ? (*rows)[0].integer(0) : -1;
    };
    for (const bool pooled : {false, true}) {
        const auto connection = open(OpenMode::ReadWrite, pooled);
        QCOMPARE(count(*connection), 0);
        for (int n = 0; n < 5; ++n)
            QCOMPARE(sum(*connection, n), 40 + n);
        QCOMPARE(count(*connection), pooled ? 0 : 1);
    }
    // Composed statements that occur once are not kept on the server.
    const auto connection = open();
    for (int i = 0; i < 300; ++i)
        QVERIFY(connection->run(u"SELECT %1"_s.arg(i)));
    QCOMPARE(count(*connection), 0);
    for (int n = 0; n < 5; ++n)
        QCOMPARE(sum(*connection, n), 40 + n);
    QCOMPARE(count(*connection), 1);
}

void TestPgConnection::goesOnWhereNothingStaysPrepared_data()
{
    QTest::addColumn<QString>("between");
    QTest::newRow("another session each time") << u"DEALLOCATE ALL"_s;
    QTest::newRow("a column of another type")
        << u"ALTER TABLE prepared_from ALTER COLUMN x TYPE text"_s;
}

// A pooler that does not reveal itself, or a table that its owner alters.
void TestPgConnection::goesOnWhereNothingStaysPrepared()
{
    QFETCH(QString, between);
    const auto connection = open();
    QVERIFY(connection->run(u"DROP TABLE IF EXISTS prepared_from"_s));
    QVERIFY(connection->run(u"CREATE TABLE prepared_from (x int)"_s));
    QVERIFY(connection->run(u"INSERT INTO prepared_from VALUES (7)"_s));
    const auto ask = [&] { return connection->run(u"SELECT x FROM prepared_from"_s); };
    for (int i = 0; i < 4; ++i)
        QVERIFY(ask());
    QVERIFY(open()->run(between == u"DEALLOCATE ALL"_s ? u"SELECT 1"_s : between));
    if (between == u"DEALLOCATE ALL"_s)
        QVERIFY(connection->run(between));
    const auto rows = ask();
    QVERIFY2(rows, qPrintable(rows ? QString() : QString(rows.error().detail)));
    QCOMPARE((*rows)[0].text(0), u"7"_s);

    // Inside a transaction the database has rolled everything back by then, and the error says so.
    const auto other = open();
    for (int i = 0; i < 4; ++i)
        QVERIFY(other->run(u"SELECT x FROM prepared_from"_s));
    QVERIFY(other->run(u"DEALLOCATE ALL"_s));
    {
        auto transaction = Transaction::begin(*other);
        QVERIFY(transaction);
        QVERIFY(!other->run(u"SELECT x FROM prepared_from"_s));
    }
    QVERIFY(other->run(u"SELECT x FROM prepared_from"_s));
}

void TestPgConnection::comesByEverySpellingOfASocket()
{
    const auto encoded = [](const QString& text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    const QString folder = m_cluster.socketFolder();
    const QString port = QString::number(m_cluster.port());
    const QString& database = m_url.database;
    const QString user = encoded(m_url.user) + u':' + encoded(m_url.password);
    const QString keys =
        u"user="_s + encoded(m_url.user) + u"&password="_s + encoded(m_url.password);
    QString password = m_url.password;
    password.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    for (const QString& text :
         {u"postgresql://"_s + user + u"@/"_s + database + u"?host="_s + folder + u"&port="_s +
              port,
          u"postgresql://"_s + user + u"@localhost:"_s + port + u'/' + database + u"?host="_s +
              folder,
          u"postgresql://"_s + user + u'@' + encoded(folder) + u':' + port + u'/' + database,
          u"postgresql:///"_s + database + u"?host="_s + folder + u"&port="_s + port + u'&' + keys,
          u"host="_s + folder + u" port="_s + port + u" dbname="_s + database + u" user='"_s +
              m_url.user + u"' password='"_s + password + u'\''}) {
        const auto url = DatabaseUrl::parse(text);
        QVERIFY2(url, url ? "" : qPrintable(text + url.error().detail));
        const auto connection = Connection::open(*url, OpenMode::ReadOnly);
        QVERIFY2(connection, connection ? "" : qPrintable(text + connection.error().detail));
        const auto rows = (*connection)->run(u"SELECT inet_server_addr() IS NULL"_s);
        QVERIFY(rows && (*rows)[0].boolean(0));
        QVERIFY(!(*connection)->isPooled());
    }
}

void TestPgConnection::takesTheHostThatWasAskedFor()
{
    DatabaseUrl url = m_url;
    url.port = test::ServiceChild::freePort(); // nothing listens there
    url.standIns = {{m_url.host, m_url.port}};
    for (const QString& wanted : {u"any"_s, u"read-write"_s, u"primary"_s, u"prefer-standby"_s}) {
        url.libpqKeys[u"target_session_attrs"_s] = wanted;
        const auto connection = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().detail));
        const auto pid = (*connection)->run(u"SELECT pg_backend_pid()"_s);
        QVERIFY(pid);
        QVERIFY(open()->run(u"SELECT pg_terminate_backend(%1, 5000)"_s.arg((*pid)[0].integer(0))));
        const auto again = (*connection)->run(u"SELECT 1"_s);
        QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    }
    url.libpqKeys[u"target_session_attrs"_s] = u"read-write"_s;
    const auto reader = Connection::open(url, OpenMode::ReadOnly);
    QVERIFY2(reader, reader ? "" : qPrintable(reader.error().detail));
    const auto written = (*reader)->run(u"CREATE TABLE no ()"_s);
    QVERIFY(!written && written.error().kind == ErrorKind::Denied);
    for (const QString& wanted : {u"standby"_s, u"read-only"_s}) {
        url.libpqKeys[u"target_session_attrs"_s] = wanted;
        const auto refused = Connection::open(url, OpenMode::ReadWrite);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unreachable);
    }
}

void TestPgConnection::worksBehindAPooler()
{
    // Two clients share one server connection, statement by statement.
    const auto first = open(OpenMode::ReadWrite, true);
    const auto second = open(OpenMode::ReadWrite, true);
    QVERIFY(first->run(u"CREATE TABLE pooled (x int)"_s));
    for (int i = 0; i < 100; ++i) {
        for (const auto* connection : {&first, &second}) {
            const auto rows =
                (*connection)
                    ->run(
                        u"INSERT INTO pooled VALUES (:x) RETURNING x, current_setting('TimeZone')"_s,
                        {{u"x"_s, i}});
            QVERIFY2(rows, qPrintable(rows ? QString() : QString(rows.error().detail)));
            QCOMPARE((*rows)[0].integer(0), i);
            QCOMPARE((*rows)[0].text(1), u"UTC"_s);
        }
        if (i % 10 == 0)
            QVERIFY(!first->run(u"SELECT 1 / 0"_s));
    }
}

void TestPgConnection::findsOutThatThereIsAPooler()
{
    DatabaseUrl url = m_pooler.through(m_url);
    url.pooled = false; // the address does not mention it
    const auto connection = Connection::open(url, OpenMode::ReadOnly);
    QVERIFY2(connection, qPrintable(connection ? QString() : QString(connection.error().detail)));
    QVERIFY((*connection)->run(u"SELECT 1"_s));
    QVERIFY(!(*connection)->run(u"CREATE TABLE no (x int)"_s));
}

QTEST_GUILESS_MAIN(TestPgConnection)
#include "tst_pgconnection.moc"
